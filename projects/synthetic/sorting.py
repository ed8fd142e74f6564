"""Loading without the indexes that serve only the tables of the site."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_NAMES = ("sorted", "disputed", "drafted")
"""What the names of these indexes begin with; see the migration that makes them."""


@contextmanager
def sorted_afterwards() -> Iterator[None]:
    """Build the indexes once at the end, in the same transaction, and not row by row.

    On SQLite they stay: it has fewer, and readers would wait for the new ones.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() "
            "AND split_part(indexname, '_', 1) = ANY(%s)",
            [list(_NAMES)],
        )
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    yield
    connection.check_constraints()  # no index is built while checks of rows are due
    with connection.cursor() as cursor:
        for _name, definition in found:
            cursor.execute(definition)
