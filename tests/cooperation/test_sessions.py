"""The key of a session: another at each log-in, of no worth after it, kept by its cookie alone."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.cooperation.test_settings import settings_of

RIGHT = "only for tests"
NEW = "Gh7-kk2-xx1"
CHANGED = {"old_password": RIGHT, "new_password1": NEW, "new_password2": NEW}
SET = {"password1": NEW, "password2": NEW, "usable_password": "true"}
HERE = {"origin": "http://testserver"}

pytestmark = [pytest.mark.django_db, pytest.mark.proof]


@pytest.fixture(autouse=True)
def editor():
    return User.objects.create_user("editor", password=RIGHT, is_staff=True)


def logged_in(page="/login/", password=RIGHT, key=""):
    """A client that logged in, with the key of a session that it had before."""
    client = Client()
    if key:
        client.cookies["sessionid"] = key
    answer = client.post(page, {"username": "editor", "password": password})
    assert answer.status_code == 302
    return client


def key_of(client):
    return client.cookies["sessionid"].value


def opens(key):
    """Whether who has a key is taken for its account."""
    client = Client()
    client.cookies["sessionid"] = key
    return client.get("/password/").status_code == 200


def log_in_with(page):
    """The key of a session that was laid on a machine before another logged in there."""
    session = Client().session
    session["known"] = "before"
    session.save()
    logged_in(page, key=session.session_key)
    return [session.session_key]


def log_out(page):
    client = logged_in()
    key = key_of(client)
    client.post(page, headers=HERE)
    return [key]


def change_password(page):
    """The keys of the session in which it is changed, and of another one."""
    client, other = logged_in(), logged_in()
    keys = [key_of(client), key_of(other)]
    assert client.post(page, CHANGED).status_code == 302
    assert opens(key_of(client))
    return keys


def have_password_set(_page):
    key = key_of(logged_in())
    administrator = Client()
    administrator.force_login(User.objects.create_superuser("root", password=RIGHT))
    pk = User.objects.get(username="editor").pk
    page = reverse("admin:auth_user_password_change", args=[pk])
    assert administrator.post(page, SET).status_code == 302
    return [key]


def have_account_closed(_page):
    key = key_of(logged_in())
    User.objects.filter(username="editor").update(is_active=False)
    return [key]


ENDS = [
    (log_in_with, "/login/"),
    (log_in_with, "/admin/login/"),
    (log_out, "/logout/"),
    (log_out, "/admin/logout/"),
    (change_password, "/password/"),
    (change_password, "/admin/password_change/"),
    (have_password_set, ""),
    (have_account_closed, ""),
]
"""What ends sessions, and at which page; each gives the keys of those it ended."""


def test_no_key_is_worth_anything_afterwards(editor, figure):
    asked, alive = 0, []
    for end, page in ENDS:
        for key in end(page):
            asked += 1
            alive += [f"{end.__name__} {page}"] if opens(key) else []
        # As it was before.
        User.objects.filter(pk=editor.pk).update(is_active=True, password=editor.password)

    what = "keys of sessions of before a log-in, log-out, new password or closing: still taken"
    figure("B8", what, f"{len(alive)} of {asked}", "0 of 10")
    assert (alive, asked) == ([], 10)


def test_behind_https_cookies_are_bound_to_the_host(settings, figure):
    for name, value in settings_of(PUBLIC_URL="https://testserver").items():
        if "_COOKIE_" in name:
            setattr(settings, name, value)
    client = logged_in("/admin/login/")
    client.get("/password/")
    client.post("/i18n/setlang/", {"language": "en"}, headers=HERE)
    cookies = client.cookies

    loose = [name for name, cookie in cookies.items() if not is_bound(cookie)]
    what = "cookies behind https without HttpOnly, Secure or SameSite, or for more than this host"
    figure("B8", what, f"{len(loose)} of {len(cookies)}", "0 of 3")
    assert loose == []
    assert set(cookies) == {"__Host-sessionid", "__Host-csrftoken", "language"}


def is_bound(cookie):
    """Whether a cookie is for the server, by https, for all of this host and for it alone."""
    where = (cookie["path"], cookie["domain"], cookie["samesite"])
    return bool(cookie["httponly"] and cookie["secure"]) and where == ("/", "", "Lax")
