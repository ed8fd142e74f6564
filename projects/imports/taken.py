"""What only one row may have at a time, while the rows are stored one after the other."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from projects.imports.conditions import slots_of
from projects.imports.entries import Entry
from projects.imports.spool import Spool, in_chunks
from projects.imports.tables import Table
from projects.lookups import among

_HELD, _LEFT, _TAKEN = range(3)

Slot = tuple[str, str]
"""The name of a rule, and what a row has under it."""


def slots(row: Any) -> set[Slot]:
    """What a row has that no other may have."""
    model: Any = type(row)
    found = slots_of(model).of(row)
    return {(name, json.dumps([str(value) for value in values])) for name, values in found.items()}


class Taken:
    """Which rows of a table leave and take what only one may have, and in which order."""

    def __init__(self, table: Table, spool: Spool) -> None:
        self.table, self.spool = table, spool

    def keep(self, entry: Entry, before: set[Slot], phase: int) -> bool:
        """Remember what a row leaves and takes when it is stored; say whether it does."""
        after = slots(entry.row)
        self._keep(before - after, phase, entry, _LEFT)
        self._keep(after - before, phase, entry, _TAKEN)
        return after != before

    def _keep(self, found: set[Slot], phase: int, entry: Entry, how: int) -> None:
        if found:
            self.spool.database.executemany(
                "INSERT INTO slots VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(self.table.name, *slot, phase, entry.number, entry.id, how) for slot in found],
            )

    def look_up(self, rows: Collection[Any]) -> None:
        """Remember which stored rows have what these are to have."""
        model: Any = self.table.model
        for name, (rule, _holds, _parts) in slots_of(model).rules.items():
            wanted = {slot for row in rows for slot in slots(row) if slot[0] == name}
            if not wanted:
                continue
            first = model._meta.get_field(_first(rule)).attname
            for some in in_chunks({getattr(row, first) for row in rows}):
                held = model._default_manager.filter(rule.condition, among(first, some))
                for row in held.order_by():
                    found = slots(row) & wanted
                    self.spool.database.executemany(
                        "INSERT INTO slots VALUES (?, ?, ?, 0, 0, ?, ?)",
                        [(self.table.name, *slot, row.pk, _HELD) for slot in found],
                    )

    def refused(self) -> Iterator[tuple[int, str]]:
        """The numbers of the entries that would take what another row has then, with the rule."""
        model: Any = self.table.model
        rules = slots_of(model)
        contested = self.spool.ask(
            "SELECT rule, slot FROM slots WHERE tab = ? GROUP BY rule, slot "
            "HAVING count(DISTINCT id) > 1 AND max(how) = ?",
            *(self.table.name, _TAKEN),
        )
        for rule, slot in contested:
            events = self.spool.ask(
                "SELECT number, id, how FROM slots WHERE tab = ? AND rule = ? AND slot = ? "
                "ORDER BY phase, number, how",
                *(self.table.name, rule, slot),
            )
            having: set[int] = set()
            for number, row, how in events:
                if how == _LEFT:
                    having.discard(row)
                elif how == _TAKEN and having - {row}:
                    yield number, rules.message(rule)
                else:
                    having.add(row)


def _first(rule: Any) -> str:
    """The reference by which a rule tells rows apart first."""
    return str(rule.fields[0] if rule.fields else rule.expressions[0].name)
