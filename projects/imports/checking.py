"""The rows of the files, table by table: what becomes of each, and what is to be written."""

from collections.abc import Collection, Iterator
from enum import IntEnum
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from projects.imports.building import Building
from projects.imports.circles import (
    below_themselves,
    closes_circle,
    keep_parent,
    refuse_circles,
    up,
)
from projects.imports.entries import Entry, Tie, check_derived
from projects.imports.matching import match, match_keyless
from projects.imports.references import refused_itself
from projects.imports.results import REFUSED, SAME
from projects.imports.rights import Rights
from projects.imports.spool import Spool
from projects.imports.tables import TABLES, Table
from projects.imports.taken import Taken, slots
from projects.imports.together import Together
from projects.models import RestatesHow
from projects.models.derived import begin
from projects.models.derived.facts import WORDS


class Phase(IntEnum):
    """When a row is stored: of some kinds no two statements of a group may stand at once.

    A new statement that takes the place of a stored one is stored as restating it first, and is
    swapped in then, as an editor would do. What stops standing comes before what begins to.
    """

    BELOW = 1
    STOPPING = 2
    INSTEAD = 3
    BEGINNING = 4
    CHANGED = 5
    ADDED = 6


class Content(NamedTuple):
    """What is to be written of a row: its columns in order, the version that it was read with (0
    for a new one), the ids of what it is to be tied to, the ties that go, whether anything
    derived follows from what changes, and whether it is changed after those before it, as it leaves
    or takes what only one row may have."""

    values: tuple[Any, ...]
    version: int
    added: dict[str, list[int]]
    removed: list[Tie]
    decides: bool = True
    in_turn: bool = False


Write = tuple[Phase, int, int, Content]


@cache
def _columns(model: Any) -> "attrgetter[Any]":
    return attrgetter(*(field.attname for field in model._meta.concrete_fields))


class Checking:
    """Looks at all rows in the spool, and keeps there what is to be written."""

    def __init__(self, rights: Rights, spool: Spool) -> None:
        self.spool, self.rights = spool, rights
        self.building = Building(rights, spool)

    def run(self) -> Iterator[int]:
        """Look at all tables; gives how many rows were looked at since."""
        for table in TABLES.values():
            if not self.spool.ask("SELECT 1 FROM entries WHERE tab = ? LIMIT 1", table.name):
                continue
            if table.is_statement:
                match_keyless(table, self.spool)
            refuse_circles(table, self.spool)
            taken = Taken(table, self.spool)
            for entries in self.spool.chunks(table):
                self._look_at(table, entries, taken)
                yield len(entries)
            self._refuse_taken(taken)
            self._refuse_named(table)
            self._refuse_trees(table)

    def _look_at(self, table: Table, entries: list[Entry], taken: Taken) -> None:
        match(table, entries, self.spool)
        for entry in entries:
            check_derived(entry)
        fitting = [entry for entry in entries if entry.outcome not in (SAME, REFUSED)]
        before = {entry: slots(entry.stored) for entry in fitting if not entry.new}
        self.building.build(table, fitting)
        for entry in entries:
            if entry.refusals:
                self.spool.refuse(entry)
        fitting = [entry for entry in fitting if not entry.refusals]
        together = Together(table, fitting, self.building)
        together.ask()
        taken.look_up([entry.row for entry in fitting])
        writes: list[Write] = []
        for entry in fitting:
            if entry.refusals:
                self.spool.refuse(entry, early=False)
            instead_of = together.instead_of(entry)
            phase = _phase(entry, instead_of)
            in_turn = taken.keep(entry, before.get(entry, set()), phase)
            if up(table):
                keep_parent(self.spool, entry)
            writes += self._writes(entry, phase, instead_of, in_turn)
        self.spool.write(table, writes)
        self.spool.tell(entries)

    def _writes(
        self, entry: Entry, phase: Phase, instead_of: int | None, in_turn: bool
    ) -> Iterator[Write]:
        """What is to be written of an entry, and when."""
        row = entry.row
        if entry.new and entry.table.is_statement:
            begin(row)
        values = self._values(row)
        if instead_of is None:
            version = 0 if entry.new else row.version
            what = (entry.added, entry.removed, _decides(entry), in_turn)
            content = Content(values, version, *what)
            yield phase, entry.number, entry.id, content
            return
        below = Content(self._below(row, instead_of), 0, entry.added, [])
        yield Phase.BELOW, entry.number, entry.id, below
        yield phase, entry.number, entry.id, Content(values, 1, {}, [], in_turn=in_turn)

    def _below(self, row: Any, other: int) -> tuple[Any, ...]:
        """The columns of a statement as long as it restates the one whose place it takes."""
        row.restates_id, row.restates_how = other, RestatesHow.DISPUTED.value
        values = self._values(row)
        row.restates_id, row.restates_how = None, ""
        return values

    @staticmethod
    def _values(row: Any) -> tuple[Any, ...]:
        model: Any = type(row)
        values: tuple[Any, ...] = _columns(model)(row)
        return values

    def _refuse_taken(self, taken: Taken) -> None:
        refused = dict(taken.refused())
        for entry in self.spool.entries(refused):
            entry.refusals = [("", refused[entry.number])]
            self.spool.refuse(entry)

    def _refuse_named(self, table: Table) -> None:
        """Refuse what names a new row of the same table that is refused by itself."""
        query = (
            "SELECT n.number, n.col, n.key FROM names n JOIN entries e ON e.tab = n.tab "
            "AND e.key = n.key JOIN outcomes o ON o.number = e.number AND o.new "
            "WHERE n.tab = ? AND EXISTS (SELECT 1 FROM refusals r WHERE r.number = e.number "
            "AND r.early) AND NOT EXISTS (SELECT 1 FROM refusals r WHERE r.number = n.number)"
        )
        while found := self.spool.ask(query, table.name):
            named = {number: (column, key) for number, column, key in found}
            for entry in self.spool.entries(named):
                column, key = named[entry.number]
                entry.refuse(refused_itself(key), column)
                self.spool.refuse(entry)

    def _refuse_trees(self, table: Table) -> None:
        if not up(table):
            return
        for entry in self._rebuilt(table, below_themselves(table, self.spool)):
            error = closes_circle(entry)
            if error is not None:
                entry.refuse_for(error)
                self.spool.refuse(entry, early=False)

    def _rebuilt(self, table: Table, numbers: Collection[int]) -> list[Entry]:
        """Entries with their rows once more; those refused by themselves are left out."""
        found = self.spool.entries(numbers)
        match(table, found, self.spool)
        for entry in found:
            entry.refusals = []
        self.building.build(table, found)
        return [entry for entry in found if not entry.refusals]


def _decides(entry: Entry) -> bool:
    return entry.new or any(
        entry.table.field(column).name not in WORDS for column, *_cells in entry.changes
    )


def _phase(entry: Entry, instead_of: int | None) -> Phase:
    if entry.new:
        return Phase.ADDED if instead_of is None else Phase.INSTEAD
    if entry.stops_standing:
        return Phase.STOPPING
    return Phase.BEGINNING if entry.begins_to_stand else Phase.CHANGED
