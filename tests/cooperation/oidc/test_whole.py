"""The whole sign-in: a site as it is served, and a provider that others wrote."""

import os
import re
from urllib.parse import urlsplit

import pytest
import requests
from django.contrib.auth.models import User
from django.test import Client
from oidc_provider_mock import User as Person
from oidc_provider_mock import run_server_in_thread

from cooperation.models import Identity
from tests.admin.test_simultaneous_saves import (  # noqa: F401  # fixtures
    database,
    environment,
    free_port,
    served,
    told_by,
)
from tests.cooperation.oidc import urls
from tests.cooperation.test_headers import PREPARE

ZHANG = Person(sub="zhang-1", claims={"email": "zhang@office.example", "email_verified": True})


@pytest.fixture
def issuer():
    """The address of the provider that others wrote."""
    with run_server_in_thread(user_claims=[ZHANG], require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def site(settings, issuer):
    settings.OIDC_ISSUER = issuer
    settings.OIDC_CLIENT_ID = "cooperation"
    settings.OIDC_CLIENT_SECRET = "only for tests"
    settings.OIDC_NAME = "Office"
    settings.ROOT_URLCONF = urls.__name__


def sign_in_there(address, **form):
    """Where the provider sends the browser back to, once the person has answered."""
    answer = requests.post(address, form, allow_redirects=False, timeout=30)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def back_from_there(browser, **form):
    there = browser.get("/oidc/?next=/quality/")["Location"]
    back = urlsplit(sign_in_there(there, **form))
    return browser.get(f"{back.path}?{back.query}")


@pytest.mark.django_db
@pytest.mark.usefixtures("site")
def test_a_provider_that_others_wrote():
    zhang = User.objects.create_user("zhang", email="zhang@office.example")
    browser = Client(headers={"accept-language": "en"})
    assert back_from_there(browser, sub="zhang-1")["Location"] == "/quality/"
    assert browser.session["_auth_user_id"] == str(zhang.pk)
    assert Identity.objects.get().subject == "zhang-1"


@pytest.mark.django_db
@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("form", "why"), [({"action": "deny"}, "cancelled"), ({"sub": "stranger"}, "unknown")]
)
def test_who_cancels_there_or_is_unknown_here(form, why):
    browser = Client(headers={"accept-language": "en"})
    answer = back_from_there(browser, **form)
    assert answer["Location"] == f"/login/?sign-in={why}&next=%2Fquality%2F"
    assert "_auth_user_id" not in browser.session


def test_a_site_as_it_is_served(environment, issuer, tmp_path):  # noqa: F811
    """With browsing closed; what it logs has no secret."""
    told_by(PREPARE, environment)
    settings = tmp_path / "served_settings.py"
    settings.write_text(f"from tests.settings import *\n{SETTINGS}")
    environment |= {
        "DJANGO_SETTINGS_MODULE": "served_settings",
        "PYTHONPATH": os.pathsep.join(
            [str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]
        ),
        "WEB_CONCURRENCY": "2",
        "THE_ISSUER": issuer,
    }
    with open(tmp_path / "log", "w+", encoding="utf-8") as log, served(environment, log) as port:
        here = f"http://127.0.0.1:{port}"
        browser = requests.Session()
        page = browser.get(f"{here}/", headers={"accept-language": "en"}, timeout=30)
        assert page.url == f"{here}/login/?next=/"
        link = re.search(r'href="(/oidc/[^"]*)">Sign in with Office</a>', page.text)[1]
        there = browser.get(f"{here}{link}", allow_redirects=False, timeout=30)
        back = sign_in_there(there.headers["Location"], sub="zhang-1")
        parts = urlsplit(back)
        inside = browser.get(f"{here}{parts.path}?{parts.query}", timeout=30)
        assert (inside.status_code, inside.url) == (200, f"{here}/")
        assert "zhang" in inside.text
        again = browser.get(f"{here}{parts.path}?{parts.query}", timeout=30)
        assert again.url == f"{here}/"
        log.seek(0)
        said = log.read()
    assert "/oidc/callback/" in said
    code = re.search(r"code=([^&]+)", back)[1]
    assert code not in said
    assert "a secret" not in said


SETTINGS = """
import os
OIDC_ISSUER = os.environ["THE_ISSUER"]
OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, OIDC_CREATE = "site", "a secret", "Office", True
BROWSING = "login"
MIDDLEWARE.append("django.contrib.auth.middleware.LoginRequiredMiddleware")
"""
