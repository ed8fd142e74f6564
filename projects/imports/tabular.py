"""Plain rows into a table, and out of the way of what came between: in bulk, on both databases."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, DecimalField, Field, Model
from django.db.models.fields import DateField

_REMEMBERED = 1_024
"""How many different values of a column are remembered as the database takes them."""


Changed = tuple[list[Any], int, int]
"""The columns of a row as they are to be, its id, and the version that it was read with."""


class Tabular:
    """Some columns of a table, and how their values are handed to the database."""

    def __init__(self, model: type[Model], fields: Sequence[Field]) -> None:
        self.model, self.fields = model, tuple(fields)
        quote = connection.ops.quote_name
        self.name = quote(model._meta.db_table)
        self.columns = [quote(str(field.column)) for field in self.fields]
        # PostgreSQL takes the values of Python as they are.
        adapted = (
            () if connection.vendor == "postgresql" else (DateField, DateTimeField, DecimalField)
        )
        self._adapted = [
            (place, lru_cache(_REMEMBERED)(partial(_adapt, field)))
            for place, field in enumerate(self.fields)
            if isinstance(field, adapted)
        ]

    def insert(self, rows: Iterable[list[Any]]) -> None:
        """Store rows that are new."""
        names = ", ".join(self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.name} ({names}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(self.columns))
                sql = f"INSERT INTO {self.name} ({names}) VALUES ({places})"  # noqa: S608
                cursor.executemany(sql, [self._prepared(row) for row in rows])

    def update(self, rows: Collection[Changed]) -> int:
        """Change rows in any order; say how many were of their versions still."""
        if connection.vendor != "postgresql" or not rows:
            return self.update_in_turn(rows)
        changes = ", ".join(f"{column} = new.{column}" for column in self.columns)
        kinds = [str(field.cast_db_type(connection)) for field in self.fields]
        arrays = ", ".join(f"%s::{kind}[]" for kind in (*kinds, "bigint", "bigint"))
        names = ", ".join((*self.columns, "of_row", "of_version"))
        values = zip(*((*row, *which) for row, *which in rows), strict=True)
        return self._counted(
            f"UPDATE {self.name} stored SET {changes} FROM unnest({arrays}) AS new({names}) "  # noqa: S608
            "WHERE stored.id = of_row AND stored.version = of_version",
            [list(column) for column in values],
        )

    def update_in_turn(self, rows: Collection[Changed]) -> int:
        """Change rows in this order, as what only one may have goes from one to the other."""
        if not rows:
            return 0
        changes = ", ".join(f"{column} = %s" for column in self.columns)
        sql = f"UPDATE {self.name} SET {changes} WHERE id = %s AND version = %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.executemany(sql, [(*self._prepared(row), *which) for row, *which in rows])
            return int(cursor.rowcount)

    def delete(self, rows: Collection[tuple[int, int]]) -> int:
        """Delete the rows with these ids and versions; say how many were there."""
        if connection.vendor == "postgresql":
            return self._counted(
                f"DELETE FROM {self.name} stored "  # noqa: S608
                "USING unnest(%s::bigint[], %s::bigint[]) AS gone(of_row, of_version) "
                "WHERE stored.id = of_row AND stored.version = of_version",
                [list(column) for column in zip(*rows, strict=True)],
            )
        sql = f"DELETE FROM {self.name} WHERE id = %s AND version = %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.executemany(sql, list(rows))
            return int(cursor.rowcount)

    @staticmethod
    def _counted(sql: str, values: list[Any]) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)

    def _prepared(self, row: list[Any]) -> list[Any]:
        for place, adapt in self._adapted:
            if row[place] is not None:
                row[place] = adapt(row[place])
        return row


def _adapt(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def take_ids(model: type[Model], count: int) -> list[int]:
    """Ids for new rows, which no one else is given."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), count],
            )
            return [number for (number,) in cursor.fetchall()]
        # The one writer of SQLite takes the ids behind the last one ever given.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + count + 1))
