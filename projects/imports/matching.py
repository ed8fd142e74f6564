"""The stored rows that the rows of the files are about, and what the files would change of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from django.db.models import ManyToManyField, Q
from django.utils import timezone

from projects.exports import EXPORTS
from projects.exports.writing import cells
from projects.imports.cells import cell_of, close_flags, defaults
from projects.imports.entries import Entry, Tie
from projects.imports.reading import said
from projects.imports.spool import Spool, in_chunks
from projects.imports.tables import Table
from projects.lookups import among
from projects.parameters import Parameters
from projects.values.cells import restore
from projects.values.readers import Reader
from projects.values.scopes import Scope


def key_name(model: type[Any]) -> str:
    """The field by which rows of a model are named."""
    return "key" if hasattr(model, "kind_of_statement") else "slug"


def match_keyless(table: Table, spool: Spool) -> None:
    """Find the stored statement that says exactly the same, each for one row of a file only."""
    query = "SELECT DISTINCT source FROM keyless WHERE tab = ?"
    for slugs in in_chunks(source for (source,) in spool.ask(query, table.name)):
        rows = table.model._default_manager.filter(among("source__slug", slugs)).order_by("pk")
        for chunk in in_chunks(rows.values_list("pk", flat=True).iterator()):
            for row, before, _ties in stored_rows(table, among("pk", chunk)):
                spool.database.execute(
                    "UPDATE keyless SET stored = ? WHERE number = (SELECT min(number) FROM keyless "
                    "WHERE tab = ? AND said = ? AND stored IS NULL)",
                    (row.pk, table.name, said(before, table)),
                )


def match(table: Table, entries: list[Entry], spool: Spool) -> None:
    """Find the stored row of each entry of a table, and set its values before and after."""
    _find_by_key(table, [entry for entry in entries if entry.key])
    if table.is_statement:
        _find_keyless(table, [entry for entry in entries if not entry.key], spool)
    usual = defaults(table)
    for entry in entries:
        entry.before = entry.before or usual
        entry.values = entry.before | entry.given
        close_flags(entry.values)
    _leave_hidden(table, [entry for entry in entries if not entry.new and _empties(entry)])


def _find_by_key(table: Table, entries: list[Entry]) -> None:
    name = key_name(table.model)
    by_key = {entry.key: entry for entry in reversed(entries)}
    for keys in in_chunks(by_key):
        for row, before, ties in stored_rows(table, among(name, keys)):
            entry = by_key[getattr(row, name)]
            entry.stored, entry.before, entry.ties = row, before, ties


def _find_keyless(table: Table, entries: list[Entry], spool: Spool) -> None:
    by_number = {entry.number: entry for entry in entries}
    query = "SELECT stored, number FROM keyless WHERE stored IS NOT NULL AND number IN"
    found = dict(spool.ask_in(query, by_number))
    for ids in in_chunks(found):
        for row, before, ties in stored_rows(table, among("pk", ids)):
            entry = by_number[found[row.pk]]
            entry.given[table.key] = ""
            entry.stored, entry.before, entry.ties = row, before | {table.key: ""}, ties


def stored_rows(table: Table, which: Q) -> Iterable[tuple[Any, dict[str, str], list[Tie]]]:
    """Stored rows with what their columns hold and the links that they have."""
    rows = table.model._default_manager.filter(which).order_by("pk")
    if any(field.name == "full_text" for field in table.model._meta.fields):
        rows = rows.defer("full_text")
    found = list(rows)
    keys = {column: _keys(table, column, found) for column in table.references}
    ties: dict[int, list[Tie]] = defaultdict(list)
    listed: dict[tuple[int, str], list[str]] = defaultdict(list)
    for column in table.lists:
        for row, slug, tie in _ties(table.field(column), column, [row.pk for row in found]):
            ties[row].append(tie)
            listed[row, column].append(slug)
    for row in found:
        cells = {column: cell_of(field, row) for column, field in _plain(table)}
        for column, named in keys.items():
            cells[column] = named.get(getattr(row, table.field(column).attname), "")
        for column in table.lists:
            cells[column] = ";".join(sorted(listed[row.pk, column]))
        yield row, {column: cells[column] for column in table.columns}, ties[row.pk]


@cache
def _plain(table: Table) -> list[tuple[str, Any]]:
    """The columns that refer to nothing, with their fields."""
    others = {*table.references, *table.lists}
    return [(column, table.field(column)) for column in table.columns if column not in others]


def _keys(table: Table, column: str, rows: Collection[Any]) -> dict[int, str]:
    """The keys of what rows refer to in a column, by the ids."""
    field = table.field(column)
    ids = {getattr(row, field.attname) for row in rows} - {None}
    model = field.related_model
    found: dict[int, str] = {}
    for some in in_chunks(ids):
        named = model._default_manager.filter(among("pk", some)).order_by()
        found |= dict(named.values_list("pk", key_name(model)))
    return found


def _ties(field: ManyToManyField, column: str, ids: list[int]) -> Iterable[tuple[int, str, Tie]]:
    """The links of rows, with the row and the slug of the other end."""
    link: Any = field.remote_field.through
    here, there = f"{field.m2m_field_name()}_id", field.m2m_reverse_field_name()
    names = (here, f"{there}__slug", "pk", "version", f"{there}_id")
    for some in in_chunks(ids):
        rows = link._default_manager.filter(among(here, some)).order_by("pk")
        for row, slug, *tie in rows.values_list(*names):
            yield row, slug, Tie(column, *tie)


def _empties(entry: Entry) -> bool:
    """Whether an entry would empty a reference."""
    return any(
        entry.before[column] and not entry.values[column] for column in entry.table.references
    )


def _leave_hidden(table: Table, entries: list[Entry]) -> None:
    """Leave as it is what a file says as the export does: it shows no reference to a draft.

    A file that comes back as it went out takes nothing away that it could not hold.
    """
    if not entries:
        return
    by_id = {entry.id: entry for entry in entries}
    for pk, shown in _exported(table, by_id):
        entry = by_id[pk]
        for column, text in shown.items():
            if column in entry.given and entry.given[column] == restore(text):
                entry.values[column] = entry.before[column]


def _exported(table: Table, ids: Iterable[int]) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells of stored columns as the export writes them, by the row's id."""
    parameters = Parameters(Reader(timezone.localdate()), Scope(None, None), direct=False)
    for chunk in in_chunks(ids):
        rows = table.model._default_manager.filter(among("pk", chunk)).order_by()
        yield from cells(EXPORTS[table.name], rows, parameters, table.columns)
