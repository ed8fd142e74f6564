"""Loading into empty tables without what is quicker built once over all rows."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model

_CONSTRAINTS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE contype IN ('u', 'f') AND conrelid = ANY(%s::regclass[])
    ORDER BY contype = 'f'
"""
"""Unique columns first: references may be to those."""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index
    WHERE NOT indisprimary AND indrelid = ANY(%s::regclass[])
"""
"""As they are left when the constraints are gone."""
_MEMORY = "SET LOCAL maintenance_work_mem = '256MB'"


@contextmanager
def built_afterwards(models: Sequence[type[Model]]) -> Iterator[None]:
    """Build indexes and check references at the end, in the same transaction, not row by row.

    Only on PostgreSQL and while all tables are empty: readers wait for these locks, and what is
    there would be indexed anew as well. Primary keys stay, as their rows come in order.
    """
    if connection.vendor != "postgresql" or any(model._base_manager.exists() for model in models):
        yield
        return
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
    with connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS, [tables])
        constraints = cursor.fetchall()
        for table, name, _definition in reversed(constraints):
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        cursor.execute(_INDEXES, [tables])
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
    yield
    with connection.cursor() as cursor:
        cursor.execute(_MEMORY)
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in constraints:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
