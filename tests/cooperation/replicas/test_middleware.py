"""What a browser is told of its writes, and what becomes of an answer that fails."""

from types import SimpleNamespace

import pytest
from django.db import DataError, OperationalError
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from psycopg import errors

from cooperation.replicas import Router, middleware
from cooperation.replicas.middleware import COOKIE, UNKNOWN, ReplicaMiddleware
from cooperation.unavailable import unavailable
from projects.models import Project
from projects.views.dashboard import Dashboard
from projects.views.swapping import SwapPage

router = Router()


class Readers:
    """A fleet that gives everybody its one replica, and remembers what it was told."""

    def __init__(self):
        self.written, self.lost = [], []

    def choose(self, reader, written):
        self.written.append(written)
        return "replica1"

    def failed(self, database):
        self.lost.append(database)


@pytest.fixture
def readers(monkeypatch):
    made = Readers()
    monkeypatch.setattr(middleware, "fleet", lambda: made)
    monkeypatch.setattr(middleware, "_position", lambda: 4711)
    monkeypatch.setattr(
        middleware, "connections", {"replica1": SimpleNamespace(close=lambda: None)}
    )
    return made


def ask(method, answer, cookies=()):
    """The answer of the middleware to a request that `answer` is given."""
    request = RequestFactory().generic(method, "/")
    request.COOKIES.update({name: one.value for name, one in dict(cookies).items()})
    chain = ReplicaMiddleware(lambda request: answer(chain, request))
    return chain(request)


def writing(response):
    def answer(_chain, _request):
        router.db_for_write(Project)
        return response

    return answer


def test_who_wrote_is_told_up_to_where(readers):
    written = ask("POST", writing(HttpResponse()))
    ask("GET", lambda *_: HttpResponse(), written.cookies)
    ask("GET", lambda *_: HttpResponse())

    assert readers.written == [4711, None]
    assert written.cookies[COOKIE]["httponly"]


def test_a_cookie_of_one_s_own_making_is_nothing(readers):
    forged = ask("POST", writing(HttpResponse())).cookies
    forged[COOKIE].set(COOKIE, "9999:forged", "9999:forged")

    ask("GET", lambda *_: HttpResponse(), forged)

    assert readers.written == [None]


def test_what_is_written_while_it_is_sent_keeps_its_reader_at_the_primary(readers):
    sent = ask("POST", lambda *_: StreamingHttpResponse())
    later = ask("POST", writing(HttpResponse()), sent.cookies)
    ask("GET", lambda *_: HttpResponse(), sent.cookies)

    assert readers.written == [UNKNOWN]
    assert not later.cookies


def test_a_form_that_writes_nothing_leaves_no_cookie(readers):
    assert not ask("POST", lambda *_: HttpResponse()).cookies


@pytest.mark.parametrize(("view", "database"), [(Dashboard, "replica1"), (SwapPage, "default")])
def test_a_page_that_takes_a_form_reads_the_primary(readers, view, database):
    read = []

    def answer(chain, request):
        chain.process_view(request, view.as_view(), (), {})
        read.append(router.db_for_read(Project))
        return HttpResponse()

    ask("GET", answer)

    assert read == [database]


@pytest.mark.parametrize(
    ("error", "cause", "lost"),
    [
        (OperationalError(), errors.AdminShutdown(), ["replica1"]),
        (OperationalError(), errors.SerializationFailure(), []),
        (DataError(), errors.UndefinedTable(), []),
    ],
)
def test_what_fails_at_a_replica_is_asked_of_the_primary_once(readers, error, cause, lost):
    error.__cause__ = cause
    read = []

    def answer(chain, request):
        read.append(router.db_for_read(Project))
        return chain.process_exception(request, error) or HttpResponse("as it is")

    assert ask("GET", answer).content == b"as it is"
    assert read == ["replica1", "default"]
    assert readers.lost == lost


def test_an_error_page_that_finds_no_replica_is_asked_of_the_primary(readers):
    read = []

    def answer(_chain, request):
        read.append(router.db_for_read(Project))
        return unavailable(request, error) if read == ["replica1"] else HttpResponse()

    error = OperationalError()
    error.__cause__ = errors.AdminShutdown()

    assert ask("GET", answer).status_code == 200
    assert read == ["replica1", "default"]


def test_any_other_fault_is_left_to_others(readers):
    read = []

    def answer(chain, request):
        read.append(chain.process_exception(request, ValueError()))
        return HttpResponse()

    ask("GET", answer)

    assert read == [None]
