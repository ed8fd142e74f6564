"""Writing what is derived: only where it differs, and past versions and histories."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model, Q

from projects.lookups import among

Row = tuple[Any, ...]


def write(model: type[Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Store new values of these columns; each row is the values and then the id."""
    found = list(rows)
    if not found:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = ", ".join(f"{column} = new.{column}" for column in _columns(model, names))
            arrays = ", ".join(f"%s::{kind}[]" for kind in _types(model, (*names, "id")))
            cursor.execute(
                f"UPDATE {_table(model)} stored SET {columns} "  # noqa: S608
                f"FROM unnest({arrays}) AS new({', '.join(_columns(model, (*names, 'id')))}) "
                "WHERE stored.id = new.id",
                [list(values) for values in zip(*found, strict=True)],
            )
        else:
            columns = ", ".join(f"{column} = %s" for column in _columns(model, names))
            cursor.executemany(
                f"UPDATE {_table(model)} SET {columns} WHERE id = %s",  # noqa: S608
                found,
            )


def replace(model: type[Model], names: Sequence[str], old: Q, rows: Iterable[Row]) -> None:
    """Store rows, as tuples of these columns, instead of the old ones; equal ones stay."""
    new = dict.fromkeys(rows)
    gone: list[int] = []
    for *columns, pk in model._base_manager.filter(old).values_list(*names, "pk").iterator():
        row = tuple(columns)
        if row in new:
            del new[row]
        else:
            gone.append(pk)
    if gone:
        # Nothing refers to such rows, so nothing is asked of Django before.
        found: Any = model._base_manager.filter(among("pk", gone))
        found._raw_delete(found.db)
    if new:
        insert(model, names, list(new))


def insert(model: type[Model], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Store new rows, as tuples of these columns: by COPY where the database has it."""
    columns = ", ".join(_columns(model, names))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {_table(model)} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(names))
            cursor.executemany(
                f"INSERT INTO {_table(model)} ({columns}) VALUES ({places})",  # noqa: S608
                rows,
            )


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _columns(model: type[Model], names: Sequence[str]) -> list[str]:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return [connection.ops.quote_name(field.column) for field in fields]


def _types(model: type[Model], names: Sequence[str]) -> list[str]:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return [str(field.cast_db_type(connection)) for field in fields]
