"""The headers on every answer: of each address, of each kind, and of the server itself."""

import socket
from contextlib import closing

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client
from django.urls import include, path

from projects.exports import slots
from projects.views import exports
from tests.admin.people import account
from tests.admin.test_simultaneous_saves import (  # noqa: F401  # fixtures
    database,
    environment,
    served,
    told_by,
)
from tests.cooperation.permissions import Record, ask

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
EXPECTED = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "Strict-Transport-Security": "max-age=31536000",
}
STATIC = "/static/css/base.css"
PREPARE = """
import json, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
print(json.dumps(None))
"""


def fail(request: HttpRequest):
    raise RuntimeError("on purpose")


def locked(request: HttpRequest):
    raise OperationalError("database is locked")


urlpatterns = [path("fail/", fail), path("locked/", locked), path("", include("cooperation.urls"))]


@pytest.fixture(autouse=True)
def https(settings):
    """A site behind a proxy that ends https."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 31_536_000


def client(**headers):
    said = {"accept-language": "en", "x-forwarded-proto": "https", **headers}
    return Client(raise_request_exception=False, headers=said)


def missing(answer) -> dict[str, str | None]:
    """The headers that differ from what is expected."""
    found = {name: answer.headers.get(name) for name in EXPECTED}
    return {name: value for name, value in found.items() if value != EXPECTED[name]}


@pytest.mark.proof
@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", "superuser"])
def test_every_address_carries_them(role, figure):
    account("viewer")
    record = Record()
    asking = client()
    if role == "superuser":
        asking.force_login(record.root)
    lacking, asked = {}, 0
    for one in record.asked():
        for method in ("GET", "POST"):
            asked += 1
            if found := missing(ask(asking, method, one)):
                lacking[method, one.path] = found
    what = f"answers to GET and POST of every address without a header, {role}"
    figure("E2", what, f"{len(lacking)} of {asked}", "0")
    assert asked > 500
    assert lacking == {}


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/projects.csv", 200),
        (STATIC, 200),
        ("/password/", 302),
        ("/healthz?a=%00", 400),
        ("/projects.csv?nosuch=1", 400),
        ("/nosuch/", 404),
        ("/static/nosuch.css", 404),
        ("/logout/", 405),
        ("/fail/", 500),
        ("/locked/", 503),
    ],
)
def test_every_kind_of_answer_carries_them(address, status):
    for method in ("get", "head"):
        answer = getattr(client(), method)(address)
        assert answer.status_code == status
        assert missing(answer) == {}


@pytest.mark.django_db
def test_so_does_what_is_kept():
    tag = client().get("/").headers["ETag"]
    kept = client(**{"if-none-match": tag}).get("/")
    assert (kept.status_code, missing(kept)) == (304, {})
    since = client().get(STATIC).headers["Last-Modified"]
    kept = client(**{"if-modified-since": since}).get(STATIC)
    assert (kept.status_code, missing(kept)) == (304, {})


@pytest.mark.parametrize("address", ["/password/", "/admin/password_change/", "/admin/nosuch/"])
def test_what_a_session_is_answered_is_private(admin_client, address):
    assert "private" in admin_client.get(address).headers["Cache-Control"]
    assert "Cache-Control" not in client().get("/password/").headers


@pytest.mark.django_db
def test_so_does_what_is_refused():
    foreign = client(host="evil.example").get("/")
    assert (foreign.status_code, missing(foreign)) == (400, {})
    careful = Client(enforce_csrf_checks=True, headers={"x-forwarded-proto": "https"})
    token = careful.post("/login/", {"username": "a", "password": "b"})
    assert (token.status_code, missing(token)) == (403, {})
    visitor = User.objects.create_user("visitor", is_staff=True)
    asking = client()
    asking.force_login(visitor)
    forbidden = asking.get("/admin/auth/user/")
    assert (forbidden.status_code, missing(forbidden)) == (403, {})


@pytest.mark.django_db
def test_so_does_too_many(monkeypatch):
    def full():
        raise slots.Full

    monkeypatch.setattr(exports, "Slot", full)
    answer = client().get("/projects.csv")
    assert (answer.status_code, missing(answer)) == (429, {})
    for _ in range(6):
        answer = client().post("/login/", {"username": "a", "password": "b"})
    assert (answer.status_code, missing(answer)) == (429, {})


@pytest.mark.django_db
def test_hsts_is_for_https_alone_and_the_way_there_carries_the_rest(settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/projects/")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/projects/")
    assert missing(answer) == {"Strict-Transport-Security": None}


@pytest.mark.django_db
def test_the_policy_allows_no_inline_script_in_the_admin_either():
    asking = client()
    asking.force_login(User.objects.create_superuser("root"))
    policy = asking.get("/admin/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy


def test_a_token_that_is_another_ones_is_explained():
    for language, words in (("en", "Nothing was saved"), ("zh-hans", "内容没有保存")):
        asking = Client(enforce_csrf_checks=True, headers={"accept-language": language})
        answer = asking.post("/login/", {"username": "a", "password": "b"})
        assert f"<h1>{words}</h1>" in answer.content.decode()


def raw(port, request: bytes) -> tuple[int, dict[str, str]]:
    """The status and the headers of the answer to some bytes."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=30)) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    first, *lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines)


def asked(path, *lines: str, method: str = "GET") -> bytes:
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *lines]
    return ("\r\n".join(head) + "\r\n\r\n").encode("latin-1")


def test_the_server_answers_with_them(environment):  # noqa: F811
    told_by(PREPARE, environment)
    expected = {name: value for name, value in EXPECTED.items() if "Transport" not in name}
    with served(environment | {"WEB_CONCURRENCY": "1"}) as port:
        answers = {
            200: raw(port, asked(STATIC)),
            304: raw(port, asked(STATIC, "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT")),
            404: raw(port, asked("/static/nosuch.css")),
            302: raw(port, asked("/admin/")),
            400: raw(port, b"no request\r\n\r\n"),
            414: raw(port, asked("/" + "a" * 5_000)),
            431: raw(port, asked("/", "X-Long: " + "a" * 10_000)),
            501: raw(port, asked("/", "Transfer-Encoding: nosuch", method="POST")),
        }
    assert {status for status, _headers in answers.values()} == set(answers)
    for status, headers in answers.values():
        lacking = {name for name in expected if headers.get(name) != expected[name]}
        assert (status, lacking) == (status, set())
        assert headers.get("Server", "gunicorn") == "gunicorn"
        assert "X-Powered-By" not in headers
