"""Storing the rows of one table: each by its form, with its links, its author and the reason."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from projects.imports.entries import Entry
from projects.imports.forms import find, form_of
from projects.imports.known import Known, in_chunks
from projects.imports.links import store_links
from projects.imports.ordering import Step, in_order
from projects.imports.rights import Rights
from projects.imports.tables import Table
from projects.models import STATEMENTS, Investment, RestatesHow, Source
from projects.models.versions import StaleRow

_LOOKED_AT: dict[type[Any], tuple[str, ...]] = {
    **{kind: ("restated_by",) for kind in STATEMENTS},
    Investment: ("restated_by", "parts", "investmentorganization_set"),
}
"""What else the rules of a model look at, read for many rows at a time."""


class Storing:
    """Stores what the files change, in the transaction of the caller."""

    def __init__(self, rights: Rights) -> None:
        self.rights = rights
        self.known = Known()

    def store(self, table: Table, entries: list[Entry]) -> Iterator[Entry]:
        """Store the entries of a table, refusing where a rule is broken; gives each when tried."""
        self._read_named(table, entries)
        self._remember_refused(entries)
        for step in in_order([entry for entry in entries if not entry.refusals]):
            self._take(step)
            if not step.below:
                yield step.entry
        self._remember_refused(entries)
        self._check_together(table, entries)
        self._remember_refused(entries)

    def _read_named(self, table: Table, entries: list[Entry]) -> None:
        for column in (*table.references, *table.lists):
            model = table.field(column).related_model
            named = {key for entry in entries for key in entry.values[column].split(";")}
            self.known.load(model, named)
        for entry in entries:
            if entry.stored is not None:
                self.known.add(entry.stored)

    def _take(self, step: Step) -> None:
        entry = step.entry
        if entry.refusals:
            return
        try:
            # One that breaks a constraint takes nothing along that is stored already.
            with transaction.atomic():
                self._save(entry, step.below)
        except ValidationError as error:
            entry.refuse_for(error)
        except StaleRow:
            entry.refuse(_("It was changed in this very moment: check the files again."))
        except IntegrityError:
            self._refuse_broken(entry)
        if entry.refusals:
            self.known.refused.add((entry.table.model, entry.key))

    def _save(self, entry: Entry, below: str) -> None:
        table, values = entry.table, dict(entry.values)
        if below:
            values |= {"restates": below, "restates_how": RestatesHow.DISPUTED}
        if table.is_statement:
            values["key"] = values["statement_id"]
        # Saved already where it restated another one for the moment.
        again = entry.row is not None
        stored = entry.row if again else entry.stored
        if stored is not None and not again:
            self.rights.check_stored(stored)
            self.rights.check_swap(entry)
        row = self._filled(table, values, stored)
        links = self._links(table, values)
        if not again:
            self.rights.check_new_state(row, adding=entry.new)
        self.rights.sign(row)
        row.save()
        for column, named in links.items():
            store_links(
                row, table.field(column), named, self.rights, adding=entry.new and not again
            )
        entry.row = row
        self.known.add(row)

    def _filled(self, table: Table, values: dict[str, str], stored: Any) -> Any:
        """The row with its new values, by its form; raises ValidationError."""
        row = stored
        if row is None:
            row = table.model()
            if isinstance(row, Source):
                row.draft = not self.rights.publish
        form = form_of(table)(values, self.known, row)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        return form.instance

    def _links(self, table: Table, values: dict[str, str]) -> dict[str, list[Any]]:
        found = {}
        for column in table.lists:
            model = table.field(column).related_model
            keys = [key for key in values[column].split(";") if key]
            try:
                found[column] = [find(self.known, model, key) for key in keys]
            except ValidationError as error:
                raise ValidationError({column: error}) from None
        return found

    def _refuse_broken(self, entry: Entry) -> None:
        """Say which rule the database kept."""
        values = dict(entry.values)
        if entry.table.is_statement:
            values["key"] = values["statement_id"]
        fresh = None
        if entry.stored is not None:
            fresh = entry.table.model._default_manager.get(pk=entry.stored.pk)
        try:
            self._filled(entry.table, values, fresh).validate_constraints()
        except ValidationError as error:
            entry.refuse_for(error)
        if not entry.refusals:
            entry.refuse(_("It does not fit what is stored by now: check the files again."))

    def _remember_refused(self, entries: list[Entry]) -> None:
        self.known.refused |= {
            (entry.table.model, entry.key) for entry in entries if entry.refusals and entry.key
        }

    def _check_together(self, table: Table, entries: list[Entry]) -> None:
        """Ask what depends on other rows, now that all are as they will be."""
        if table.model is Source:
            return
        by_id = {entry.row.pk: entry for entry in entries if entry.row and not entry.refusals}
        for ids in in_chunks(by_id):
            # Not joined: a source would come with its full text once for each of its statements.
            rows = table.model._default_manager.filter(pk__in=ids).order_by("pk")
            for row in rows.prefetch_related(*table.references, *_LOOKED_AT.get(table.model, ())):
                try:
                    row.clean()
                except ValidationError as error:
                    by_id[row.pk].refuse_for(error)
                _check_unit(by_id[row.pk], row)


def _check_unit(entry: Entry, row: Any) -> None:
    """Refuse a unit that is not that of the indicator, which alone says it."""
    given = entry.checks.get("unit")
    if given is not None and given != row.amount_unit.strip():
        entry.refuse(
            _("The indicator is in %(unit)s: give the amount in that.") % {"unit": row.amount_unit},
            "unit",
        )
