"""The stored rows that the rows of the files are about, and what the files would change of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from projects.exports import EXPORTS
from projects.exports.writing import cells
from projects.imports.cells import cells_of, defaults
from projects.imports.entries import Entry
from projects.imports.known import in_chunks, key_name
from projects.imports.tables import Table
from projects.parameters import Parameters
from projects.values.cells import restore
from projects.values.readers import Reader
from projects.values.scopes import Scope


def match(table: Table, entries: list[Entry]) -> None:
    """Find the stored row of each entry of a table, and set its values before and after."""
    _match_by_key(table, [entry for entry in entries if entry.key])
    if table.is_statement:
        _match_identical(table, [entry for entry in entries if not entry.key])
    for entry in entries:
        entry.before = entry.before or defaults(table)
        entry.values = entry.before | entry.given
        _close_flags(entry.values)
    _leave_hidden(table, [entry for entry in entries if not entry.new and _empties(entry)])


def _rows(table: Table, **which: Any) -> QuerySet[Any]:
    """Stored rows with all that their cells name."""
    long = [f"{name}__full_text" for name in ("source", "parent_source", "entered_with")]
    there = {field.name for field in table.model._meta.fields}
    return (
        table.model._default_manager.filter(**which)
        .select_related(*table.references)
        .defer(*(path for path in long if path.partition("__")[0] in there & {*table.references}))
        .prefetch_related(*table.lists)
        .order_by("pk")
    )


def _match_by_key(table: Table, entries: list[Entry]) -> None:
    name = key_name(table.model)
    by_key = {entry.key: entry for entry in reversed(entries)}
    for keys in in_chunks(by_key):
        for row in _rows(table, **{f"{name}__in": keys}):
            entry = by_key[getattr(row, name)]
            entry.stored, entry.before = row, cells_of(table, row)


def _match_identical(table: Table, entries: list[Entry]) -> None:
    """Find the stored statement that says exactly the same, each for one row of a file only."""
    usual = defaults(table)
    waiting: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        entry.values = usual | entry.given
        _close_flags(entry.values)
        waiting[_said(entry.values, table)].append(entry)
    sources = {entry.values["source"] for entry in entries}
    for slugs in in_chunks(sorted(sources)):
        for row in _rows(table, source__slug__in=slugs):
            before = cells_of(table, row)
            found = waiting.get(_said(before, table))
            if found:
                entry = found.pop(0)
                entry.stored, entry.before = row, before
                entry.given[table.key] = ""
                entry.before = before | {table.key: ""}


def _said(values: dict[str, str], table: Table) -> tuple[str, ...]:
    return tuple(values[column] for column in table.columns if column != table.key)


def _close_flags(values: dict[str, str]) -> None:
    """An open bound is never included: what is left to the default there is put out."""
    for end in ("low", "high"):
        if values.get(f"amount_{end}") == "":
            values[f"amount_{end}_included"] = "false"


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
    by_id = {entry.stored.pk: entry for entry in entries}
    for pk, shown in _exported(table, by_id):
        entry = by_id[pk]
        for column, text in shown.items():
            if column in entry.given and entry.given[column] == restore(text):
                entry.values[column] = entry.before[column]


def _exported(table: Table, ids: Iterable[int]) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells of stored columns as the export writes them, by the row's id."""
    parameters = Parameters(Reader(timezone.localdate()), Scope(None, None), direct=False)
    for chunk in in_chunks(ids):
        rows = table.model._default_manager.filter(pk__in=chunk).order_by()
        yield from cells(EXPORTS[table.name], rows, parameters, table.columns)
