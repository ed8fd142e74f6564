"""The columns that tables share: names, references, amounts, dates and what a statement carries."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import NullIf

from projects.exports.cells import Cell, truth
from projects.exports.listing import Joined
from projects.exports.writing import Column, Derived, Kind
from projects.exports.writing import Value as CellValue
from projects.models.base import Link
from projects.models.statements import is_out
from projects.parameters import Parameters
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.values.readers import Reader


def own(*names: str) -> tuple[Column, ...]:
    """Columns of the row itself, under their own names."""
    return tuple(at(name, name) for name in names)


def at(name: str, path: str, kind: Kind | None = None) -> Column:
    """A column of what a reference leads to; empty where it leads nowhere."""
    return Column(name, lambda parameters: Cell(F(path)), kind)


def reference(name: str) -> Column:
    """The slug of what a row refers to."""
    return at(name, f"{name}__slug")


def seen(name: str, entities: QuerySet[Any]) -> Column:
    """The slug of what a row refers to; empty where it is not there for the reader."""

    def cell(parameters: Parameters) -> Subquery:
        there = visible(entities.filter(pk=OuterRef(name)), parameters.reader)
        return Subquery(there.order_by().values_list(Cell(F("slug"))))

    return Column(name, cell)


def listed(name: str, links: type[Link], entities: QuerySet[Any] | None = None) -> Column:
    """The slugs of all that a row is linked to, joined by semicolons, in their order.

    Where `entities` are given, those of them that are no drafts, whatever the day.
    """
    row, entity = (end.partition("__")[0] for end in links.ends)

    def cell(parameters: Parameters) -> Joined:
        found = links._default_manager.all()
        if entities is not None:
            there = visible(entities, Reader(parameters.reader.today))
            found = found.filter(**{f"{entity}__in": there.order_by().values("pk")})
        return Joined(found, row, f"{entity}__slug")

    return Column(name, cell, Kind.LIST)


def when(name: str, condition: Callable[[Reader], Q], path: str) -> Column:
    """A column of a row or of what it refers to, where a condition holds; empty elsewhere."""
    return Column(
        name, lambda parameters: Case(When(condition(parameters.reader), then=Cell(F(path))))
    )


def restated(name: str) -> Column:
    """The key of a statement that a row refers to, as far as that is out: a draft is not."""
    return when(name, lambda reader: is_out(reader, f"{name}__"), f"{name}__key")


def code(name: str) -> Column:
    """A code that is derived in SQL: never text of others, so that it has to be read only once."""
    return Column(name, lambda parameters: NullIf(F(name), Value("")))


def derived(*names: str, kind: Kind = Kind.TEXT) -> tuple[Derived, ...]:
    """Columns that Python finds on the completed row, under their own names."""
    return tuple(way(name, name, kind) for name in names)


def way(name: str, path: str, kind: Kind = Kind.TEXT) -> Derived:
    """What stands at the end of a dotted path of a completed row; empty where it leads nowhere."""

    def cell(row: Any) -> CellValue:
        for step in path.split("."):
            if row is None:
                return None
            row = getattr(row, step)
        return row

    return Derived(name, cell, kind)


def dated(name: str) -> tuple[Column, ...]:
    """A vague date or period of the row: its text, first and last day."""
    return own(name, f"{name}_earliest", f"{name}_latest")


def amount(unit: str) -> tuple[Column, ...]:
    """An amount: whether there is one, its bounds in whole units, and how they are meant."""
    return (
        Column("amount_stated", lambda parameters: Cell(truth(_STATED))),
        *own("amount_low", "amount_high"),
        *own("amount_low_included", "amount_high_included", "amount_approximate"),
        at("unit", unit),
    )


_STATED = Q(amount_low__isnull=False) | Q(amount_high__isnull=False)

_BEFORE = (at("statement_id", "key"), *own("id"))
_AFTER = (
    *own("as_written", "said_by", "inferred", "note"),
    restated("restates"),
    when("restates_how", lambda reader: is_out(reader, "restates__"), "restates_how"),
    reference("source"),
    *own("locator", "stands"),
    at("source_title", "source__title"),
    at("source_published", "source__published"),
    at("source_address", "source__address"),
)


def statement(*columns: Column | Derived) -> tuple[Column | Derived, ...]:
    """The columns of a kind of statement between those that all statements have."""
    return (*_BEFORE, *columns, *_AFTER)


def with_stands(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    """Add whether a statement stands, which every statement shows."""
    found: QuerySet[Any] = rows.with_stands(parameters.reader)  # type: ignore[attr-defined]
    return found


def as_they_are(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    """Add nothing."""
    return rows


def in_scope(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    """The rows that are there for the reader and belong to the scope, in the order of their ids."""
    found = narrow(visible(rows, parameters.reader), parameters.scope, parameters.reader)
    return found.order_by("pk")
