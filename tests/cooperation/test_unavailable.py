"""Which faults of a database are answered with a page that says to try again."""

import psycopg
import pytest
from django.db import DataError, IntegrityError, InternalError, OperationalError
from django.http import HttpRequest
from django.urls import path
from psycopg import errors

from cooperation.urls import handler500  # noqa: F401  # of these addresses too
from projects.api.errors import TYPE


def fail(request: HttpRequest):
    raise RuntimeError("on purpose")


LINE = "- host: 'a', port: '1': connection failed: "
REFUSING = "session is read-only\nMultiple connection attempts failed. All failures were:\n"
NONE_WRITES = f"{REFUSING}{LINE}session is read-only\n{LINE}session is read-only"
ONE_IS_GONE = f"{REFUSING}{LINE}Connection refused\n\tIs the server\n{LINE}session is read-only"

READ_ONLY = "数据库是只读的", "the database is read-only"
FULL = "数据库已满", "the database is full"

urlpatterns = [path(address, fail) for address in ("fail/", "api/fail/")]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(params=["in a view", "outside of all views"])
def answered(request, client, monkeypatch):
    """The answer where an error is raised, for a reason that the driver gave."""

    def answer(error, cause=None, method="GET", address="/fail/"):
        def failing(*_arguments, **_named):
            raise error from cause

        if request.param == "in a view":
            for pattern in urlpatterns:
                monkeypatch.setattr(pattern, "callback", failing)
        else:
            monkeypatch.setattr("django.middleware.common.CommonMiddleware.__call__", failing)
        client.raise_request_exception = False
        return client.generic(method, address)

    return answer


def test_who_waits_too_long_for_the_one_writer_is_asked_to_try_again(answered):
    answer = answered(OperationalError("database is locked"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "数据" in answer.text and "Please try again" in answer.text


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OperationalError("connection refused"), psycopg.OperationalError("connection refused")),
        (OperationalError("going"), errors.AdminShutdown("terminating connection")),
        (OperationalError("starting"), errors.CannotConnectNow("the database is starting up")),
        (OperationalError("full"), errors.TooManyConnections("too many clients")),
        (OperationalError(ONE_IS_GONE), psycopg.OperationalError(ONE_IS_GONE)),
        (OperationalError("unable to open database file"), None),
    ],
)
def test_a_database_that_is_not_there_is_said_in_both_languages(answered, error, cause):
    answer = answered(error, cause)

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "网站暂时无法使用" in answer.text
    assert "The site is not available just now" in answer.text
    assert str(error) not in answer.text


@pytest.mark.parametrize(
    ("error", "cause", "again", "zh", "en"),
    [
        (InternalError("a standby"), errors.ReadOnlySqlTransaction("INSERT"), "10", *READ_ONLY),
        (OperationalError(NONE_WRITES), psycopg.OperationalError(NONE_WRITES), "10", *READ_ONLY),
        (OperationalError("attempt to write a readonly database"), None, "10", *READ_ONLY),
        (OperationalError("no space left"), errors.DiskFull("could not extend"), "60", *FULL),
        (OperationalError("database or disk is full"), None, "60", *FULL),
        (OperationalError("disk I/O error"), None, "60", *FULL),
    ],
)
def test_a_database_that_takes_no_writes_is_said_with_what_to_do(
    answered, error, cause, again, zh, en
):
    answer = answered(error, cause, "POST")

    assert (answer.status_code, answer["Retry-After"]) == (503, again)
    assert "没有保存" in answer.text and "Nothing was saved" in answer.text
    assert [words for words in (*READ_ONLY, *FULL) if words in answer.text] == [zh, en]
    assert str(error) not in answer.text


def test_who_asks_the_api_is_told_in_its_own_form(answered):
    answer = answered(OperationalError("database is locked"), address="/api/fail/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert (answer["Content-Type"], answer["Cache-Control"]) == (TYPE, "no-store")
    assert answer.json() == {
        "status": 503,
        "title": "Service Unavailable",
        "detail": "数据库目前没有应答：请稍后再试。",
    }


def test_who_only_reads_is_not_told_that_nothing_was_saved(answered):
    cause = psycopg.OperationalError(NONE_WRITES)
    answer = answered(OperationalError(NONE_WRITES), cause)

    assert "The site is not available just now" in answer.text


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OperationalError("no such table: a"), None),
        (OperationalError("canceling statement"), errors.QueryCanceled("statement timeout")),
        (DataError("too long"), errors.StringDataRightTruncation("too long")),
        (DataError("disk is full"), errors.StringDataRightTruncation("in a value")),
        (IntegrityError("there already"), errors.UniqueViolation("there already")),
        (RuntimeError("another fault"), None),
    ],
)
def test_any_other_fault_stays_one(answered, error, cause):
    assert answered(error, cause).status_code == 500
