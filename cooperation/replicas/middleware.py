"""Chooses the database of a request, and lets nobody see data older than what they wrote."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from cooperation.replicas.fleet import fleet
from cooperation.replicas.routing import PRIMARY, Reading, reading
from cooperation.unavailable import SAFE, Unavailable

GetResponse = Callable[[HttpRequest], HttpResponseBase]

COOKIE = "written"
"""Holds the position of the primary's log after the browser's last write, signed."""

KEPT_FOR = 3_600
"""In seconds; far longer than any replica that is read from is behind."""

UNKNOWN = 2**63
"""A position that no replica reaches, where more is written after the answer has begun."""

# A commit is flushed before it is told, unless the server is set to tell it first.
WRITTEN = """
SELECT CASE current_setting('synchronous_commit')
    WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn()
END - '0/0'::pg_lsn
"""

logger = logging.getLogger(__name__)


class Broken(HttpResponse):
    """Stands for the answer of a replica that failed; it is never sent."""


class ReplicaMiddleware:
    """Reads pages of visitors from a replica, and from the primary once more where that fails.

    It has to stand last: what stands before it may answer faults of its own.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with reading(_database(request)) as state:
            request.reading = state  # type: ignore[attr-defined]
            response = self.get_response(request)
            if state.database != PRIMARY and isinstance(response, Broken | Unavailable):
                state.database = PRIMARY
                response = self.get_response(request)
            if state.wrote or (response.streaming and request.method not in SAFE):
                _remember(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, *_arguments: Any) -> None:
        """Read the primary for whatever takes a form: what it shows will be written over."""
        if not _only_reads(view):
            _state(request).database = PRIMARY

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Have the primary asked where a replica failed; nothing for any other fault.

        It may also lack a table that the primary has had for a moment.
        """
        database = _state(request).database
        if database == PRIMARY or not isinstance(error, Error):
            return None
        logger.warning("%s failed, the primary is asked: %s", database, error)
        if _is_lost(error):
            connections[database].close()
            fleet().failed(database)
        return Broken()


def _is_lost(error: Error) -> bool:
    """Whether the server went; a query that stood in the way of the replay says nothing of it."""
    lost = isinstance(error, InterfaceError | OperationalError)
    return lost and getattr(error.__cause__, "sqlstate", None) != "40001"


def _state(request: HttpRequest) -> Reading:
    state: Reading = request.reading  # type: ignore[attr-defined]
    return state


def _database(request: HttpRequest) -> str:
    if request.method not in SAFE:
        return PRIMARY
    found = request.META
    reader = (
        f"{found.get('HTTP_X_FORWARDED_FOR')} {found.get('REMOTE_ADDR')} "
        f"{found.get('HTTP_USER_AGENT')}"
    )
    return fleet().choose(reader, _written(request))


def _only_reads(view: Any) -> bool:
    """Whether a view answers GET and HEAD alone, as all pages for visitors say of themselves."""
    page = getattr(view, "view_class", None)
    return page is not None and "post" not in page.http_method_names


def _written(request: HttpRequest) -> int | None:
    """The position after this browser's last write; None where it wrote nothing lately."""
    told = request.get_signed_cookie(COOKIE, default=None, max_age=KEPT_FOR)
    return int(told) if told else None


def _remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Tell the browser up to where the log has to be replayed before it reads a replica again."""
    if _written(request) == UNKNOWN:
        return
    response.set_signed_cookie(
        COOKIE,
        str(UNKNOWN if response.streaming else _position()),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _position() -> int:
    """Where the primary's log is now, behind all that was committed."""
    try:
        with connections[PRIMARY].cursor() as cursor:
            cursor.execute(WRITTEN)
            return int(cursor.fetchone()[0])
    except Error:
        return UNKNOWN
