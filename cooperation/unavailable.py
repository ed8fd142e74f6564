"""What is answered where a database does not answer, or takes no writes: 503, never a fault."""

import logging
import sys
from collections.abc import Callable

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from projects.api.errors import is_of_api, refusal
from projects.models.versions import met_another_save
from projects.views import errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]

SAFE = ("GET", "HEAD")
"""The methods of who only reads."""

READ_ONLY, FULL = "25006", "53100"
"""PostgreSQL's codes of a refused write: the server is read-only, or its disk is full."""

LOST = ("08", "53300", "57P01", "57P02", "57P03")
"""How the codes begin of a server that goes, starts, or has no connection left."""

# What a client library says itself, of no server's code: no server named takes a write.
READ_ONLY_SESSION = "session is read-only"
# Before each server tried, where there are several.
TRIED = "- host: "

# SQLite gives its reasons as words alone.
READ_ONLY_FILE = "readonly database"
FULL_FILE = ("disk is full", "disk I/O error")  # the second where a quota is, or the disk fails
LOST_FILE = "unable to open database file"

logger = logging.getLogger(__name__)


class Unavailable(HttpResponse):
    """Says what is wrong: a page in both languages, one line to who asks the API.

    It asks no database and no cache.
    """

    def __init__(self, request: HttpRequest, template: str, again: int, **context: bool) -> None:
        if is_of_api(request):
            said = refusal(503, detail=_("The database does not answer just now: ask again soon."))
            super().__init__(said.content, content_type=said["Content-Type"], status=503)
        else:
            page = render_to_string(f"projects/error/{template}.html", context)
            super().__init__(page, status=503)
        self["Retry-After"] = str(again)
        self["Cache-Control"] = "no-store"


class UnavailableMiddleware:
    """Answers 503 where a view finds no database, or SQLite's one writer busy for too long."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that asks to try again; nothing for any other fault."""
        return unavailable(request, error)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where it was outside of all views that no database was found."""
    return unavailable(request, sys.exception()) or errors.server_error(request)


def unavailable(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """What is answered for an error that passes; None for any other."""
    if not isinstance(error, Error):
        return None
    if _is_busy(error):
        return Unavailable(request, "503", again=60)
    if _is_full(error):
        # It stays so until somebody makes room.
        logger.error("The database has no room: %s", error)
        return Unavailable(request, "unwritable", again=60, full=True)
    read_only = _is_read_only(error)
    if not read_only and not _is_lost(error):
        return None
    logger.warning("The database is not available: %s", error)
    # What is still connected to a server that takes no writes would stay so; it is opened anew.
    for database in settings.DATABASES:
        connection = connections[database]
        if not connection.in_atomic_block:
            connection.close()
    # Who only reads has sent nothing that could be lost.
    refused = read_only and request.method not in SAFE
    return Unavailable(request, "unwritable" if refused else "unavailable", again=10)


def _is_busy(error: Error) -> bool:
    """Whether another save, such as a long import, kept this one from being made."""
    return isinstance(error, OperationalError) and met_another_save(error)


def _is_full(error: Error) -> bool:
    """Whether there is no room for what was to be written."""
    return _code(error) == FULL or _says(error, *FULL_FILE)


def _is_read_only(error: Error) -> bool:
    """Whether the server or the file takes no writes at all, or none of the servers does."""
    code = _code(error)
    if code is None:
        words = str(error).splitlines()
        tried = [line for line in words if line.startswith(TRIED)] or words
        return bool(tried) and all(READ_ONLY_SESSION in line for line in tried)
    return code == READ_ONLY or _says(error, READ_ONLY_FILE)


def _is_lost(error: Error) -> bool:
    """Whether the connection failed, or there is no file."""
    code = _code(error)
    if code is None:
        return isinstance(error, InterfaceError | OperationalError)
    return code.startswith(LOST) or _says(error, LOST_FILE)


def _code(error: Error) -> str | None:
    """PostgreSQL's code; None where there was no server to give one, and empty for SQLite."""
    return getattr(error.__cause__, "sqlstate", "")


def _says(error: Error, *words: str) -> bool:
    """Whether SQLite gives one of these reasons."""
    given = isinstance(error, OperationalError) and _code(error) == ""
    return given and any(word in str(error) for word in words)
