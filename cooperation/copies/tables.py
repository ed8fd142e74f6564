"""The tables that are copied: their columns, and their rows in order."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import DecimalField, Field, ForeignKey, Model

from cooperation.copies.cells import READ, Cell, Kind, as_they_are, decimal

SESSIONS = Session._meta.db_table
"""Left out of every copy: who reads the key of a session is logged in by it."""

AT_ONCE = 1_000
"""How many rows are read at a time."""

KINDS = {
    "AutoField": Kind.INTEGER,
    "BigAutoField": Kind.INTEGER,
    "BigIntegerField": Kind.INTEGER,
    "BinaryField": Kind.BINARY,
    "BooleanField": Kind.BOOLEAN,
    "CharField": Kind.TEXT,
    "DateField": Kind.DATE,
    "DateTimeField": Kind.DATETIME,
    "DecimalField": Kind.DECIMAL,
    "FloatField": Kind.FLOAT,
    "IntegerField": Kind.INTEGER,
    "JSONField": Kind.JSON,
    "PositiveIntegerField": Kind.INTEGER,
    "PositiveSmallIntegerField": Kind.INTEGER,
    "SlugField": Kind.TEXT,
    "SmallIntegerField": Kind.INTEGER,
    "TextField": Kind.TEXT,
    "TimeField": Kind.TIME,
    "UUIDField": Kind.UUID,
}
"""By Django's name of the type; a type that is missing here has to be thought about."""


@dataclass(frozen=True)
class Column:
    """A column: its name, its kind, and the decimal places of that kind."""

    name: str
    kind: Kind
    places: int = 0

    def read(self) -> Cell:
        """The form that its cells are read in."""
        if self.kind is Kind.DECIMAL:
            return decimal(self.places)
        return READ.get(self.kind, as_they_are)


@dataclass(frozen=True)
class Table:
    """A table: its name, its primary key, and its columns by name."""

    name: str
    key: str
    columns: tuple[Column, ...]

    def rows(self, connection: Any) -> Iterator[list[Any]]:
        """Its rows by primary key, streamed; what they are is the same from either database."""
        forms = _apart(enumerate(column.read() for column in self.columns))
        with closing(connection.chunked_cursor()) as cursor:
            cursor.execute(self._select(connection))
            while part := cursor.fetchmany(AT_ONCE):
                for found in part:
                    row = list(found)
                    for place, form in forms:
                        if row[place] is not None:
                            row[place] = form(row[place])
                    yield row

    def _select(self, connection: Any) -> str:
        quote = connection.ops.quote_name
        columns = ", ".join(quote(column.name) for column in self.columns)
        kinds = {column.name: column.kind for column in self.columns}
        order = quote(self.key)
        if kinds[self.key] is Kind.TEXT and connection.vendor == "postgresql":
            order += ' COLLATE "C"'
        return f"SELECT {columns} FROM {quote(self.name)} ORDER BY {order}"  # noqa: S608


def _apart(forms: Any) -> list[tuple[int, Cell]]:
    """The forms that change something, by the place of their column."""
    return [(place, form) for place, form in forms if form is not as_they_are]


def tables() -> list[Table]:
    """The tables of every model that is installed, its history and links included, by name."""
    found = (_table(model) for model in models())
    return sorted(found, key=lambda table: table.name)


def models() -> Sequence[type[Model]]:
    """The models whose rows are copied."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table != SESSIONS
    ]


def _table(model: type[Model]) -> Table:
    meta: Any = model._meta
    columns = sorted((_column(field) for field in meta.concrete_fields), key=lambda one: one.name)
    return Table(meta.db_table, meta.pk.column, tuple(columns))


def _column(field: Any) -> Column:
    end: Field[Any, Any] = field
    while isinstance(end, ForeignKey):
        end = end.target_field
    places = end.decimal_places if isinstance(end, DecimalField) else 0
    return Column(field.column, KINDS[end.get_internal_type()], places or 0)
