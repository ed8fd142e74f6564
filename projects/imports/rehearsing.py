"""A place for the dry run: all that is stored can be changed in it, and nothing of that is kept."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection, transaction


@contextmanager
def rehearsal() -> Iterator[None]:
    """A transaction that is taken back; on SQLite in a copy of the database.

    PostgreSQL lets others write meanwhile. SQLite has one writer, and a long dry run would keep all
    others waiting, so there it is held in a copy, which is gone with its connection.
    """
    apart = connection.vendor == "sqlite" and not connection.in_atomic_block
    with _copied() if apart else nullcontext(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _copied() -> Iterator[None]:
    """Let this thread's connection lead to a copy of the database."""
    connection.ensure_connection()
    wrapper: Any = connection
    real = wrapper.connection
    # A database without a name: in memory as far as there is room, else in a file of its own.
    copy = wrapper.get_new_connection(wrapper.get_connection_params() | {"database": ""})
    try:
        real.backup(copy)
        wrapper.connection = copy
        yield
    finally:
        wrapper.connection = real
        copy.close()
