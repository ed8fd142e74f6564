"""The rows as they are to be, each asked what it says of itself: its cells, references, checks."""

import uuid
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.base import ModelState

from projects.imports.conditions import check
from projects.imports.entries import Entry
from projects.imports.forms import Reading
from projects.imports.references import Known, References
from projects.imports.rights import Rights
from projects.imports.spool import Spool
from projects.imports.tables import TABLES, Table
from projects.models import Source


class Building:
    """Makes the rows of entries in memory; refuses those that do not fit by themselves."""

    def __init__(self, rights: Rights, spool: Spool) -> None:
        self.rights, self.spool = rights, spool
        self._known = Known()
        self._readings = {table: Reading(table) for table in TABLES.values()}
        self._blank = {table: vars(table.model()) for table in TABLES.values()}
        self._blank[TABLES["sources"]]["draft"] = not rights.publish

    def build(self, table: Table, entries: Collection[Entry]) -> None:
        """Set the row and the links of each entry, or refuse it."""
        references = References(table, entries, self.spool, self._known)
        self.rights.look_at(table.model, [entry.stored for entry in entries if not entry.new])
        for entry in entries:
            try:
                self._build(entry, references)
            except ValidationError as error:
                entry.refuse_for(error)

    def _build(self, entry: Entry, references: References) -> None:
        table, new = entry.table, entry.new
        if not new:
            self.rights.check_stored(entry.stored)
            self.rights.check_swap(entry)
        attributes = self._read(entry, references)
        if entry.refusals:
            return
        row = self._new(table) if new else entry.stored
        vars(row).update(attributes)
        for column in table.references:
            self._refer(row, table.field(column), references)
        if table.is_statement:
            row.key = row.key or f"{entry.values['source']}-{uuid.uuid4().hex[:8]}"
        row.pk = entry.id
        if isinstance(row, Source):
            # No other row changes with it.
            row.clean()
        self.rights.check_new_state(row, adding=new)
        check(row)
        for column in entry.added:
            self.rights.check("add", table.field(column).remote_field.through)
        for tie in entry.removed:
            self.rights.check("delete", table.field(tie.column).remote_field.through)
        entry.row = row

    def _new(self, table: Table) -> Any:
        """A row with the defaults: a copy of one, as making it takes most of the time."""
        row: Any = object.__new__(table.model)
        vars(row).update(self._blank[table], _state=ModelState())
        return row

    def _read(self, entry: Entry, references: References) -> list[tuple[str, Any]]:
        found, refused = self._readings[entry.table].read(entry.values)
        attributes = [attribute for values in found for attribute in values]
        for column in entry.table.references:
            try:
                value = references.one(column, entry.values[column])
                attributes.append((entry.table.field(column).attname, value))
            except ValidationError as error:
                refused[column] = error
        for column in entry.table.lists:
            try:
                entry.links[column] = references.several(column, entry.values[column])
            except ValidationError as error:
                refused[column] = error
        for column in entry.table.columns if refused else ():
            if column in refused:
                # An address is looked at twice, by Django and by us.
                for message in dict.fromkeys(map(str, refused[column].messages)):
                    entry.refuse(message, column)
        return attributes

    @staticmethod
    def _refer(row: Any, field: Any, references: References) -> None:
        """Let a row know the publications that it refers to, which are asked for their text."""
        if field.related_model is Source:
            source = references.sources.get(getattr(row, field.attname))
            row._state.fields_cache[field.name] = source
