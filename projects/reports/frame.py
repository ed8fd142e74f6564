"""What the frame of every page says of the view: the days around it, and what is preferred."""

from dataclasses import dataclass

from django.db.models import Exists
from django.db.models.expressions import RawSQL

from projects.models import STATEMENTS, Source, Statement
from projects.models.statements import preferred
from projects.remembering.reports import seen_last
from projects.remembering.version import VERSION
from projects.reports.days import Neighbours, beside, day_after, day_before
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
    """The frame for a reader; one query.

    It is asked last of all that a page asks.
    """
    found = beside(
        previous=day_before(reader),
        following=day_after(reader),
        synthetic=Exists(Source.objects.synthetic()),
        data_version=RawSQL(f"({VERSION})", ()),  # noqa: S611  # a constant
    )
    seen_last(found.get("data_version"))
    days = Neighbours(found.get("previous"), found.get("following"))
    return Frame(days, _preferred(reader), found.get("synthetic", False))


def _preferred(reader: Reader) -> tuple[Preferred, ...]:
    """What is preferred, also what is not out on the reader's day: it can be dropped again."""
    by_kind = preferred(reader.prefer)
    return tuple(
        Preferred(row, reader.as_of is None or row.source.published_latest <= reader.as_of)
        for kind in STATEMENTS
        for row in by_kind[kind.kind_of_statement]
    )
