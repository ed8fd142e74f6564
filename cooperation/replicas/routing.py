"""Django's database router: the record is read where the request reads, all else on the primary."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

PRIMARY = DEFAULT_DB_ALIAS
RECORD = "projects"
"""The app whose tables replicas are asked for; accounts and sessions are the primary's."""


@dataclass
class Reading:
    """The database that one request reads, and whether it has written."""

    database: str = PRIMARY
    wrote: bool = False


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading(database: str) -> Iterator[Reading]:
    """Read the record from this database; once something is written, from the primary."""
    state = Reading(database)
    token = _reading.set(state)
    try:
        yield state
    finally:
        _reading.reset(token)


class Router:
    """Sends reads of the record to the request's database, and writes to the primary.

    What reads in no request, such as a command, reads the primary.
    """

    def db_for_read(self, model: Any, **hints: Any) -> str:
        state = _reading.get()
        if state is None or model._meta.app_label != RECORD:
            return PRIMARY
        return PRIMARY if connections[PRIMARY].in_atomic_block else state.database

    def db_for_write(self, model: Any, **hints: Any) -> str:
        if state := _reading.get():
            state.database, state.wrote = PRIMARY, True
        return PRIMARY

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        """Rows read from any server are rows of one database."""
        return True

    def allow_migrate(self, database: str, app_label: str, **hints: Any) -> bool:
        return database == PRIMARY
