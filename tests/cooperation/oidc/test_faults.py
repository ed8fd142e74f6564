"""A provider that is down, or answers what it should not: the page to log in says so."""

import json
import logging
import socket
from threading import BoundedSemaphore
from urllib.parse import parse_qsl, quote_plus, urlsplit

import pytest

from cooperation.oidc import asking
from cooperation.oidc import provider as remembered
from tests.cooperation.oidc.provider import SECRET, running

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("single_sign_on")]

UNAVAILABLE = "Office does not answer as it should. Try again later, or log in with a password."
DISCOVERY = "/.well-known/openid-configuration"
JSON = "application/json"
BAD = {
    "500": (500, JSON, "{}"),
    "404": (404, "text/html", "<h1>"),
    "no JSON": (200, "text/html", "<h1>"),
    "a list": (200, JSON, "[]"),
    "nothing": (200, JSON, ""),
    "no text": (200, JSON, "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1")),
    "an error without a name": (400, JSON, '{"error": ["invalid_grant"]}'),
}


@pytest.fixture
def nobody():
    """An address at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{free.getsockname()[1]}"


def test_one_that_is_down_is_told_and_the_password_still_taken(visitor, settings, nobody, zhang):
    settings.OIDC_ISSUER = nobody
    answer = visitor.get("/oidc/?next=/quality/")
    assert answer["Location"] == "/login/?sign-in=unavailable&next=%2Fquality%2F"
    assert visitor.told(answer) == UNAVAILABLE
    sent = {"username": "zhang", "password": "only for tests", "next": "/quality/"}
    assert visitor.post(answer["Location"], sent)["Location"] == "/quality/"


def test_one_that_goes_down_meanwhile(visitor, settings, provider, zhang, nobody):
    provider.described["token_endpoint"] = f"{nobody}/token"
    assert visitor.told(visitor.sign_in()) == UNAVAILABLE


def test_one_that_never_answers_is_waited_for_so_long_and_no_longer(
    visitor, settings, nobody, monkeypatch
):
    monkeypatch.setattr(asking, "TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.OIDC_ISSUER = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert visitor.told(visitor.get("/oidc/")) == UNAVAILABLE


def test_while_it_hangs_others_are_not_kept_waiting(visitor, provider, monkeypatch, zhang):
    """Each of two threads of a worker waits for it; the others serve the site."""
    monkeypatch.setattr(asking, "PATIENCE", 0.01)
    monkeypatch.setattr(asking, "AT_ONCE", BoundedSemaphore(2))
    with asking.AT_ONCE, asking.AT_ONCE:
        assert visitor.told(visitor.get("/oidc/")) == UNAVAILABLE
        assert provider.asked == []
    visitor.sign_in()
    assert visitor.is_in()
    for _ in range(2):
        assert asking.AT_ONCE.acquire(blocking=False)
    assert not asking.AT_ONCE.acquire(blocking=False)


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_description(visitor, provider, bad):
    provider.instead = {DISCOVERY: BAD[bad]}
    assert visitor.told(visitor.get("/oidc/")) == UNAVAILABLE


@pytest.mark.parametrize("path", ["/token", "/jwks", "/userinfo"])
@pytest.mark.parametrize("bad", BAD)
def test_a_bad_answer_later_on(visitor, provider, zhang, path, bad):
    provider.claims.pop("email")
    provider.instead = {path: BAD[bad]}
    assert visitor.told(visitor.sign_in()) == UNAVAILABLE
    assert not visitor.is_in()


@pytest.mark.parametrize("bad", BAD)
def test_what_is_logged_of_it_has_no_secret(visitor, provider, zhang, bad, caplog):
    caplog.set_level(logging.DEBUG)
    provider.instead = {"/token": BAD[bad]}
    address = visitor.begin()
    visitor.get(address)
    said = "".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "Sign-in refused" in said
    for secret in (SECRET, quote_plus(SECRET), dict(parse_qsl(urlsplit(address).query))["code"]):
        assert secret not in said


@pytest.mark.parametrize("name", ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "value", [None, 7, "", "http://login.example/", "file:///etc/passwd", "https://[", "//x/"]
)
def test_a_description_that_leads_elsewhere(visitor, provider, name, value):
    provider.described[name] = value
    assert visitor.told(visitor.get("/oidc/")) == UNAVAILABLE


@pytest.mark.parametrize("status", [302, 307])
def test_the_secret_follows_no_redirect(visitor, provider, zhang, status):
    with running() as other:
        provider.instead = {"/token": (status, JSON, f"{other.issuer}/token")}
        assert visitor.told(visitor.sign_in()) == UNAVAILABLE
        assert other.asked == []


def test_a_secret_that_is_no_longer_right(visitor, provider, settings, zhang):
    settings.OIDC_CLIENT_SECRET = "another"
    assert visitor.told(visitor.sign_in()) == UNAVAILABLE


def test_one_that_wants_the_secret_in_the_form_is_given_it_there(visitor, provider, zhang):
    provider.described["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    visitor.sign_in()
    assert visitor.is_in()


def test_its_description_is_asked_for_every_ten_minutes_and_a_bad_one_not_kept(
    visitor, provider, zhang, monkeypatch
):
    def asked_at(second):
        monkeypatch.setattr(remembered, "time", lambda: second)
        provider.asked.clear()
        visitor.get("/oidc/")
        return provider.asked

    provider.instead = {DISCOVERY: (200, JSON, json.dumps({"issuer": "another"}))}
    assert asked_at(0) == [DISCOVERY]
    provider.instead = {}
    assert asked_at(1) == [DISCOVERY]
    assert asked_at(599) == []
    assert asked_at(600) == [DISCOVERY]


def test_its_keys_are_asked_for_each_time(visitor, provider, zhang):
    visitor.get("/oidc/")
    provider.asked.clear()
    visitor.sign_in()
    visitor.logout()
    visitor.sign_in()
    assert provider.asked == ["/token", "/jwks", "/token", "/jwks"]
