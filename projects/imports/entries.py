"""The rows of the files, matched with those stored: what each gives, and what that would change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField
from django.utils.translation import gettext as _

from projects.imports.cells import boolean, cell, day
from projects.imports.decoding import decode
from projects.imports.forms import refusals
from projects.imports.results import (
    ADDED,
    CHANGED,
    REFUSED,
    SAME,
    Change,
    File,
    FileRefused,
    Refusal,
    Refused,
    Row,
)
from projects.imports.splitting import Line, split
from projects.imports.tables import Table, check_header, find_table
from projects.values.dates import InvalidEdtf, VagueDate


@dataclass(eq=False)
class Entry:
    """A row of a file: `given` are its cells, `before` those of the stored row or the defaults."""

    file: str
    table: Table
    line: int
    given: dict[str, str]
    checks: dict[str, str]
    refusals: list[Refusal] = field(default_factory=list)
    stored: Any = None
    before: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    row: Any = None
    """The row that was saved."""

    @property
    def key(self) -> str:
        """By which it is found; empty for a statement that gives none."""
        return self.given.get(self.table.key, "")

    @property
    def new(self) -> bool:
        """Whether no such row is stored."""
        return self.stored is None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What differs from before."""
        return tuple(
            Change(column, "" if self.new else self.before[column], value)
            for column, value in self.values.items()
            if value != ("" if self.new else self.before[column])
        )

    @property
    def outcome(self) -> str:
        """Whether it is added, changed, left as it is or refused."""
        if self.refusals:
            return REFUSED
        if self.new:
            return ADDED
        return CHANGED if self.changes else SAME

    def refuse(self, message: str, column: str = "") -> None:
        """Refuse the row."""
        self.refusals.append(Refusal(self.file, self.table.name, self.line, column, message))

    def refuse_for(self, error: ValidationError) -> None:
        """Refuse the row for what its form or its model says."""
        self.refusals.extend(refusals(error, self.table, self.file, self.line))

    def as_row(self) -> Row:
        """What is reported of it."""
        changes = () if self.refusals else self.changes
        return Row(self.file, self.table.name, self.line, self.key, self.outcome, changes)


def read(files: Sequence[File]) -> tuple[list[Entry], list[Refusal]]:
    """The rows of all files, and why files are refused as a whole."""
    entries: list[Entry] = []
    refused: list[Refusal] = []
    for file in files:
        try:
            entries += _rows(file)
        except FileRefused as error:
            refused.append(
                Refusal(file.name, error.table or file.table, error.line, error.column, str(error))
            )
    _refuse_twice(entries)
    return entries, refused


def _rows(file: File) -> Iterator[Entry]:
    header, lines = split(decode(file.content))
    table = find_table(file.name, file.table, header.cells)
    try:
        check_header(table, header.cells)
    except FileRefused as error:
        error.table = table.name
        raise
    return (_entry(file.name, table, header, line) for line in lines)


def _entry(file: str, table: Table, header: Line, line: Line) -> Entry:
    """A row; cells that it does not have and empty flags are as if the column were missing."""
    entry = Entry(file, table, line.number, {}, {})
    for column, given in zip(header.cells, line.cells, strict=False):
        if column in table.columns:
            try:
                text = cell(table, column, given)
            except Refused as error:
                entry.refuse(str(error), column)
                continue
            if text or not isinstance(table.field(column), BooleanField):
                entry.given[column] = text
        elif given.strip():
            entry.checks[column] = given.strip()
    if not entry.key and not table.is_statement and not entry.refusals:
        entry.refuse(_("Give a slug: rows are found by it."), table.key)
    return entry


def _refuse_twice(entries: Iterable[Entry]) -> None:
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if not entry.key:
            continue
        other = first.setdefault((entry.table.name, entry.key), entry)
        if other is not entry:
            entry.refuse(
                _("“%(key)s” is there already, in row %(line)d of %(file)s.")
                % {"key": entry.key[:150], "line": other.line, "file": other.file},
                entry.table.key,
            )


def check_derived(entry: Entry) -> None:
    """Refuse cells that follow from others of the row and say something else."""
    try:
        _check_stated(entry)
        for column in entry.table.dates:
            _check_days(entry, column)
    except Refused as error:
        entry.refuse(*error.args)


def _check_stated(entry: Entry) -> None:
    given = entry.checks.get("amount_stated")
    if given is None or "amount_low" not in entry.values:
        return
    stated = bool(entry.values["amount_low"] or entry.values["amount_high"])
    try:
        says = boolean(given)
    except Refused as error:
        raise Refused(str(error), "amount_stated") from None
    if says != str(stated).lower():
        message = _("It follows from the bounds, which say otherwise: mend them or empty this.")
        raise Refused(message, "amount_stated")


def _check_days(entry: Entry, column: str) -> None:
    try:
        when = VagueDate(entry.values[column]) if entry.values[column] else None
    except InvalidEdtf:
        return  # The form says so.
    ends = {
        f"{column}_earliest": when and when.earliest,
        f"{column}_latest": when and when.latest,
    }
    for name, end in ends.items():
        given = entry.checks.get(name)
        if given is None or name not in entry.table.derived:
            continue
        try:
            says = day(given)
        except Refused as error:
            raise Refused(str(error), name) from None
        if says != (end.isoformat() if end else ""):
            message = _(
                "It follows from “%(column)s” (%(date)s), which says %(day)s: mend that or "
                "empty this."
            ) % {
                "column": column,
                "date": entry.values[column] or "–",
                "day": end.isoformat() if end else "–",
            }
            raise Refused(message, name)
