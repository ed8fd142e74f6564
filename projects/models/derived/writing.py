"""Writing derived columns: only where they differ, and past versions and histories."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def write(model: type[Model], names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Store new values of these columns; each row is the values and then the id."""
    found = list(rows)
    if not found:
        return
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(model._meta.get_field(name).column))} = %s" for name in names)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {columns} "  # noqa: S608
            f"WHERE {quote('id')} = %s",
            found,
        )
