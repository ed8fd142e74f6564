"""The rows that cells name: stored, or in the files that are read with them."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.imports.entries import Entry
from projects.imports.forms import required
from projects.imports.matching import key_name
from projects.imports.spool import Spool, in_chunks
from projects.imports.tables import TABLES, Table
from projects.lookups import among
from projects.models import Source

TABLE_OF: dict[type[Any], Table] = {table.model: table for table in TABLES.values()}

_REMEMBERED = 20_000


class References:
    """What some entries of a table name, found by a fixed number of queries.

    A row that is not stored yet goes by the number of its entry, below nought.
    """

    def __init__(
        self, table: Table, entries: Collection[Entry], spool: Spool, known: "Known"
    ) -> None:
        self.table, self.spool, self._known = table, spool, known
        self._ids: dict[type[Any], dict[str, int]] = {}
        self._refused: dict[type[Any], set[str]] = {}
        named: dict[type[Any], set[str]] = {}
        for column in (*table.references, *table.lists):
            keys = {key for entry in entries for key in entry.values[column].split(";")}
            named.setdefault(table.field(column).related_model, set()).update(keys)
        for model, keys in named.items():
            self._find(model, keys - {""})
        ids = self._ids.get(Source, {}).values()
        self.sources: dict[int, Any] = rows_of(Source, ids, spool)

    def _find(self, model: type[Any], keys: set[str]) -> None:
        ids = self._ids[model] = self._known.ids(model, keys)
        numbers = self.spool.numbers(TABLE_OF[model], keys - set(ids))
        refused = self.spool.refusals(numbers.values(), early=True)
        self._refused[model] = {key for key, number in numbers.items() if number in refused}
        ids.update({key: -number for key, number in numbers.items() if number not in refused})

    def one(self, column: str, key: str) -> int | None:
        """The id of the row that a cell names; raises ValidationError where there is none."""
        field = self.table.field(column)
        if key:
            return self._id(field.related_model, key)
        missing = required(field)
        if missing:
            raise ValidationError(missing)
        return None

    def several(self, column: str, keys: str) -> list[int]:
        """The ids of the rows that a cell lists."""
        model = self.table.field(column).related_model
        return [self._id(model, key) for key in keys.split(";") if key]

    def _id(self, model: type[Any], key: str) -> int:
        found = self._ids[model].get(key)
        if found is not None:
            return found
        if key in self._refused[model]:
            raise ValidationError(refused_itself(key))
        shown = {"key": key[:150], "rows": model._meta.verbose_name_plural}
        message = _("There is no “%(key)s” among the %(rows)s, stored or in these files.")
        raise ValidationError(message % shown)


class Known:
    """The ids of stored rows that were named before, as many as are worth remembering."""

    def __init__(self) -> None:
        self._ids: dict[type[Any], dict[str, int]] = {}

    def ids(self, model: type[Any], keys: set[str]) -> dict[str, int]:
        """The ids of the rows of these keys, as far as there are such."""
        known, name = self._ids.setdefault(model, {}), key_name(model)
        if len(known) > _REMEMBERED:
            known.clear()
        for some in in_chunks(keys - known.keys()):
            rows = model._default_manager.filter(among(name, some)).order_by()
            known.update(rows.values_list(name, "pk"))
        return {key: known[key] for key in keys if key in known}


def refused_itself(key: str) -> str:
    """What is said of a row that names one which is refused."""
    return _("“%(key)s” is refused itself.") % {"key": key[:150]}


def rows_of(model: type[Any], ids: Collection[int], spool: Spool) -> dict[int, Any]:
    """Rows of a table that was looked at before, as they are to be, by their ids."""
    wanted = set(ids)
    found = {
        row: model(*content.values) for row, content in spool.rows(TABLE_OF[model], wanted).items()
    }
    for some in in_chunks(wanted - set(found)):
        found |= {row.pk: row for row in model._default_manager.filter(among("pk", some))}
    return found
