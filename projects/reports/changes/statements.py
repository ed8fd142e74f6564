"""Which statements came to stand between two days, and which stood before them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from projects.models import STATEMENTS, Statement
from projects.reports.changes.comparison import Comparison, Section, first_of
from projects.reports.provenance import statements_of
from projects.reports.scope import narrow
from projects.reports.visible import ways_to
from projects.values.readers import Reader

Member = tuple[int, date]
"""The id of a statement and the day by which it was published."""


class Pair(NamedTuple):
    """The statements of one group that stood then and that stand now, by their ids."""

    kind: type[Statement]
    then: int | None
    now: int | None
    published: date


@dataclass(frozen=True)
class Replaced:
    """The statement that stood then and the one that stands now about the same thing."""

    then: Statement
    now: Statement


@dataclass(frozen=True)
class StatementChanges:
    """What came, what another statement replaced, and what went; the newest publication first.

    A publication takes nothing away: something goes only where the statement that stands now is
    not the group's, or not of the place, that is asked.
    """

    came: Section[Statement]
    replaced: Section[Replaced]
    went: Section[Statement]

    def __len__(self) -> int:
        return len(self.came) + len(self.replaced) + len(self.went)


def statement_changes(compared: Comparison) -> StatementChanges:
    """The groups in which another statement stands; three queries, and what they prefetch."""
    pairs = sorted(_pairs(compared), key=lambda pair: pair.published, reverse=True)
    came, more_came = first_of([pair for pair in pairs if pair.then is None])
    went, more_went = first_of([pair for pair in pairs if pair.now is None])
    both, more_both = first_of([pair for pair in pairs if None not in pair])
    rows = _rows([*came, *went, *both], compared.now)
    return StatementChanges(
        came=Section(tuple(rows[one.kind, one.now] for one in came), more_came),
        replaced=Section(
            tuple(Replaced(rows[one.kind, one.then], rows[one.kind, one.now]) for one in both),
            more_both,
        ),
        went=Section(tuple(rows[one.kind, one.then] for one in went), more_went),
    )


def _pairs(compared: Comparison) -> Iterator[Pair]:
    """The groups that differ in what is looked at; one query for the statements of all kinds."""
    sides = ((compared.then, compared.now), (compared.now, compared.then))
    first, *others = (
        _standing(kind, compared, *readers).values_list(
            *(Value(number), Value(later), "pk", "group", "source__published_latest")
        )
        for later, readers in enumerate(sides)
        for number, kind in enumerate(STATEMENTS)
    )
    standing: dict[tuple[int, int], dict[int, Member]] = defaultdict(dict)
    for number, later, pk, group, published in sorted(first.union(*others, all=True)):
        standing[number, group][later] = (pk, published)
    for (number, _group), members in standing.items():
        old, new = members.get(0), members.get(1)
        _pk, published = new or members[0]
        yield Pair(STATEMENTS[number], old and old[0], new and new[0], published)


def _standing(
    kind: type[Statement], compared: Comparison, reader: Reader, other: Reader
) -> QuerySet[Any]:
    """What stands for one reader where it does not stand for the other."""
    rows: QuerySet[Any] = kind._default_manager.standing_instead(reader, other)
    # Only a new member makes another one stand; to know that first spares asking every group.
    rows = narrow(rows.filter(group__in=_new_members(kind, compared)), compared.scope, reader)
    if compared.project is not None:
        way = ways_to(compared.project).get(kind)
        rows = rows.filter(**{way: compared.project}) if way else rows.none()
    return rows.order_by()


def _new_members(kind: type[Statement], compared: Comparison) -> QuerySet[Any]:
    """The groups of which a publication between the two days speaks."""
    members = kind._default_manager.out(compared.now)
    members = members.filter(source__published_latest__gt=compared.since).order_by()
    groups: QuerySet[Any] = members.values_list(Coalesce("restates_id", "pk"))
    return groups


def _rows(
    pairs: Iterable[Pair], reader: Reader
) -> dict[tuple[type[Statement], int | None], Statement]:
    """The statements of these pairs, with all that a page shows of them."""
    numbers: dict[type[Statement], set[int]] = defaultdict(set)
    for pair in pairs:
        numbers[pair.kind] |= {one for one in (pair.then, pair.now) if one is not None}
    found = statements_of(numbers, reader)
    return {(kind, row.pk): row for kind, rows in found.items() for row in rows}
