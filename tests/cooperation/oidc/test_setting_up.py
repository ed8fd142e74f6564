"""Single sign-on is there where all its variables are set, and nothing of it is otherwise."""

import json
import re
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from cooperation import environment
from cooperation.checks import single_sign_on
from tests.cooperation.test_settings import settings_of, start

ALL = {
    "OIDC_ISSUER": "https://login.example/realm",
    "OIDC_CLIENT_ID": "cooperation",
    "OIDC_CLIENT_SECRET": "only for tests",
    "PUBLIC_URL": "https://cooperation.example",
}
LOOK = """
import json, sys, django
django.setup()
from django.urls import get_resolver
addresses = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
names = ["jwt", "cryptography", "cooperation.oidc.views", "cooperation.oidc.provider"]
print(json.dumps([addresses, [name for name in names if name in sys.modules]]))
"""


def looked_at(**variables):
    """The addresses of a site with these variables, and which modules it has imported."""
    done = start("-c", LOOK, DJANGO_SETTINGS_MODULE="cooperation.settings", **variables)
    return json.loads(done.stdout)


def test_without_them_nothing_is_imported_or_served():
    addresses, imported = looked_at()
    assert [address for address in addresses if "oidc" in address] == []
    assert imported == []


def test_with_them_two_addresses_are():
    addresses, imported = looked_at(**ALL)
    assert [address for address in addresses if "oidc" in address] == ["oidc/", "oidc/callback/"]
    assert len(imported) == 4


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_without_them_nothing_is_on_the_page_to_log_in(language):
    browser = Client(headers={"accept-language": language})
    for path in ("/login/?sign-in=stale", "/admin/login/?sign-in=unknown"):
        page = browser.get(path).content.decode()
        assert "oidc" not in page
        assert 'role="alert"><p' not in page
    assert browser.get("/oidc/").status_code == 404
    assert browser.get("/oidc/callback/").status_code == 404


@pytest.mark.parametrize("name", ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_a_part_of_them_stops_the_start(name):
    done = start("manage.py", "check", **ALL | {name: " "})
    assert done.returncode == 1
    assert f"{name}: not set, and OIDC_" in done.stderr
    assert "only for tests" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["OIDC_NAME", "OIDC_CREATE"])
def test_so_does_what_means_nothing_without_them(name):
    done = start("manage.py", "check", **{name: "on"})
    assert f"OIDC_ISSUER: not set, and {name} is." in done.stderr


@pytest.mark.parametrize(
    ("issuer", "words"),
    [
        ("http://login.example", "has to begin with https://"),
        ("http://127.0.0.1.evil.example", "has to begin with https://"),
        ("ftp://127.0.0.1", "has to begin with https://"),
        ("login.example", "is not an address"),
        ("https://", "is not an address"),
        ("https://name:word@login.example", "is not an address"),
        ("https://login.example/?a=b", "is not an address"),
        ("https://login.example:port", "is not an address"),
        ("https://[login.example", "is not an address"),
    ],
)
def test_an_issuer_that_others_read_along_with_or_that_is_none(issuer, words):
    with pytest.raises(
        ImproperlyConfigured, match=f"OIDC_ISSUER: {re.escape(repr(issuer))} {words}"
    ):
        environment.issuer({"OIDC_ISSUER": issuer}, "OIDC_ISSUER")


@pytest.mark.parametrize(
    "issuer",
    [
        "https://login.example",
        "https://login.example/",
        "https://login.example:8443/realms/office",
        "http://127.0.0.1:9000",
        "http://localhost:9000/",
        "http://[::1]:9000",
    ],
)
def test_an_issuer_stays_as_it_was_written(issuer):
    assert environment.issuer({"OIDC_ISSUER": f" {issuer} "}, "OIDC_ISSUER") == issuer


def test_a_bad_issuer_stops_the_start():
    done = start("manage.py", "check", **ALL | {"OIDC_ISSUER": "http://login.example"})
    assert done.returncode == 1
    assert "OIDC_ISSUER: 'http://login.example' has to begin with https://" in done.stderr


def test_the_provider_is_named_by_its_host_or_otherwise():
    found = settings_of(**ALL)
    assert (found["OIDC_NAME"], found["OIDC_CREATE"]) == ("login.example", False)
    assert settings_of(**ALL | {"OIDC_NAME": "企业微信"})["OIDC_NAME"] == "企业微信"


def test_the_check_looks_at_the_way_back(settings):
    settings.OIDC_ISSUER = "https://login.example"
    for address, found in [
        ("https://cooperation.example", []),
        ("http://127.0.0.1:8000", []),
        ("http://cooperation.example", ["cooperation.E002"]),
    ]:
        settings.PUBLIC_URL = urlsplit(address)
        assert [one.id for one in single_sign_on()] == found
    settings.OIDC_ISSUER = ""
    assert single_sign_on() == []


def test_the_check_is_made():
    done = start("manage.py", "check", **ALL | {"PUBLIC_URL": "http://cooperation.example"})
    assert done.returncode == 1
    assert "cooperation.E002" in done.stderr
