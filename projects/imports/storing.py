"""Writing in bulk what was looked at: rows, ties, and the history of both, as `save` does it."""

from array import array
from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db.models import ForeignKey, ManyToManyField
from django.utils import timezone

from projects.fields import SearchTextField
from projects.imports.checking import Content, Phase
from projects.imports.entries import Tie
from projects.imports.following import Following
from projects.imports.history import History
from projects.imports.rights import Rights
from projects.imports.spool import Spool
from projects.imports.tables import TABLES, Table
from projects.imports.tabular import Changed, Tabular, take_ids
from projects.lookups import among
from projects.models import deriving_together

Written = list[tuple[int, int, Content]]
"""Entries by their numbers, the ids of their rows, and what is to be written of them."""


class Stale(Exception):
    """Rows were changed since they were read: nothing may be stored."""

    def __init__(self, table: Table, ids: Collection[int]) -> None:
        super().__init__(f"{table.name}: {sorted(ids)}")
        self.table, self.ids = table, set(ids)


class Storing:
    """Stores what the spool holds, in the transaction of the caller."""

    def __init__(self, spool: Spool, rights: Rights) -> None:
        self.spool, self.rights = spool, rights
        self.now = timezone.now()
        self.ids = array("q", [0]) * (spool.last() + 1)
        """The ids of new rows by the numbers of their entries."""
        self.following: Following

    def store(self) -> None:
        """Store all of it; raises Stale, and IntegrityError where a constraint is broken."""
        for table in TABLES.values():
            numbers = self.spool.new(table)
            for number, taken in zip(numbers, take_ids(table.model, len(numbers)), strict=True):
                self.ids[number] = taken
        with deriving_together() as reach:
            self.following = Following(reach)
            for table in TABLES.values():
                rows = _Rows(self, table)
                for phase in Phase:
                    for written in self.spool.written(table, phase):
                        rows.store(written)
            self.following.finish()

    def id_of(self, row: int) -> int:
        """The id of a row; one below nought is the number of the entry of a new one."""
        return self.ids[-row] if row < 0 else row


class _Rows:
    """The rows of a table with their ties."""

    def __init__(self, storing: Storing, table: Table) -> None:
        self.storing, self.table, self.model = storing, table, table.model
        fields = self.model._meta.concrete_fields
        self._all = Tabular(self.model, fields)
        changing = [place for place, field in enumerate(fields) if self._changes(field)]
        self._changing = changing
        self._changed = Tabular(self.model, [fields[place] for place in changing])
        self._references = [
            place for place, one in enumerate(fields) if isinstance(one, ForeignKey)
        ]
        self._version = [field.name for field in fields].index("version")
        self._history = History(self.model, storing.rights, storing.now)
        self._ties = {column: Ties(storing, table.field(column)) for column in table.lists}

    def _changes(self, field: Any) -> bool:
        """Whether an import may change a column; what is derived elsewhere is left alone."""
        columns = {self.table.field(column).name for column in self.table.columns}
        days = {f"{name}_{end}" for name in self.table.dates for end in ("earliest", "latest")}
        return field.name in {"version", *columns, *days} or isinstance(field, SearchTextField)

    def store(self, written: Written) -> None:
        """Store some rows, which are all new, or all changed."""
        rows = [self._row(row, content) for _number, row, content in written]
        ids = [row[0] for row in rows]
        decided = [
            row[0]
            for row, (_number, _row, content) in zip(rows, written, strict=True)
            if content.decides
        ]
        if written[0][2].version == 0:
            self._all.insert(map(list, rows))
            self._history.add("+", ids)
        else:
            self._history.keep_first_states(ids)
            self.storing.following.before(self.model, decided)
            self._update(rows, [content.in_turn for _number, _row, content in written])
            self._history.add("~", ids)
        self.storing.following.after(self.model, decided)
        for column in self.table.lists:
            self._tie(column, rows, written)

    def _row(self, row: int, content: Content) -> list[Any]:
        """All columns of a row, with the ids of what is new by now."""
        values = list(content.values)
        for place in self._references:
            if values[place] is not None:
                values[place] = self.storing.id_of(values[place])
        values[0] = self.storing.id_of(row)
        values[self._version] = content.version + 1
        return values

    def _update(self, rows: list[list[Any]], in_turn: list[bool]) -> None:
        read = {row[0]: row[self._version] - 1 for row in rows}
        stored = self.model._default_manager.filter(among("pk", read)).order_by("pk")
        # Locked where rows can be, so that those which are another by now can be named.
        versions = dict(stored.select_for_update(no_key=True).values_list("pk", "version"))
        stale = [row for row, version in read.items() if versions.get(row) != version]
        changed: tuple[list[Changed], list[Changed]] = ([], [])
        for row, has_turn in zip(rows, in_turn, strict=True):
            values = [row[place] for place in self._changing]
            changed[has_turn].append((values, row[0], read[row[0]]))
        together, one_by_one = changed
        if stale or len(rows) != self._changed.update(together) + self._changed.update_in_turn(
            one_by_one
        ):
            raise Stale(self.table, stale or read)

    def _tie(self, column: str, rows: list[list[Any]], written: Written) -> None:
        ties = self._ties[column]
        removed = [
            (row[0], tie)
            for row, (_number, _row, content) in zip(rows, written, strict=True)
            for tie in content.removed
            if tie.column == column
        ]
        added = [
            (row[0], self.storing.id_of(end))
            for row, (_number, _row, content) in zip(rows, written, strict=True)
            for end in content.added.get(column, ())
        ]
        if removed and not ties.remove(removed):
            raise Stale(self.table, [row for row, _tie in removed])
        ties.add(added)


class Ties:
    """The links of one kind between the rows of two tables."""

    def __init__(self, storing: Storing, field: ManyToManyField) -> None:
        self.storing = storing
        link: Any = field.remote_field.through
        self.model: type[Any] = link
        self._tabular = Tabular(self.model, self.model._meta.concrete_fields)
        self._ends = (f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id")

    @cached_property
    def _history(self) -> History:
        return History(self.model, self.storing.rights, self.storing.now)

    def add(self, pairs: Collection[tuple[int, int]]) -> None:
        """Add ties between these rows."""
        if not pairs:
            return
        ids = take_ids(self.model, len(pairs))
        rows = [self._row(tie, 1, *pair) for tie, pair in zip(ids, pairs, strict=True)]
        self._tabular.insert(map(list, rows))
        self._history.add("+", ids)
        self.storing.following.after(self.model, ids)

    def remove(self, ties: Collection[tuple[int, Tie]]) -> bool:
        """Take ties away, each of a row; say whether all were as they had been read."""
        ids = [tie.id for _row, tie in ties]
        self.storing.following.before(self.model, ids)
        self._history.add("-", ids)
        return self._tabular.delete([(tie.id, tie.version) for _row, tie in ties]) == len(ties)

    def _row(self, tie: int, version: int, *ends: int) -> list[Any]:
        known = dict(zip(self._ends, ends, strict=True)) | {"id": tie, "version": version}
        return [known.get(field.attname) for field in self.model._meta.concrete_fields]
