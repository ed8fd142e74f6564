"""How many queries a request asks, for how long, and which of them are slow."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connections

from cooperation.metrics import SLOW_QUERIES

logger = logging.getLogger(__name__)

LITERAL = re.compile(r"'(?:[^']|'')*'")
LONGEST = 2_000
"""So many characters of a slow query are logged."""


class Queries:
    """The queries of one request, on all its connections."""

    def __init__(self) -> None:
        self.number = 0
        self.seconds = 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Run a query, as Django asks of an `execute_wrapper`."""
        begun = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seconds = perf_counter() - begun
            self.number += 1
            self.seconds += seconds
            if seconds * 1000 >= settings.SLOW_QUERY_MS:
                _name(sql, seconds)


@contextmanager
def counted() -> Iterator[Queries]:
    """The queries that are asked within this."""
    queries = Queries()
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(queries))
        yield queries


def _name(sql: str, seconds: float) -> None:
    """Log a slow query without the values that it was asked with."""
    SLOW_QUERIES.inc()
    fields = {"ms": round(seconds * 1000), "sql": LITERAL.sub("?", str(sql))[:LONGEST]}
    logger.warning("Slow query", extra={"fields": fields})
