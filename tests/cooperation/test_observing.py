"""The line that the log has of every request, its number, and what the log never holds."""

import json
import logging
import re
import sys

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.test import Client
from django.urls import include, path

from cooperation.logs import JsonFormatter

RIGHT = "only for tests"
MADE = re.compile(r"[0-9a-f]{32}")
REQUESTS = "cooperation.observing"

pytestmark = pytest.mark.django_db


def fail(request: HttpRequest):
    raise RuntimeError("one\ntwo")


urlpatterns = [path("fail/", fail), path("", include("cooperation.urls"))]


@pytest.fixture
def client():
    return Client(raise_request_exception=False, headers={"accept-language": "en"})


class Log(logging.Handler):
    """What the console would show, a line a record."""

    def __init__(self):
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.text = ""

    def emit(self, record):
        self.text += self.format(record) + "\n"

    def lines(self, logger=""):
        found = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in found if line["logger"].startswith(logger)]


@pytest.fixture
def log():
    """The lines of all that is logged."""
    handler = Log()
    loggers = [logging.getLogger(name) for name in ("", "django")]
    for one in loggers:
        one.addHandler(handler)
    yield handler
    for one in loggers:
        one.removeHandler(handler)


def test_each_request_has_one_line(client, log):
    client.force_login(User.objects.create_user("ann"))
    answer = client.get("/projects/?q=hidden", REMOTE_ADDR="203.0.113.9")
    (line,) = log.lines(REQUESTS)
    assert line["level"] == "INFO"
    assert line["request"] == answer.headers["X-Request-ID"]
    assert MADE.fullmatch(line["request"])
    assert (line["user"], line["address"]) == ("ann", "203.0.113.9")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/projects/", 200)
    assert line["ms"] >= line["query_ms"] > 0
    assert line["message"].startswith("GET /projects/ 200 ")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["time"])


def test_it_says_how_many_queries_there_were(client, log, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/healthz")
    (line,) = log.lines(REQUESTS)
    assert (line["queries"], line["user"]) == (1, None)


@pytest.mark.parametrize(
    ("address", "status"),
    [("/static/css/base.css", 200), ("/nosuch/", 404), ("/?a=%00", 400), ("/password/", 302)],
)
def test_nothing_goes_unseen(client, log, address, status):
    client.get(address)
    assert [line["status"] for line in log.lines(REQUESTS)] == [status]


@pytest.mark.urls(__name__)
def test_a_fault_is_one_line_and_names_its_request(client, log):
    answer = client.get("/fail/")
    (line,) = log.lines(REQUESTS)
    (error,) = log.lines("django.request")
    assert (line["status"], error["level"]) == (500, "ERROR")
    assert error["request"] == line["request"] == answer.headers["X-Request-ID"]
    assert "RuntimeError: one\ntwo" in error["exception"]
    assert log.text.count("\n") == 2


def test_who_is_refused_is_named(client, log):
    client.force_login(User.objects.create_user("ann", is_staff=True))
    client.get("/admin/auth/user/")
    (line,) = log.lines(REQUESTS)
    assert (line["status"], line["user"]) == (403, "ann")
    (warning,) = log.lines("django.request")
    assert warning["level"] == "WARNING"
    assert "Forbidden" in warning["message"]


def test_a_failed_log_in_is_told_without_what_was_typed(client, log):
    User.objects.create_user("ann", password=RIGHT)
    for username in ["ann"] * 6 + ["hunter2-in-the-wrong-field"]:
        typed = {"username": username, "password": "s3cret-typed"}
        client.post("/login/", typed, REMOTE_ADDR="203.0.113.9")
    lines = log.lines("cooperation.login")
    assert [(line["message"], line["account"]) for line in lines] == [
        *[("Log-in failed", "ann")] * 5,
        ("Log-in refused after too many wrong passwords", "ann"),
        ("Log-in failed", None),
    ]
    assert {(line["level"], line["address"]) for line in lines} == {("WARNING", "203.0.113.9")}
    assert "s3cret" not in log.text
    assert "hunter2" not in log.text


def test_no_secret_is_in_any_line(client, log, settings):
    settings.METRICS_TOKEN = "t0ken-of-metrics"
    User.objects.create_user("ann", password=RIGHT)
    client.post("/login/", {"username": "ann", "password": RIGHT})
    session = client.cookies["sessionid"].value
    sent = {"old_password": RIGHT, "new_password1": "Gh7-kk2-xx1", "new_password2": "Gh7-kk2-xx1"}
    client.post("/password/", sent)
    client.get("/metrics", headers={"authorization": "Bearer t0ken-of-metrics"})
    client.get("/metrics", headers={"authorization": "Bearer wr0ng-token"})
    client.get("/nosuch/?key=qu3ry")
    for secret in (RIGHT, "Gh7-kk2", session, "t0ken", "wr0ng", "qu3ry", settings.SECRET_KEY):
        assert secret not in log.text


@pytest.mark.proof
@pytest.mark.parametrize(
    "forged",
    [
        "/a%0A%7B%22level%22:%22INFO%22%7D/",
        "/a%0D%0Ab/",
        "/a%E2%80%A8b/",
        "/a%C2%85b/",
        "/a%1B%5B2Jb/",
        '/a"}/',
    ],
)
def test_no_line_is_forged(client, log, forged, figure):
    client.get(forged, headers={"user-agent": "a\nb", "x-forwarded-for": "1\r\n{}"})
    figure("E7", f"lines of a request for {forged}", len(log.lines(REQUESTS)), "1")
    assert log.text.isascii()
    assert log.text.isprintable() is False  # for its line ends alone
    assert all(line.isprintable() for line in log.text.split("\n"))
    assert len(log.lines(REQUESTS)) == 1
    (line,) = log.lines(REQUESTS)
    assert "\n" not in line["message"]


@pytest.mark.parametrize(
    ("proxies", "given", "taken"),
    [
        (1, "4bf92f35-77b3.4da6_a3ce", True),
        (0, "4bf92f35-77b3.4da6_a3ce", False),
        (1, "short", False),
        (1, "a" * 65, False),
        (1, "4bf92f35 77b3", False),
        (1, "4bf92f3577b3\n", False),
        (1, 'a"}{"level":"INFO', False),
        (1, "", False),
    ],
)
def test_a_number_is_taken_of_trusted_proxies_alone(client, log, settings, proxies, given, taken):
    settings.TRUSTED_PROXIES = proxies
    answer = client.get("/healthz", headers={"x-request-id": given})
    number = answer.headers["X-Request-ID"]
    assert (number == given) is taken
    assert taken or MADE.fullmatch(number)
    assert log.lines(REQUESTS)[0]["request"] == number


def test_no_two_have_the_same(client):
    assert len({client.get("/livez").headers["X-Request-ID"] for _ in range(20)}) == 20


def test_a_slow_query_is_named_without_its_values(client, log, settings):
    User.objects.create_user("ann", password=RIGHT)
    settings.SLOW_QUERY_MS = 0
    client.get("/projects/?q=v4lue")
    client.post("/login/", {"username": "ann", "password": "wr0ng"}, REMOTE_ADDR="203.0.113.9")
    slow = log.lines("cooperation.queries")
    assert any('FROM "projects_project"' in line["sql"] for line in slow)
    assert any('"auth_user"."username" = %s' in line["sql"] for line in slow)
    assert {line["request"] for line in slow} == {line["request"] for line in log.lines(REQUESTS)}
    assert "v4lue" not in log.text
    assert "wr0ng" not in log.text
    assert all("ann" not in line["sql"] and "'" not in line["sql"] for line in slow)


def test_a_quick_one_is_not(client, log, settings):
    settings.SLOW_QUERY_MS = 60_000
    client.get("/projects/")
    assert log.lines("cooperation.queries") == []


def test_what_is_written_in_a_query_is_left_out(client, log, settings):
    from django.db import connection  # noqa: PLC0415

    from cooperation.queries import counted  # noqa: PLC0415

    settings.SLOW_QUERY_MS = 0
    with counted() as queries, connection.cursor() as cursor:
        cursor.execute("SELECT 'it''s a v4lue', 1")
    assert queries.number == 1
    (line,) = log.lines("cooperation.queries")
    assert line["sql"] == "SELECT ?, 1"


def test_columns_of_a_line_and_what_went_wrong():
    try:
        raise ValueError("名")
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "", 0, "%s\r\n", ("b",), sys.exc_info())
    record.fields = {"path": "/", "number": 3}
    text = JsonFormatter().format(record)
    line = json.loads(text)
    assert "\n" not in text
    assert (line["message"], line["path"], line["number"]) == ("b\r\n", "/", 3)
    assert "ValueError: 名" in line["exception"]
    assert "request" not in line
