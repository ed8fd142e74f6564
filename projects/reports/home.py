"""What waits for those who enter data: the blocks of the first page of the admin."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from projects.models import (
    Source,
)
from projects.reports.portfolio import Silent, longest_silent, progress
from projects.reports.provenance import Group, SourceRow, disagreements, source_rows
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


def silent_projects(reader: Reader, scope: Scope, limit: int) -> Block[Silent]:
    """The silent projects, those without a report for the longest time first."""
    count = progress(reader, scope).filter(silent=True).count()
    return Block(count, tuple(longest_silent(reader, scope, limit)))
