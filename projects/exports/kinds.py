"""What the columns of a table hold, as their fields say it, and their cells as typed values."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import BooleanField, DateField, DecimalField, IntegerField, QuerySet
from django.utils import timezone

from projects.exports.cells import Cell
from projects.exports.writing import Column, Derived, Export, Kind, lines_by_id
from projects.parameters import Parameters
from projects.values.cells import restore
from projects.values.readers import Reader
from projects.values.scopes import Scope

Typed = str | int | float | bool | list[str] | None

_KINDS: dict[type[Any], Kind] = {
    BooleanField: Kind.BOOLEAN,
    DateField: Kind.DAY,
    DecimalField: Kind.NUMBER,
    IntegerField: Kind.INTEGER,
}


@dataclass(frozen=True)
class Described:
    """A column with its kind and, where one field is behind it, that field."""

    name: str
    kind: Kind
    field: Any = None

    def typed(self, cell: str) -> Typed:
        """The value of a cell that is written as in a file."""
        if self.kind is Kind.LIST:
            return [text for one in restore(cell).split(";") if (text := one.strip())]
        if not cell:
            return None
        if self.kind is Kind.BOOLEAN:
            return cell == "true"
        if self.kind is Kind.INTEGER:
            return int(cell)
        if self.kind is Kind.NUMBER:
            number = Decimal(cell)
            return int(number) if number == number.to_integral_value() else float(number)
        return restore(cell)


@cache
def described(export: Export) -> tuple[Described, ...]:
    """The columns of a table with their kinds; nothing is read from the database."""
    parameters = Parameters(Reader(timezone.localdate()), Scope())
    rows = export.prepare(export.rows(parameters), parameters)

    def describe(column: Column | Derived) -> Described:
        if isinstance(column, Derived):
            return Described(column.name, column.kind)
        value = _value(rows.annotate(described=column.cell(parameters)).query)
        kind = column.kind or _kind_of(value and value.output_field)
        return Described(column.name, kind, getattr(value, "target", None))

    return tuple(describe(column) for column in export.contents)


def items(
    export: Export, rows: QuerySet[Any], parameters: Parameters
) -> dict[int, dict[str, Typed]]:
    """The cells of some rows as typed values under the names of the columns, by the id of each."""
    columns = described(export)
    return {
        pk: {column.name: column.typed(cell) for column, cell in zip(columns, cells, strict=True)}
        for pk, cells in lines_by_id(export, rows, parameters).items()
    }


def _value(query: Any) -> Any:
    """What the cell annotated last is made of; None where that is no single value."""
    parts = query.annotations["described"].flatten()
    cell = next((part for part in parts if isinstance(part, Cell)), None)
    return cell and cell.get_source_expressions()[0]


def _kind_of(field: Any) -> Kind:
    return next((kind for known, kind in _KINDS.items() if isinstance(field, known)), Kind.TEXT)
