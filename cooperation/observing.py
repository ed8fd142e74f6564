"""What is said of every request: a line in the log, numbers for who watches, and its own number."""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.encoding import escape_uri_path

from cooperation import metrics
from cooperation.logs import request_number
from cooperation.proxies import client_address
from cooperation.queries import counted

NUMBER = re.compile(r"[A-Za-z0-9._-]{8,64}")

logger = logging.getLogger(__name__)


class ObservingMiddleware:
    """Numbers and times each request; it stands around all else, so that nothing goes unseen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = perf_counter()
        number = _number(request)
        token = request_number.set(number)
        try:
            with counted() as queries:
                response = self.get_response(request)
            seconds = perf_counter() - begun
            metrics.record(request, response, seconds, queries.number, queries.seconds)
            fields = {
                "user": _user(request),
                "address": client_address(request),
                "method": request.method,
                "path": escape_uri_path(request.path),
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "queries": queries.number,
                "query_ms": round(queries.seconds * 1000, 1),
            }
            logger.info(
                "%(method)s %(path)s %(status)s %(ms)s ms", fields, extra={"fields": fields}
            )
        finally:
            request_number.reset(token)
        response.headers["X-Request-ID"] = number
        return response


def _number(request: HttpRequest) -> str:
    """The number that a trusted proxy gives a request, where it can be one; otherwise a new one."""
    given: str = request.META.get("HTTP_X_REQUEST_ID", "")
    if settings.TRUSTED_PROXIES and NUMBER.fullmatch(given):
        return given
    return uuid4().hex


def _user(request: HttpRequest) -> str | None:
    """The name of the account, where the answer depended on it: no table is asked for the log."""
    user: Any = getattr(request, "_cached_user", None)
    return user.get_username() if user and user.is_authenticated else None
