"""The lines of a SELECT: by COPY where there is one, else by the csv writer over bare rows."""

import csv
from collections.abc import Generator, Iterable
from io import StringIO
from itertools import islice
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

ROWS = 1_000
"""How many rows are written at a time."""


def lines(rows: QuerySet[Any]) -> Generator[bytes]:
    """The rows of a query of columns as CSV, in parts; nothing is kept of what was read."""
    connection = connections[rows.db]
    try:
        sql, params = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return _nothing()
    form = _copied if connection.vendor == "postgresql" else _fetched
    return form(connection, sql, params)


def _nothing() -> Generator[bytes]:
    yield from ()


def csv_lines(rows: Iterable[Iterable[Any]]) -> bytes:
    """Rows as RFC 4180 has them: quoted where it is needed, each ended by CRLF."""
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _copied(connection: Any, sql: str, params: Any) -> Generator[bytes]:
    """COPY quotes what the csv writer quotes, and ends a line with LF alone."""
    statement = f"COPY ({sql}) TO STDOUT (FORMAT csv)"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        # The driver's own: the one that counts queries under debug takes no parameters.
        cursor.cursor.copy(statement, params) as copy,
    ):
        found = iter(copy)
        while part := list(islice(found, ROWS)):
            yield _ended(part)


def _ended(part: list[Any]) -> bytes:
    """Lines that end with LF, ended with CRLF; a text with a line break in it stays as it is."""
    joined = b"".join(part)
    if joined.count(b"\n") == len(part):
        return joined.replace(b"\n", b"\r\n")
    return b"".join(bytes(line[:-1]) + b"\r\n" for line in part)


def _fetched(connection: Any, sql: str, params: Any) -> Generator[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while part := cursor.fetchmany(ROWS):
            yield csv_lines(part)
