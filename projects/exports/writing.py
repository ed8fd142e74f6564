"""The form of the files: UTF-8 with a byte-order mark, RFC 4180, and alike on both databases."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from projects.exports.lines import csv_lines, lines
from projects.exports.snapshot import snapshot
from projects.parameters import Parameters
from projects.remembering.reports import kept_here
from projects.values.cells import neutralise
from projects.values.readers import Reader
from projects.values.scopes import Scope

Value = str | bool | int | Decimal | date | None

CHUNK = 900
"""How many rows are read and completed at a time where Python derives a column.

Django names each row that is followed in a term of its own, and SQLite takes 1000 of them."""

_BYTE_ORDER_MARK = "\ufeff"


class Kind(StrEnum):
    """What the cells of a column hold; in a file all of it is text."""

    TEXT = "text"
    DAY = "day"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    LIST = "list"
    """Texts joined by semicolons."""


@dataclass(frozen=True)
class Column:
    """A column that the database writes: its name in the header, and the SQL of its cell.

    Where no kind is given, the field that the cell is made of tells it.
    """

    name: str
    cell: Callable[[Parameters], Combinable]
    kind: Kind | None = None


@dataclass(frozen=True)
class Derived:
    """A column that only Python can derive: its name, how it is read from a row, and its kind."""

    name: str
    cell: Callable[[Any], Value]
    kind: Kind = Kind.TEXT


def _as_they_are(chunks: Iterable[list[Any]], parameters: Parameters) -> Iterator[Any]:
    for chunk in chunks:
        yield from chunk


@dataclass(frozen=True)
class Export:
    """A table as a file.

    `rows` gives the table for a reader and a scope in its default order, `prepare` adds what the
    columns name, `complete` what Python derives, chunk by chunk, by setting it on the rows.
    """

    name: str
    contents: tuple[Column | Derived, ...]
    rows: Callable[[Parameters], QuerySet[Any]]
    prepare: Callable[[QuerySet[Any], Parameters], QuerySet[Any]]
    complete: Callable[[Iterable[list[Any]], Parameters], Iterator[Any]] = _as_they_are

    @property
    def model(self) -> Any:
        """What its rows are; nothing is read."""
        return self.rows(Parameters(Reader(timezone.localdate()), Scope())).model

    @property
    def columns(self) -> tuple[str, ...]:
        """The header, in order; the same in every language."""
        return tuple(column.name for column in self.contents)

    @property
    def written_by_database(self) -> tuple[Column, ...]:
        """The columns whose cells the database writes."""
        return tuple(column for column in self.contents if isinstance(column, Column))


def write(
    export: Export,
    rows: QuerySet[Any],
    parameters: Parameters,
    file: BinaryIO,
    anew: Callable[[], QuerySet[Any]] | None = None,
) -> None:
    """Write the file of these rows in their order; labels are in the active language.

    All is read from one state of the database; `anew` asks for the rows once more in it, where to
    ask for them has read something already.
    """
    file.write(_BYTE_ORDER_MARK.encode() + csv_lines([export.columns]))
    with snapshot(rows.db), kept_here():
        found = rows if anew is None else anew()
        with closing(_parts(export, found, parameters)) as parts:
            for part in parts:
                file.write(part)


def file_name(export: Export, parameters: Parameters) -> str:
    """The name to save it under: the table, the day and, where one is asked, the as-of day."""
    reader = parameters.reader
    as_of = f"-as-of-{reader.as_of.isoformat()}" if reader.as_of else ""
    return f"cooperation-{export.name}-{reader.today.isoformat()}{as_of}.csv"


def cells(
    export: Export, rows: QuerySet[Any], parameters: Parameters, names: Collection[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells of these columns, as far as the database writes them, by the id of each row."""
    columns = [column for column in export.written_by_database if column.name in names]
    selected = [column.cell(parameters) for column in columns]
    for pk, *found in _prepared(export, rows, parameters).values_list("pk", *selected):
        yield pk, {column.name: _text(value) for column, value in zip(columns, found, strict=True)}


def select(export: Export, rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    """The cells of all columns that the database writes."""
    cells = [column.cell(parameters) for column in export.written_by_database]
    return _prepared(export, rows, parameters).values_list(*cells)


def _prepared(export: Export, rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    # What the page follows for its own cells is followed here as far as the columns need it.
    return export.prepare(rows.select_related(None).prefetch_related(None), parameters)


def _parts(export: Export, rows: QuerySet[Any], parameters: Parameters) -> Generator[bytes]:
    if len(export.written_by_database) == len(export.contents):
        return lines(select(export, rows, parameters))
    return _completed(export, rows, parameters)


def _completed(export: Export, rows: QuerySet[Any], parameters: Parameters) -> Generator[bytes]:
    """The file in parts of a chunk, its rows completed by Python."""
    prepared = _with_cells(export, rows, parameters)
    chunks = _chunks(prepared.iterator(chunk_size=CHUNK))
    completed = export.complete(chunks, parameters)
    while batch := list(islice(completed, CHUNK)):
        yield csv_lines([_cell(column, row) for column in export.contents] for row in batch)


def lines_by_id(
    export: Export, rows: QuerySet[Any], parameters: Parameters
) -> dict[int, list[str]]:
    """The cells of at most `CHUNK` rows, as a file has them, by the id of each."""
    found = list(_with_cells(export, rows, parameters))
    completed = export.complete([found], parameters)
    return {row.pk: [_cell(column, row) for column in export.contents] for row in completed}


def _with_cells(export: Export, rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    cells = {_alias(column): column.cell(parameters) for column in export.written_by_database}
    return _prepared(export, rows, parameters).annotate(**cells)


def _alias(column: Column) -> str:
    """A name that no column of a model has."""
    return f"cell_{column.name}"


def _cell(column: Column | Derived, row: Any) -> str:
    if isinstance(column, Derived):
        return written(column.cell(row))
    return _text(getattr(row, _alias(column)))


def _text(value: Value) -> str:
    """A cell that the database wrote: what is text is inert already."""
    return value if isinstance(value, str) else written(value)


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def written(value: Value) -> str:
    """A cell as text: none is empty, numbers are plain, text is inert in a spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralise(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return _plain(value) if isinstance(value, Decimal) else str(value)


def _plain(number: Decimal) -> str:
    """Without an exponent and without trailing zeros, which only one of the databases keeps."""
    if not number:
        return "0"
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
