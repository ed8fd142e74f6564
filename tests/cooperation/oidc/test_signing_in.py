"""Signing in at the provider and coming back, with whatever can go wrong on the way."""

import logging
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.test import Client

from cooperation.models import Identity
from cooperation.oidc import flow
from cooperation.replicas import middleware
from tests.cooperation.oidc.provider import SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("single_sign_on")]

STALE = (
    "This sign-in with Office has been used already, was begun in another window, or took longer "
    "than ten minutes. Sign in again."
)


def test_who_signs_in_there_is_logged_in_here(visitor, zhang):
    answer = visitor.sign_in(next="/projects/")

    assert (answer.status_code, answer["Location"]) == (302, "/projects/")
    assert visitor.session["_auth_user_id"] == str(zhang.pk)
    assert visitor.cookies["oidc"].value == ""
    assert list(Identity.objects.values_list("user", "subject")) == [(zhang.pk, "zhang-1")]


def test_the_second_time_it_is_the_name_there_that_counts(provider, browser_of, zhang):
    browser_of().sign_in()
    provider.claims = {"sub": "zhang-1", "email": "moved@office.example"}
    again = browser_of()
    again.sign_in()
    assert again.session["_auth_user_id"] == str(zhang.pk)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Sign in with Office"), ("zh-hans", "使用Office登录")]
)
@pytest.mark.parametrize("path", ["/login/", "/admin/login/"])
def test_the_page_to_log_in_has_a_link_there(closed, browser_of, language, words, path):
    shown = browser_of(language).get(f"{path}?next=/quality/%3Fa%3D1%26b%3D2").content.decode()
    assert f'href="/oidc/?next=%2Fquality%2F%3Fa%3D1%26b%3D2">{words}</a>' in shown


def test_both_addresses_are_before_the_log_in(closed, visitor, zhang):
    assert visitor.get("/")["Location"] == "/login/?next=/"
    visitor.sign_in()
    assert visitor.get("/").status_code == 200


def test_the_browser_is_led_there_with_secrets_that_are_new_each_time(visitor):
    def led():
        return dict(parse_qsl(urlsplit(visitor.get("/oidc/")["Location"]).query))

    first, second = led(), led()
    assert first["redirect_uri"] == "http://127.0.0.1:8000/oidc/callback/"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) == len(second[name]) == 43
        assert first[name] != second[name]


def test_the_host_of_a_request_is_not_where_the_answer_goes(visitor, settings):
    settings.ALLOWED_HOSTS = ["*"]
    there = visitor.get("/oidc/", headers={"host": "evil.example"})["Location"]
    assert "evil" not in there


def test_nothing_is_stored_of_who_only_begins(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        visitor.get("/oidc/")
    cookie = visitor.cookies["oidc"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 600)


def test_with_https_the_cookie_is_bound_to_the_host(visitor, settings):
    settings.SESSION_COOKIE_SECURE = True
    visitor.get("/oidc/")
    cookie = visitor.cookies["__Host-oidc"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://[evil/",
        "/login/?next=/login/",
        "/oidc/",
        "/oidc/callback/?code=1",
        "/" + "a" * 2_000,
    ],
)
def test_nobody_is_sent_to_another_site_or_round_in_a_circle(visitor, zhang, target):
    assert visitor.sign_in(next=target)["Location"] == "/"


def test_what_is_kept_is_looked_at_once_more(visitor, zhang):
    address = visitor.begin()
    kept = signing.loads(visitor.cookies["oidc"].value, salt=flow.SALT)
    forged = kept | {"next": "https://evil.example/"}
    visitor.cookies["oidc"] = signing.dumps(forged, salt=flow.SALT)
    assert visitor.get(address)["Location"] == "/"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The sign-in with Office was cancelled. Sign in again, or log in with a password."),
        ("zh-hans", "使用Office的登录已取消。请重新登录，或用密码登录。"),
    ],
)
def test_who_cancels_there_is_told_so(browser_of, language, words):
    visitor = browser_of(language)
    visitor.get("/oidc/?next=/projects/")
    answer = visitor.get("/oidc/callback/?error=access_denied")
    assert answer["Location"] == "/login/?sign-in=cancelled&next=%2Fprojects%2F"
    assert visitor.told(answer) == words
    assert not visitor.is_in()


def test_another_error_there_is_told(visitor):
    answer = visitor.get("/oidc/callback/?error=server_error")
    assert visitor.told(answer) == (
        "Office does not answer as it should. Try again later, or log in with a password."
    )


def test_a_wrong_state_is_refused_and_the_right_one_still_taken(visitor, provider, zhang):
    address = visitor.begin()
    answer = visitor.get(address.replace("state=", "state=x"))
    assert visitor.told(answer) == STALE
    assert not visitor.is_in()
    assert visitor.get(address)["Location"] == "/"
    assert visitor.is_in()


def test_another_browsers_answer_is_refused(visitor, browser_of, zhang):
    """Or somebody could be logged in to an account that is not theirs, without noticing."""
    victim = browser_of()
    assert victim.told(victim.get(visitor.begin())) == STALE
    victim.begin()
    assert victim.told(victim.get(visitor.begin())) == STALE
    assert not victim.is_in()


def test_an_answer_is_taken_once(visitor, zhang, provider):
    address = visitor.begin()
    kept = visitor.cookies["oidc"].value
    visitor.get(address)
    visitor.logout()
    assert visitor.told(visitor.get(address)) == STALE
    visitor.cookies["oidc"] = kept
    asked = len(provider.asked)
    assert visitor.told(visitor.get(address)) == STALE
    assert provider.asked[asked:] == ["/token"]
    assert not visitor.is_in()


def test_after_ten_minutes_it_is_begun_anew(visitor, zhang, monkeypatch):
    address = visitor.begin()
    monkeypatch.setattr(flow, "MAX_AGE", -1)
    assert visitor.told(visitor.get(address)) == STALE


@pytest.mark.parametrize("cookie", ["", "x", "x:y:z"])
@pytest.mark.parametrize("query", ["", "?code=a", "?state=", "?code=a&state=", "?code=a&state=ü"])
def test_whatever_comes_back_is_no_fault(visitor, cookie, query):
    visitor.cookies["oidc"] = cookie
    assert visitor.told(visitor.get(f"/oidc/callback/{query}")) == STALE


def test_the_verifier_is_asked_for(visitor, zhang):
    address = visitor.begin()
    kept = signing.loads(visitor.cookies["oidc"].value, salt=flow.SALT)
    visitor.cookies["oidc"] = signing.dumps(kept | {"verifier": "another"}, salt=flow.SALT)
    assert visitor.told(visitor.get(address)) == STALE


@pytest.mark.parametrize("method", ["post", "put", "head", "delete"])
def test_only_a_link_begins_and_ends_it(visitor, method):
    assert getattr(visitor, method)("/oidc/").status_code == 405
    assert getattr(visitor, method)("/oidc/callback/").status_code == 405


def test_logging_out_ends_it(visitor, zhang):
    visitor.sign_in()
    assert visitor.is_in()
    visitor.post("/logout/", headers={"origin": "http://testserver"})
    assert not visitor.is_in()


def test_the_session_gets_another_key(visitor, zhang):
    session = visitor.session
    session["known"] = "before"
    session.save()
    before = session.session_key
    visitor.sign_in()
    assert visitor.session.session_key != before


def test_the_password_is_still_taken(zhang):
    answer = Client().post("/login/", {"username": "zhang", "password": "only for tests"})
    assert answer.status_code == 302


def test_a_reason_that_is_none_says_nothing(visitor):
    page = visitor.get("/login/?sign-in=%3Cb%3E").content.decode()
    assert 'notice-warning" role="alert"' not in page


def test_a_wrong_password_afterwards_is_all_that_is_said(visitor):
    sent = {"username": "zhang", "password": "wrong"}
    page = visitor.post("/login/?sign-in=stale", sent).content.decode()
    assert page.count('notice-warning" role="alert"') == 1
    assert "used already" not in page


class OneReplica:
    """A fleet that gives everybody a replica, which is not there."""

    def choose(self, reader, written):
        return "replica1"


def test_with_replicas_it_is_written_and_read_at_the_primary(visitor, zhang, settings, monkeypatch):
    settings.DATABASE_ROUTERS = ["cooperation.replicas.Router"]
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "cooperation.replicas.middleware.ReplicaMiddleware",
    ]
    monkeypatch.setattr(middleware, "fleet", OneReplica)
    monkeypatch.setattr(middleware, "_position", lambda: 4711)
    address = visitor.begin()
    assert middleware.COOKIE not in visitor.cookies
    assert visitor.get(address)["Location"] == "/"
    assert visitor.cookies[middleware.COOKIE].value.startswith("4711:")


def test_the_log_has_no_secret(visitor, provider, zhang, caplog):
    caplog.set_level(logging.DEBUG)
    address = visitor.begin()
    code = dict(parse_qsl(urlsplit(address).query))["code"]
    kept = signing.loads(visitor.cookies["oidc"].value, salt=flow.SALT)
    visitor.get(address)
    visitor.get(address)
    provider.said = {"aud": "another"}
    visitor.sign_in()
    said = "".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "Sign-in refused" in said
    for secret in (SECRET, code, kept["nonce"], kept["verifier"], kept["state"], "access-token"):
        assert secret not in said
    assert User.objects.get() == zhang
