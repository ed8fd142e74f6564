"""Bulk loading of plain rows: COPY on PostgreSQL, one statement a batch on SQLite; no history."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Model

from projects.fields import SearchTextField
from projects.models.derived import derive_of
from projects.models.versions import Versioned
from projects.synthetic.pools import Row
from projects.synthetic.sorting import sorted_afterwards
from projects.values.search_words import search_lines

_AT_ONCE = 5_000


def first_ids() -> dict[type[Model], int]:
    """The first id of each table of the record that is free behind all its rows."""
    models = apps.get_app_config("projects").get_models()
    return {model: _first_id(model) for model in models if issubclass(model, Versioned)}


def _first_id(model: type[Model]) -> int:
    return (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def write(tables: Iterable[tuple[type[Model], Iterator[Row]]]) -> int:
    """Store all rows in one transaction, and what follows from them; say how many they are.

    Statements say already when they stand, and refer to no row that is not among these.
    """
    count, written, firsts = 0, [], {}
    with transaction.atomic(), sorted_afterwards():
        for model, rows in tables:
            firsts[model] = _first_id(model)
            count += _write(model, rows)
            written.append(model)
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), written):
                cursor.execute(sql)
        derive_of({model: range(first, _first_id(model)) for model, first in firsts.items()})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return count


def _write(model: type[Model], rows: Iterator[Row]) -> int:
    # Asked before the rows flow: a connection that copies answers no question.
    lines = _lines(model, rows, _first_id(model))
    if connection.vendor == "postgresql":
        return _copy(model, lines)
    return _insert(model, lines)


def _lines(model: type[Model], rows: Iterator[Row], start: int) -> Iterator[tuple[Any, ...]]:
    """Each row as the values of all columns in their order."""
    defaults = {field.attname: field.get_default() for field in model._meta.concrete_fields}
    searched = [
        (field.attname, field.columns)
        for field in model._meta.concrete_fields
        if isinstance(field, SearchTextField)
    ]
    for number, row in enumerate(rows):
        full = {**defaults, "id": start + number, **row}
        for name, columns in searched:
            full[name] = search_lines(full[column] for column in columns)
        yield tuple(full.values())


def _copy(model: type[Model], lines: Iterator[tuple[Any, ...]]) -> int:
    count = 0
    with connection.cursor() as cursor:
        statement = f"COPY {_table(model)} ({_columns(model)}) FROM STDIN"
        with cursor.cursor.copy(statement) as copy:
            for line in lines:
                copy.write_row(line)
                count += 1
    return count


def _insert(model: type[Model], lines: Iterator[tuple[Any, ...]]) -> int:
    places = ", ".join(["%s"] * len(model._meta.concrete_fields))
    statement = f"INSERT INTO {_table(model)} ({_columns(model)}) VALUES ({places})"  # noqa: S608
    count = 0
    with connection.cursor() as cursor:
        while batch := list(islice(lines, _AT_ONCE)):
            cursor.executemany(statement, batch)
            count += len(batch)
    return count


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _columns(model: type[Model]) -> str:
    names = (str(field.column) for field in model._meta.concrete_fields)
    return ", ".join(connection.ops.quote_name(name) for name in names)
