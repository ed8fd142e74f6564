"""What depends on other rows, asked of the models with all of them as they are to be."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.imports.building import Building
from projects.imports.entries import Entry
from projects.imports.matching import key_name, match
from projects.imports.references import rows_of
from projects.imports.spool import in_chunks
from projects.imports.tables import Table
from projects.lookups import among
from projects.models import Indicator, InvestmentOrganization, Source

_BACK = {"restates": "restated_by", "part_of": "parts"}
"""By which name those that refer to a row are asked for."""

MOST_NAMING = 2_000
"""How many rows of the files that name some others are held beside these; each is asked itself."""


class Together:
    """Some entries of a table and the rows around them, by a fixed number of queries."""

    def __init__(self, table: Table, entries: Collection[Entry], building: Building) -> None:
        self.table, self.entries = table, entries
        self.building, self.spool = building, building.spool
        self._attributes = {name: table.field(name).attname for name in table.own_references}
        self._by_id = {entry.id: entry for entry in entries}
        self._rows: dict[int, Any] = {}
        self._back: dict[str, dict[int, list[Any]]] = {}
        if table.model is not Source:
            self._load()

    def ask(self) -> None:
        """Refuse what does not fit the other rows."""
        if self.table.model is Source:
            return
        for entry in self.entries:
            named = {getattr(entry.row, attribute) for attribute in self._attributes.values()}
            if named - {None} <= self._rows.keys():
                self._ask(entry)

    def _ask(self, entry: Entry) -> None:
        row = entry.row
        cache = {_BACK[name]: rows.get(row.pk, []) for name, rows in self._back.items()}
        row._prefetched_objects_cache = getattr(row, "_prefetched_objects_cache", {}) | cache
        try:
            row.clean()
        except ValidationError as error:
            entry.refuse_for(error)
        _check_unit(entry)

    def instead_of(self, entry: Entry) -> int | None:
        """The id of the stored statement whose place a new one takes."""
        if not entry.new or entry.restates or "restates" not in self._back:
            return None
        members = [row.pk for row in self._back["restates"].get(entry.id, [])]
        stopping = [
            one for one in members if one in self._by_id and self._by_id[one].stops_standing
        ]
        return max(stopping, key=lambda one: self._by_id[one].number, default=None)

    def _load(self) -> None:
        around = self._around()
        stored = {row for row in around if row > 0}
        numbers = {-row for row in around if row < 0} | self._in_files(stored)
        for entry in self._built(numbers - {entry.number for entry in self.entries}):
            self._by_id[entry.id] = entry
        self._rows = {row: entry.row for row, entry in self._by_id.items()}
        for some in in_chunks(stored - self._rows.keys()):
            rows = self.table.model._default_manager.filter(among("pk", some))
            self._rows |= {row.pk: row for row in rows}
        for column, attribute in self._attributes.items():
            self._refer(column, attribute)
        if "indicator" in self.table.references:
            self._set_indicators()
        if "organizations" in self.table.lists:
            self._set_organizations()

    def _around(self) -> set[int]:
        """The ids of the rows that those of the entries name, or that name them."""
        found: set[int] = set()
        keys = [entry.row.natural_key()[0] for entry in self.entries]
        for column, attribute in self._attributes.items():
            found.update(getattr(entry.row, attribute) for entry in self.entries)
            if column in _BACK:
                naming = sorted(self.spool.naming(self.table, column, keys))
                found.update(-number for number in naming[:MOST_NAMING])
                found.update(self._naming(column))
        return found - {None} - self._by_id.keys()

    def _naming(self, column: str) -> Iterable[int]:
        """The ids of the stored rows that name stored ones of the entries."""
        for some in in_chunks(entry.id for entry in self.entries if not entry.new):
            rows = self.table.model._default_manager.filter(among(column, some))
            yield from rows.order_by().values_list("pk", flat=True)

    def _in_files(self, stored: set[int]) -> set[int]:
        """The numbers of the entries that are about stored rows."""
        found: set[int] = set()
        name = key_name(self.table.model)
        for some in in_chunks(stored):
            rows = self.table.model._default_manager.filter(among("pk", some)).order_by()
            keys = list(rows.values_list(name, flat=True))
            found.update(self.spool.numbers(self.table, keys).values())
        return found

    def _built(self, numbers: Collection[int]) -> list[Entry]:
        """Entries with their rows; what is refused by itself stays as it is stored."""
        if not numbers:
            return []
        found = self.spool.entries(numbers)
        match(self.table, found, self.spool)
        self.building.build(self.table, [entry for entry in found if not entry.refusals])
        for entry in found:
            entry.row = entry.row or entry.stored
        return [entry for entry in found if entry.row is not None]

    def _refer(self, column: str, attribute: str) -> None:
        """Let the rows know each other. What they name beyond these is not asked for."""
        back: dict[int, list[Any]] = defaultdict(list)
        for row in self._rows.values():
            named = getattr(row, attribute)
            if named is not None:
                row._state.fields_cache[column] = self._rows.get(named)
                back[named].append(row)
        if column in _BACK:
            self._back[column] = back

    def _set_indicators(self) -> None:
        named = {row.indicator_id for row in self._rows.values()}
        indicators = rows_of(Indicator, named, self.spool)
        for row in self._rows.values():
            row._state.fields_cache["indicator"] = indicators[row.indicator_id]

    def _set_organizations(self) -> None:
        """Give the members of groups their links, by which they agree."""
        groups = self._back["restates"]
        members = [row for row in self._rows.values() if row.restates_id or row.pk in groups]
        links: dict[int, list[Any]] = {row.pk: [] for row in members}
        for entry in self._by_id.values():
            if entry.id in links:
                ends = entry.links.get("organizations", [tie.other for tie in entry.ties])
                links[entry.id] = [InvestmentOrganization(organization_id=end) for end in ends]
        stored = [row.pk for row in members if row.pk not in self._by_id]
        for some in in_chunks(stored):
            ties = InvestmentOrganization.objects.filter(among("investment", some))
            for link in ties.order_by("pk"):
                links[link.investment_id].append(link)
        for row in members:
            row._prefetched_objects_cache = {"investmentorganization_set": links[row.pk]}


def _check_unit(entry: Entry) -> None:
    """Refuse a unit that is not that of the indicator, which alone says it."""
    given = entry.checks.get("unit")
    if given is not None and given != entry.row.amount_unit.strip():
        entry.refuse(
            _("The indicator is in %(unit)s: give the amount in that.")
            % {"unit": entry.row.amount_unit},
            "unit",
        )
