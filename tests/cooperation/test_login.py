"""The pages to log in and out and to change one's password, and what is behind them."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from tests import factories
from tests.cooperation.permissions import routes

RIGHT = "only for tests"
NEW = "Gh7-kk2-xx1"
OPEN = {
    "login/": 200,
    "admin/login/": 200,
    "i18n/setlang/": 302,
    "livez": 200,
    "healthz": 200,
    "readyz": 200,
    "metrics": 404,
    "robots.txt": 200,
}
"""What is not behind the log-in where browsing needs one, and what it answers."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(settings):
    """A site on which browsing needs an account."""
    settings.BROWSING = "login"
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]


@pytest.fixture
def client():
    return Client(headers={"accept-language": "en"})


@pytest.fixture(autouse=True)
def accounts():
    User.objects.create_user("visitor", password=RIGHT)
    User.objects.create_user("editor", password=RIGHT, is_staff=True)


def log_in(client, page="/login/", username="visitor", password=RIGHT, **more):
    return client.post(page, {"username": username, "password": password, **more})


def test_everything_else_is_behind_it(client, closed):
    plain = {route for route in routes() if "<" not in route and "^" not in route}
    answers = {route: client.get(f"/{route}") for route in plain - set(OPEN)}
    inside = {
        route: answer.status_code
        for route, answer in answers.items()
        if answer.status_code != 302
        or not answer["Location"].startswith(("/login/?next=/", "/admin/login/?next=/admin/"))
    }
    assert len(answers) > 70
    assert inside == {}
    assert {route: client.get(f"/{route}").status_code for route in OPEN} == OPEN


@pytest.mark.parametrize(
    "path", ["/projects/shown/", "/projects.csv", "/investments/total/cny-once-promised/"]
)
def test_so_is_a_page_of_a_row(client, closed, path):
    factories.project(slug="shown")
    assert client.get(path)["Location"] == f"/login/?next={path}"


@pytest.mark.parametrize("path", ["/login/", "/no-such-page/"])
def test_a_page_before_it_tells_nothing_of_the_record(client, closed, path):
    factories.source(published="2020-04-20")
    page = client.get(path).content.decode()
    assert "2020" not in page
    assert 'action="/search/"' not in page
    assert 'href="/projects/"' not in page
    assert 'href="/quality/"' not in page


@pytest.mark.parametrize(("language", "words"), [("en", "Log in"), ("zh-hans", "登录")])
def test_the_page_is_in_both_languages(closed, language, words):
    page = Client(headers={"accept-language": language}).get("/login/").content.decode()
    assert f"<h1>{words}</h1>" in page
    assert 'action="/i18n/setlang/"' in page


def test_a_link_that_is_passed_on_names_the_language(client, closed):
    asked = {"HTTP_ACCEPT_LANGUAGE": "en"}
    assert "登录" in client.get("/login/?lang=zh-hans", **asked).content.decode()
    assert "Log in" in client.get("/login/", **asked).content.decode()


def test_any_account_browses_and_no_more(client, closed):
    answer = log_in(client, page="/login/?next=/projects/", next="/projects/")
    assert (answer.status_code, answer["Location"]) == (302, "/projects/")
    page = client.get("/projects/")
    assert page.status_code == 200
    assert "visitor" in page.content.decode()
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    told = client.get("/admin/login/?next=/admin/")
    assert "an account that may look at the site, but not enter data" in told.content.decode()


def test_an_account_that_may_not_enter_data_is_told_so(client):
    answer = log_in(client, "/admin/login/")
    assert "This account may look at the site, but not enter data." in answer.content.decode()
    assert "sessionid" not in client.cookies


def test_who_enters_data_is_led_on(client):
    assert log_in(client, "/admin/login/", "editor")["Location"] == "/admin/"
    assert client.get("/login/?next=/quality/")["Location"] == "/quality/"
    assert client.get("/admin/login/")["Location"] == "/admin/"


def test_one_that_is_not_active_is_refused(client):
    User.objects.update(is_active=False)
    assert log_in(client).status_code == 200
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("page", ["/login/", "/admin/login/"])
@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "http:evil.example",
        "https:///evil.example",
        "javascript:alert(1)",
        "\x08//evil.example",
        "http://testserver@evil.example/",
        "http://[evil/",
        "/login/",
        "/login/?next=/login/",
        "http://testserver/admin/login/",
        "/logout/",
    ],
)
def test_nobody_is_sent_to_another_site_or_round_in_a_circle(client, page, target):
    answer = log_in(client, page, "editor", next=target)
    assert answer["Location"] == ("/" if page == "/login/" else "/admin/")
    again = client.get(page, {"next": target})
    assert again["Location"] == answer["Location"]


def test_the_session_gets_another_key_and_ends_with_the_log_out(client):
    session = client.session
    session["known"] = "before"
    session.save()
    before = session.session_key
    log_in(client)
    during = client.session.session_key
    assert during != before
    stolen = Client()
    stolen.cookies["sessionid"] = during
    assert "_auth_user_id" in stolen.session

    answer = client.post("/logout/", headers={"origin": "http://testserver"})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert not Session.objects.filter(session_key__in=[before, during]).exists()
    assert "_auth_user_id" not in stolen.session


def test_only_this_site_logs_somebody_out():
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="visitor"))
    elsewhere = {"origin": "https://evil.example"}
    assert client.post("/logout/", headers=elsewhere).status_code == 403
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/", headers={"origin": "http://testserver"}).status_code == 302


def test_a_changed_password_ends_all_other_sessions(client, closed):
    other = Client()
    log_in(other)
    log_in(client)
    before = client.session.session_key
    sent = {"old_password": RIGHT, "new_password1": NEW, "new_password2": NEW}

    answer = client.post("/password/", sent)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Your password is changed." in client.get("/").content.decode()
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert other.get("/")["Location"] == "/login/?next=/"
    assert log_in(Client()).status_code == 200
    assert log_in(Client(), password=NEW).status_code == 302


@pytest.mark.parametrize("new", ["myvisitor1", "Gh7-kk2-x", "1234567890123", "password123"])
def test_a_weak_password_is_refused(client, new):
    log_in(client)
    sent = {"old_password": RIGHT, "new_password1": new, "new_password2": new}
    answer = client.post("/password/", sent)
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    assert User.objects.get(username="visitor").check_password(RIGHT)


def test_a_wrong_old_one_is_refused(client):
    log_in(client)
    sent = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}
    assert client.post("/password/", sent).status_code == 200
    assert User.objects.get(username="visitor").check_password(RIGHT)


def test_the_password_is_changed_by_who_is_logged_in(client):
    assert client.get("/password/")["Location"] == "/login/?next=/password/"


def test_who_is_renamed_sees_the_new_name_at_once(client):
    log_in(client)
    tag = client.get("/").headers["ETag"]
    User.objects.filter(username="visitor").update(username="renamed")
    assert "renamed" in client.get("/", headers={"if-none-match": tag}).content.decode()


def test_the_session_cookie_is_for_the_server_and_this_site_alone(client):
    log_in(client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == 12 * 60 * 60
