"""Signing in at a provider and coming back, in a browser that holds to our policy."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from oidc_provider_mock import User as Person
from oidc_provider_mock import run_server_in_thread

from tests.cooperation.oidc import urls

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ZHANG = Person(sub="zhang-1", claims={"email": "zhang@office.example", "email_verified": True})


@pytest.fixture
def provider(settings, live_server):
    """A provider that others wrote, for the running site."""
    with run_server_in_thread(user_claims=[ZHANG]) as server:
        settings.OIDC_ISSUER = f"http://localhost:{server.server_port}"
        settings.OIDC_CLIENT_ID = "cooperation"
        settings.OIDC_CLIENT_SECRET = "only for tests"
        settings.OIDC_NAME = "Office"
        settings.PUBLIC_URL = urlsplit(live_server.url)
        settings.ROOT_URLCONF = urls.__name__
        yield settings.OIDC_ISSUER


def test_there_and_back_by_the_keyboard(site, provider, page):
    User.objects.create_user("zhang", email="zhang@office.example")
    page.goto(f"{site}/login/?next=/projects/")
    link = page.get_by_role("link", name="Sign in with Office")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{provider}/**")
    page.get_by_role("button", name="Deny").click()
    page.get_by_role("alert").get_by_text("The sign-in with Office was cancelled.").wait_for()
    assert page.url == f"{site}/login/?sign-in=cancelled&next=%2Fprojects%2F"

    link.click()
    page.get_by_role("button", name="zhang-1").click()
    page.wait_for_url(f"{site}/projects/")
    page.get_by_role("link", name="zhang").wait_for()

    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{site}/")
    assert page.get_by_role("link", name="zhang").count() == 0


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_fits_a_narrow_screen(site, provider, page, language):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site}/login/?sign-in=stale&lang={language}")
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    box = page.get_by_role("link", name="Office").bounding_box()
    assert box["height"] >= 24
