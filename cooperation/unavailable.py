"""What is answered where a database does not answer, or takes no writes: 503, never a fault."""

import logging
import sys
from collections.abc import Callable

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from projects.views import errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]

READ_ONLY = "25006"
"""PostgreSQL's code of a write to a server that is a standby, or became one."""

LOST = ("08", "53300", "57P01", "57P02", "57P03", READ_ONLY)
"""How the codes begin of a server that goes, starts, has no connection left, or takes no writes."""

logger = logging.getLogger(__name__)


class Unavailable(HttpResponse):
    """The page that says to try again, in both languages; it asks no database and no cache."""

    def __init__(self, template: str, again: int) -> None:
        super().__init__(render_to_string(template), status=503)
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
        return unavailable(error)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where it was outside of all views that no database was found."""
    return unavailable(sys.exception()) or errors.server_error(request)


def unavailable(error: BaseException | None) -> HttpResponse | None:
    """What is answered for an error that passes; None for any other."""
    if _is_busy(error):
        return Unavailable("projects/error/503.html", again=60)
    if not _is_lost(error):
        return None
    logger.warning("The database is not available: %s", error)
    # What is still connected to a server that takes no writes would stay so; it is opened anew.
    for database in settings.DATABASES:
        connection = connections[database]
        if not connection.in_atomic_block:
            connection.close()
    return Unavailable("projects/error/unavailable.html", again=10)


def _is_busy(error: BaseException | None) -> bool:
    """Whether SQLite's one writer is busy for longer than its timeout, such as with an import."""
    return isinstance(error, OperationalError) and "locked" in str(error)


def _is_lost(error: BaseException | None) -> bool:
    """Whether the connection failed, or its server takes no writes."""
    if isinstance(error, OperationalError) and "readonly database" in str(error):
        return True
    if not isinstance(error, Error):
        return False
    # PostgreSQL's errors have a code, None where there was no server to give one; SQLite's do not.
    code = getattr(error.__cause__, "sqlstate", "")
    if code is None:
        return isinstance(error, InterfaceError | OperationalError)
    return code.startswith(LOST)
