"""A site that has a provider, and a browser that signs in there."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cooperation.oidc import provider as remembered

# The project's own addresses are listed once, and here without a provider.
from tests.cooperation.oidc import urls
from tests.cooperation.oidc.provider import CLIENT, SECRET, running


@pytest.fixture
def provider():
    """The provider, in a thread of its own."""
    with running() as found:
        yield found


@pytest.fixture
def single_sign_on(settings, provider):
    """The settings and addresses of a site that has a provider."""
    remembered._described.cache_clear()
    settings.OIDC_ISSUER = provider.issuer
    settings.OIDC_CLIENT_ID = CLIENT
    settings.OIDC_CLIENT_SECRET = SECRET
    settings.OIDC_NAME = "Office"
    settings.OIDC_CREATE = False
    settings.ROOT_URLCONF = urls.__name__


@pytest.fixture
def closed(settings):
    """A site on which browsing needs an account."""
    settings.BROWSING = "login"
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]


class Browser(Client):
    """A browser whose owner signs in at the provider, without being asked anything."""

    def __init__(self, provider, language="en"):
        super().__init__(raise_request_exception=False, headers={"accept-language": language})
        self.provider = provider

    def begin(self, **query):
        """The address of the site at which the provider would send it back."""
        answer = self.get("/oidc/", query)
        assert answer.status_code == 302, answer.content
        assert answer["Location"].startswith(f"{self.provider.issuer}/authorize?")
        there = dict(parse_qsl(urlsplit(answer["Location"]).query))
        return urlsplit(self.provider.authorize(there))._replace(scheme="", netloc="").geturl()

    def sign_in(self, **query):
        """The site's answer to who comes back from the provider."""
        return self.get(self.begin(**query))

    def is_in(self):
        return "_auth_user_id" in self.session

    def told(self, answer):
        """What the page to log in says to an answer that leads there."""
        assert answer.status_code == 302
        assert urlsplit(answer["Location"]).path == "/login/"
        page = self.get(answer["Location"])
        assert page.status_code == 200
        _before, _role, rest = page.content.decode().partition('role="alert"')
        return " ".join(rest.partition("</p>")[0].rpartition("</svg>")[2].split())


@pytest.fixture
def browser_of(provider):
    """Browsers by the language that they ask for."""
    return lambda language="en": Browser(provider, language)


@pytest.fixture
def visitor(browser_of):
    """A browser of somebody who is not logged in."""
    return browser_of()


@pytest.fixture
def zhang(db):
    """The account of the person that the provider knows."""
    return User.objects.create_user(
        "zhang", email="Zhang@office.example", password="only for tests"
    )
