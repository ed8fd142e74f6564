"""What the frame of every page says of the view: the days around it, and what is preferred."""

from dataclasses import dataclass

from django.db.models import Exists
from django.db.models.expressions import RawSQL

from projects.models import STATEMENTS, Source, Statement
from projects.remembering.reports import seen_last
from projects.remembering.version import VERSION
from projects.reports.days import Neighbours, beside, day_after, day_before
from projects.reports.provenance import statements
from projects.values.readers import Reader


@dataclass(frozen=True)
class Preferred:
    """A statement that is preferred; one that is not out on the day changes nothing."""

    statement: Statement
    out: bool


@dataclass(frozen=True)
class Frame:
    """The steps to other days, the preferred statements, and whether something here is made up."""

    days: Neighbours
    preferred: tuple[Preferred, ...]
    synthetic: bool


def frame(reader: Reader) -> Frame:
    """The frame for a reader; one query, and a few more for each kind that is preferred.

    It is asked last of all that a page asks.
    """
    preferred = tuple(_preferred(reader))
    found = beside(
        previous=day_before(reader),
        following=day_after(reader),
        synthetic=Exists(Source.objects.synthetic()),
        data_version=RawSQL(f"({VERSION})", ()),  # noqa: S611  # a constant
    )
    seen_last(found.get("data_version"))
    days = Neighbours(found.get("previous"), found.get("following"))
    return Frame(days, preferred, found.get("synthetic", False))


def _preferred(reader: Reader) -> list[Preferred]:
    """What is preferred, also what is not out on the reader's day: it can be dropped again."""
    found: list[Preferred] = []
    for kind in STATEMENTS:
        numbers = reader.preferred(kind.kind_of_statement)
        if numbers:
            for row in statements(kind, Reader(reader.today)).filter(pk__in=numbers):
                found.append(Preferred(row, _out(row, reader)))
    return found


def _out(statement: Statement, reader: Reader) -> bool:
    return reader.as_of is None or statement.source.published_latest <= reader.as_of
