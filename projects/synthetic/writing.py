"""Bulk loading of plain rows: COPY on PostgreSQL, one statement a batch on SQLite; no history.

While the database takes one block, the next ones are drawn and made into its text.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Model

from projects.fields import SearchTextField
from projects.models import Agreement, KnownMilestone, KnownProject, Project
from projects.models.derived.heads import head
from projects.models.derived.known import MILESTONE, PROJECT
from projects.models.versions import Versioned
from projects.synthetic.blocks import (
    Drawn,
    Shared,
    block_of_agreements,
    block_of_projects,
    organizations,
    publications_places_sectors,
)
from projects.synthetic.indexes import built_afterwards
from projects.synthetic.pools import Row
from projects.synthetic.portfolio import Portfolio
from projects.synthetic.processes import PROCESSES, each
from projects.synthetic.seen import Seen
from projects.values.search_words import search_lines

_KNOWN: dict[type[Model], Sequence[str]] = {KnownProject: PROJECT, KnownMilestone: MILESTONE}

Line = tuple[Any, ...]

_BETWEEN = "\0"
"""Stands between rows until the line breaks within them are told apart; no text has it."""


class Batch(NamedTuple):
    """Some rows of a table, as the database takes them."""

    model: type[Model]
    names: Sequence[str]
    rows: int
    content: Any
    """The text that COPY reads, or the rows as tuples."""


Pack = Callable[[Sequence[Line], Line], Any]
"""Makes the content of lines, and of the values that follow in each of them."""


def first_ids() -> dict[type[Model], int]:
    """The first id of each table of the record that is free behind all its rows."""
    return {model: _first_id(model) for model in _models() if issubclass(model, Versioned)}


def _models() -> list[type[Model]]:
    return list(apps.get_app_config("projects").get_models())


def _first_id(model: type[Model]) -> int:
    return (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def write(portfolio: Portfolio) -> int:
    """Store all rows in one transaction, with what is derived of them; say how many they are.

    Nobody waits: they refer to no row that is not among them, and nobody sees them before.
    """
    store, pack = (_copy, as_text) if connection.vendor == "postgresql" else (_insert, as_tuples)
    count, written = 0, set()
    with transaction.atomic():
        tables = [model for model in _models() if issubclass(model, Versioned) or model in _KNOWN]
        with built_afterwards(tables):
            for batch in batches(portfolio, pack):
                store(batch)
                written.add(batch.model)
                count += batch.rows if batch.model not in _KNOWN else 0
            head()
            _reset_sequences(written)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return count


def _reset_sequences(models: Collection[type[Model]]) -> None:
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(sql)


def batches(portfolio: Portfolio, pack: Pack, processes: int = PROCESSES) -> Iterator[Batch]:
    """All rows, block after block; blocks are drawn by several processes."""
    common, seen = Shared(portfolio), Seen()
    for drawn in publications_places_sectors(common):
        yield from _batches(drawn, pack)
    for numbers in portfolio.blocks(Agreement):
        drawn = block_of_agreements(common, numbers)
        yield from _batches(drawn, pack)
        seen.join(drawn.organizations)
    blocks = portfolio.blocks(Project)
    for found, organizations_seen in each(partial(_block, common, pack), blocks, processes):
        yield from found
        seen.join(organizations_seen)
    for drawn in organizations(common, seen):
        yield from _batches(drawn, pack)


def _block(common: Shared, pack: Pack, numbers: range) -> tuple[list[Batch], Seen]:
    drawn = block_of_projects(common, numbers)
    return list(_batches(drawn, pack)), drawn.organizations


def _batches(drawn: Drawn, pack: Pack) -> Iterator[Batch]:
    for model, rows in drawn.tables.items():
        if rows:
            yield _batch(model, rows, pack)
    for model, known in drawn.known.items():
        yield Batch(model, _KNOWN[model], len(known), pack(known, ()))


def _batch(model: type[Model], rows: Sequence[Row], pack: Pack) -> Batch:
    """All rows of a table say the same columns; the others are the same in all."""
    constant = {}
    for column in model._meta.concrete_fields:
        if isinstance(column, SearchTextField):
            for row in rows:
                row[column.attname] = search_lines([row.get(one, "") for one in column.columns])
        elif column.attname not in rows[0] and not column.primary_key:
            constant[column.attname] = column.get_default()
    lines = list(map(itemgetter(*rows[0]), rows))
    return Batch(model, (*rows[0], *constant), len(lines), pack(lines, tuple(constant.values())))


def as_tuples(lines: Sequence[Line], constant: Line) -> list[Line]:
    """Lines as they are handed to INSERT."""
    return [line + constant for line in lines]


def as_text(lines: Sequence[Line], constant: Line) -> bytes:
    """Lines as COPY reads them, NULL as Python says it; nothing made up has tabs or backslashes."""
    line = "\t".join([*["%s"] * len(lines[0]), *map(str, constant)])
    rows = _BETWEEN.join([*map(line.__mod__, lines), ""])
    return rows.replace("\n", "\\n").replace(_BETWEEN, "\n").encode()


def _copy(batch: Batch) -> None:
    statement = f"COPY {_target(batch)} FROM STDIN (NULL 'None')"
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        copy.write(batch.content)


def _insert(batch: Batch) -> None:
    places = ", ".join(["%s"] * len(batch.names))
    statement = f"INSERT INTO {_target(batch)} VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, batch.content)


def _target(batch: Batch) -> str:
    quote = connection.ops.quote_name
    fields: list[Any] = [batch.model._meta.get_field(name) for name in batch.names]
    columns = ", ".join(quote(field.column) for field in fields)
    return f"{quote(batch.model._meta.db_table)} ({columns})"
