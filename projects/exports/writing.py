"""The form of the files: UTF-8 with a byte-order mark, RFC 4180, and alike on both databases."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, override

from projects.parameters import Parameters
from projects.values.cells import neutralise

Cell = str | bool | int | Decimal | date | None

CHUNK = 900
"""How many rows are read, completed and sent at a time.

Django names each row that is followed in a term of its own, and SQLite takes 1000 of them."""

_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Column:
    """A column of a file: its name in the header, and how its cell is read from a row."""

    name: str
    cell: Callable[[Any], Cell]


def _as_they_are(chunks: Iterable[list[Any]], parameters: Parameters) -> Iterator[Any]:
    for chunk in chunks:
        yield from chunk


@dataclass(frozen=True)
class Export:
    """A table as a file.

    `rows` gives the table for a reader and a scope in its default order, `prepare` adds what the
    database can derive, `complete` what Python derives, chunk by chunk, by setting it on the rows.
    """

    name: str
    contents: tuple[Column, ...]
    rows: Callable[[Parameters], QuerySet[Any]]
    prepare: Callable[[QuerySet[Any], Parameters], QuerySet[Any]]
    complete: Callable[[Iterable[list[Any]], Parameters], Iterator[Any]] = _as_they_are

    @property
    def columns(self) -> tuple[str, ...]:
        """The header, in order; the same in every language."""
        return tuple(column.name for column in self.contents)


def stream(export: Export, rows: QuerySet[Any], parameters: Parameters) -> Iterator[bytes]:
    """The file of these rows in their order, in parts; labels are in the language of the caller.

    The rows come from one SELECT, what hangs on them from a fixed number of queries a chunk.
    """
    # A response is sent when the language of its request may no longer be the active one.
    return _parts(export, rows, parameters, get_language())


def file_name(export: Export, parameters: Parameters) -> str:
    """The name to save it under: the table, the day and, where one is asked, the as-of day."""
    reader = parameters.reader
    as_of = f"-as-of-{reader.as_of.isoformat()}" if reader.as_of else ""
    return f"cooperation-{export.name}-{reader.today.isoformat()}{as_of}.csv"


def _parts(
    export: Export, rows: QuerySet[Any], parameters: Parameters, language: str | None
) -> Iterator[bytes]:
    yield (_BYTE_ORDER_MARK + _lines([export.columns])).encode()
    # What the page follows for its own cells is followed here as far as the columns need it.
    bare = rows.select_related(None).prefetch_related(None)
    chunks = _chunks(export.prepare(bare, parameters).iterator(chunk_size=CHUNK))
    completed = export.complete(chunks, parameters)
    while batch := list(islice(completed, CHUNK)):
        with override(language):
            part = _lines(
                [written(column.cell(row)) for column in export.contents] for row in batch
            )
        yield part.encode()


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _lines(lines: Iterable[Iterable[str]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue()


def written(value: Cell) -> str:
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
