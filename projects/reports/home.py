"""What waits for those who enter data: the blocks of the first page of the admin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import filterfalse, islice
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from projects.models import (
    Investment,
    MilestoneDate,
    Observation,
    Source,
    Statement,
    Target,
)
from projects.reports.portfolio import ProjectRow, progress, project_rows
from projects.reports.provenance import Group, SourceRow, disagreements, source_rows
from projects.values.amounts import Amount, UnreadableWords, find_amounts, read_amount
from projects.values.dates import VagueDate, find_dates, read_date
from projects.values.readers import Reader
from projects.values.scopes import Scope

Row = TypeVar("Row")

LOOKED_AT = 1_000
"""So many statements of a kind are read anew, the newest ones: a reading takes a millisecond."""


@dataclass(frozen=True)
class Block(Generic[Row]):
    """The first rows of a list, and how many there are in all; `more` are there to unfold."""

    count: int
    rows: tuple[Row, ...]
    more: tuple[Row, ...] = ()


def drafts(limit: int) -> Block[SourceRow]:
    """The sources that wait for publication, the one entered first ahead; three queries."""
    waiting = Source.objects.filter(draft=True).defer("full_text").order_by("pk")
    return Block(waiting.count(), tuple(source_rows(waiting[:limit])))


def newest_disagreements(reader: Reader, scope: Scope, limit: int) -> Block[Group]:
    """The groups with a rival, those with the newest publication first."""
    found = sorted(disagreements(reader, scope), key=_newest, reverse=True)
    return Block(len(found), tuple(found[:limit]))


def _newest(group: Group) -> date:
    return max(member.source.published_latest for member in group.members)


def longest_silent(reader: Reader, scope: Scope, limit: int) -> Block[ProjectRow]:
    """The silent projects, those without a report for the longest time first."""
    silent = progress(reader, scope).filter(silent=True).order_by("last_reported_latest", "pk")
    return Block(silent.count(), tuple(project_rows(silent[:limit], reader, scope)))


def unread_statements(limit: int) -> list[Statement]:
    """Statements with words of which no value of theirs is a reading; a query a kind."""
    return list(islice(filterfalse(_is_read, _newest_with_words()), limit))


_NAMED_BY: dict[type[Statement], tuple[str, ...]] = {
    Investment: ("project", "agreement"),
    MilestoneDate: ("milestone",),
    Target: ("indicator",),
    Observation: ("indicator",),
}
"""The kinds that carry an amount or a date, and what they are named by."""


def _newest_with_words() -> Iterable[Any]:
    for kind, named_by in _NAMED_BY.items():
        rows: QuerySet[Any] = kind._default_manager.exclude(as_written="")
        rows = rows.select_related("source", *named_by).defer("source__full_text")
        yield from rows.order_by("-pk")[:LOOKED_AT]


def _is_read(statement: Any) -> bool:
    """Whether a value that is stored, or that none is, is found in the words."""
    amount: Amount | None = getattr(statement, "amount", None)
    when: VagueDate | None = getattr(statement, "when", None)
    stored: set[Amount | VagueDate | None] = {when} if when else set()
    if amount and (amount.stated or not when):
        stored.add(amount)
    unit = amount.unit if amount else ""
    counted_from: date | None = getattr(statement, "counted_from", None)
    read = _readings(statement.as_written, unit, statement.source.published, counted_from)
    return not stored.isdisjoint(read)


@lru_cache(maxsize=16_384)
def _readings(
    words: str, unit: str, published: str, counted_from: date | None
) -> frozenset[Amount | VagueDate]:
    """All that words can be read as, in a unit and from a day; kept, as most stay as they are."""
    said_on = VagueDate(published)
    read: set[Amount | VagueDate | None] = {found.amount for found in find_amounts(words)}
    read |= {found.date for found in find_dates(words, said_on)}
    for reading in (
        lambda: read_amount(words, unit or "CNY"),
        lambda: read_date(words, said_on, counted_from),
    ):
        try:
            read.add(reading())
        except UnreadableWords:
            continue
    return frozenset(value for value in read if value is not None)
