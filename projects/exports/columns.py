"""The columns that tables share: names, references, amounts, dates and what a statement carries."""

from operator import attrgetter
from typing import Any

from django.db.models import Prefetch, QuerySet

from projects.exports.writing import Cell, Column
from projects.models import Source
from projects.parameters import Parameters
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.values.readers import Reader


def own(*names: str) -> tuple[Column, ...]:
    """Columns of the row itself, under their own names."""
    return tuple(Column(name, attrgetter(name)) for name in names)


def way(name: str, path: str) -> Column:
    """What stands at the end of a dotted path; empty where a step of it leads nowhere."""

    def cell(row: Any) -> Cell:
        for step in path.split("."):
            if row is None:
                return None
            row = getattr(row, step)
        return row

    return Column(name, cell)


def reference(name: str) -> Column:
    """The slug of what a row refers to; empty where it is not there for the reader."""
    return way(name, f"{name}.slug")


def references(name: str) -> Column:
    """The slugs of all that a row refers to, joined by semicolons, in the order of the letters."""
    return Column(name, lambda row: joined(one.slug for one in getattr(row, name).all()))


def joined(slugs: Any) -> str:
    """Slugs in one cell; sorted here, because databases sort letters by rules of their own."""
    return ";".join(sorted(slugs))


def dated(name: str, path: str = "") -> tuple[Column, ...]:
    """A vague date or period: its text, first and last day; `path` leads to it if not the name."""
    path = path or name
    return (
        way(name, path),
        way(f"{name}_earliest", f"{path}_earliest"),
        way(f"{name}_latest", f"{path}_latest"),
    )


AMOUNT = (
    *own("amount_stated", "amount_low", "amount_high"),
    *own("amount_low_included", "amount_high_included", "amount_approximate"),
    way("unit", "amount_unit"),
)
"""An amount: whether there is one, its bounds in whole units, and how they are meant."""

_BEFORE = (way("statement_id", "key"), *own("id"))
_AFTER = (
    *own("as_written", "said_by", "inferred", "note"),
    way("restates", "restates.key"),
    Column("restates_how", lambda row: row.restates_how if row.restates else ""),
    reference("source"),
    *own("locator", "stands"),
    way("source_title", "source.title"),
    way("source_published", "source.published"),
    way("source_address", "source.address"),
)


def statement(*columns: Column) -> tuple[Column, ...]:
    """The columns of a kind of statement between those that all statements have."""
    return (*_BEFORE, *columns, *_AFTER)


def with_statement(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    """Add what all statements show: `stands`, the source, what is restated as far as it is out."""
    return rows.with_stands(reader).prefetch_related(  # type: ignore[attr-defined]
        keys("restates", rows, reader),
        Prefetch("source", Source.objects.only("slug", "title", "published", "address").order_by()),
    )


def slugs(name: str, rows: QuerySet[Any]) -> Prefetch:
    """Follow a reference to those of these rows that it names, by their slug only."""
    return Prefetch(name, rows.only("slug").order_by())


def keys(name: str, rows: QuerySet[Any], reader: Reader) -> Prefetch:
    """Follow a reference to a statement of the same kind as far as that is out: a draft is not."""
    return Prefetch(name, rows.model._default_manager.out(reader).only("key").order_by())


def in_scope(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    """The rows that are there for the reader and belong to the scope, in the order of their ids."""
    found = narrow(visible(rows, parameters.reader), parameters.scope, parameters.reader)
    return found.order_by("pk")
