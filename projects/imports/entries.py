"""A row of a file: what it gives, what that would change, and why it is refused."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.imports.cells import boolean
from projects.imports.cells import day as read_day
from projects.imports.results import ADDED, CHANGED, REFUSED, SAME, Refused
from projects.imports.tables import Table
from projects.values.dates import InvalidEdtf, VagueDate


@dataclass(eq=False)
class Entry:
    """A row of a file, by its `number` among those of all files.

    `given` are its cells, `before` those of the stored row or the defaults. A refusal is a column
    and a message.
    """

    number: int
    file: str
    table: Table
    line: int
    given: dict[str, str]
    checks: dict[str, str]
    refusals: list[tuple[str, str]] = field(default_factory=list)
    stored: Any = None
    ties: list["Tie"] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    row: Any = None
    """The row as it is to be; it has the id of the entry where it has none of its own."""
    links: dict[str, list[int]] = field(default_factory=dict)
    """The ids of the rows that each of its cells lists."""

    @property
    def added(self) -> dict[str, list[int]]:
        """The other ends of the ties that it adds, by the column that lists them."""
        tied = {(tie.column, tie.other) for tie in self.ties}
        found = {
            column: sorted({end for end in ends if (column, end) not in tied})
            for column, ends in self.links.items()
        }
        return {column: ends for column, ends in found.items() if ends}

    @property
    def removed(self) -> list["Tie"]:
        """The ties that it takes away."""
        return [tie for tie in self.ties if tie.other not in self.links[tie.column]]

    @property
    def key(self) -> str:
        """By which it is found; empty for a statement that gives none."""
        return self.given.get(self.table.key, "")

    @property
    def new(self) -> bool:
        """Whether no such row is stored."""
        return self.stored is None

    @property
    def id(self) -> int:
        """The id of its row; below nought for one that is not stored yet."""
        return int(self.stored.pk) if self.stored is not None else -self.number

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """What differs from before: columns with what they held and what they are to hold."""
        if self.new:
            return [(column, "", value) for column, value in self.values.items() if value]
        before = self.before
        return [
            (column, before[column], value)
            for column, value in self.values.items()
            if value != before[column]
        ]

    @property
    def outcome(self) -> str:
        """Whether it is added, changed, left as it is or refused."""
        if self.refusals:
            return REFUSED
        if self.new:
            return ADDED
        return SAME if self.values == self.before else CHANGED

    @property
    def stops_standing(self) -> bool:
        """Whether a stored statement that stands is to restate another one."""
        return not self.new and not self.before.get("restates") and bool(self.restates)

    @property
    def begins_to_stand(self) -> bool:
        """Whether a stored statement that restates another one is to stand."""
        return not self.new and bool(self.before.get("restates")) and not self.restates

    @property
    def restates(self) -> str:
        """The key of the statement that it is to restate; empty where it stands, or is none."""
        return self.values.get("restates", "")

    def refuse(self, message: str, column: str = "") -> None:
        """Refuse the row."""
        self.refusals.append((column, message))

    def refuse_for(self, error: ValidationError) -> None:
        """Refuse the row for what its form or its model says, by the columns of its file."""
        if not hasattr(error, "error_dict"):
            self.refusals += [("", str(message)) for message in error.messages]
            return
        for name, errors in error.error_dict.items():
            messages = [str(message) for one in errors for message in one.messages]
            # An address is looked at twice, by Django and by us.
            for message in dict.fromkeys(messages):
                self.refuse(message, self.table.column(name))


@dataclass(frozen=True)
class Tie:
    """A stored link of a row: the column that lists it, its id and version, its other end."""

    column: str
    id: int
    version: int
    other: int


def check_derived(entry: Entry) -> None:
    """Refuse cells that follow from others of the row and say something else."""
    if not entry.checks:
        return
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
            says = read_day(given)
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
