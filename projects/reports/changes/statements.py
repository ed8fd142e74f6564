"""Which statements came to stand between two days, and which stood before them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from projects.models import STATEMENTS, Statement
from projects.reports.changes.comparison import LIMIT, Comparison, Section, first_of
from projects.reports.parts import Kind
from projects.reports.provenance import statements_of
from projects.reports.scope import narrow
from projects.reports.visible import ways_to
from projects.values.readers import Reader


class Pair(NamedTuple):
    """The statements of one group that stood then and that stand now, by their ids.

    `published` is the day by which the one that stands now was, where one does.
    """

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
    """The groups in which another statement stands; four queries, and what they prefetch.

    What is new, of which nothing stood before, may be nearly all there is: it is counted, and the
    first of it read. Only groups in which something stood are read one by one.
    """
    pairs = sorted(_pairs(compared), key=_newest_first)
    moved = [pair for pair in pairs if pair.then is None]
    new = _counted(compared) - sum(pair.now is not None for pair in pairs)
    came, _more = first_of(sorted([*_new(compared), *moved], key=_newest_first))
    went, more_went = first_of([pair for pair in pairs if pair.now is None])
    both, more_both = first_of([pair for pair in pairs if None not in pair])
    rows = _rows([*came, *went, *both], compared.now)
    return StatementChanges(
        came=Section(
            tuple(rows[one.kind, one.now] for one in came),
            max(0, new + len(moved) - len(came)),
        ),
        replaced=Section(
            tuple(Replaced(rows[one.kind, one.then], rows[one.kind, one.now]) for one in both),
            more_both,
        ),
        went=Section(tuple(rows[one.kind, one.then] for one in went), more_went),
    )


def _newest_first(pair: Pair) -> tuple[int, int, int]:
    return -pair.published.toordinal(), STATEMENTS.index(pair.kind), pair.then or pair.now or 0


def _pairs(compared: Comparison) -> Iterator[Pair]:
    """The groups in which something stood, and something else or nothing stands; one query.

    As far as it is looked at: of a group that came into it there is what stands now alone.
    """
    first, *others = (
        rows.values_list(Value(number), Value(later), "pk", "group", "out_from")
        for number, kind in enumerate(STATEMENTS)
        for later, rows in enumerate((_then(kind, compared), _now(kind, compared, new=False)))
    )
    standing: dict[tuple[int, int], dict[int, tuple[int, date]]] = defaultdict(dict)
    for number, later, pk, group, published in first.union(*others, all=True):
        standing[number, group][later] = (pk, published)
    for (number, _group), members in standing.items():
        old, new = members.get(0), members.get(1)
        _pk, published = new or members[0]
        yield Pair(STATEMENTS[number], old and old[0], new and new[0], published)


def _new(compared: Comparison) -> list[Pair]:
    """The first of each kind of what stands now in groups in which nothing stood; one query."""
    first, *others = (
        _cut(_now(kind, compared, new=True)).values_list(Value(number), "pk", "out_from")
        for number, kind in enumerate(STATEMENTS)
    )
    found = first.union(*others, all=True)
    return [Pair(STATEMENTS[number], None, pk, published) for number, pk, published in found]


def _cut(rows: QuerySet[Any]) -> QuerySet[Any]:
    """As many of these rows as are shown; inside, as SQLite takes no slice in a part of a union."""
    cut = rows.order_by(F("out_from").desc(), "pk").values("pk")[:LIMIT]
    inside: QuerySet[Any] = rows.model._default_manager.filter(pk__in=cut).order_by()
    return inside


def _counted(compared: Comparison) -> int:
    """How many statements stand now where they did not; one query."""
    first, *others = (
        _looked_at(kind, compared, compared.now, compared.then)
        .values(number=Value(number))
        .annotate(count=Count("pk"))
        .values_list("number", "count")
        for number, kind in enumerate(STATEMENTS)
    )
    return sum(count for _number, count in first.union(*others, all=True))


def _then(kind: Kind, compared: Comparison) -> QuerySet[Any]:
    """What stood where something else, or nothing, stands now."""
    return _looked_at(kind, compared, compared.then, compared.now)


def _now(kind: Kind, compared: Comparison, new: bool) -> QuerySet[Any]:
    """What stands now in groups in which nothing stood, or else in the others."""
    rows = _looked_at(kind, compared, compared.now, compared.then)
    stood = kind._default_manager.standing_instead(compared.then, compared.now).order_by()
    # Asked so, indexes lead to it; and of all, as to narrow it for every row takes minutes.
    stood = stood.filter(Q(pk=OuterRef("group")) | Q(restates=OuterRef("group")))
    return rows.filter(~Exists(stood) if new else Exists(stood))


def _looked_at(kind: Kind, compared: Comparison, reader: Reader, other: Reader) -> QuerySet[Any]:
    """What stands for one reader where it does not stand for the other."""
    rows: QuerySet[Any] = kind._default_manager.standing_instead(reader, other)
    if not reader.stored(kind.kind_of_statement):
        # Only a new member makes another one stand; to know that first spares asking every group.
        rows = rows.filter(group__in=_new_members(kind, compared))
    rows = narrow(rows, compared.scope, reader)
    if compared.project is not None:
        way = ways_to(compared.project).get(kind)
        rows = rows.filter(**{way: compared.project}) if way else rows.none()
    return rows.order_by()


def _new_members(kind: Kind, compared: Comparison) -> QuerySet[Any]:
    """The groups of which a publication between the two days speaks."""
    members = kind._default_manager.out(compared.now)
    members = members.filter(source__published_latest__gt=compared.since).order_by()
    groups: QuerySet[Any] = members.values_list(Coalesce("restates_id", "pk"))
    return groups


def _rows(pairs: Iterable[Pair], reader: Reader) -> dict[tuple[Kind, int | None], Statement]:
    """The statements of these pairs, with all that a page shows of them."""
    numbers: dict[Kind, set[int]] = defaultdict(set)
    for pair in pairs:
        numbers[pair.kind] |= {one for one in (pair.then, pair.now) if one is not None}
    found = statements_of(numbers, reader)
    return {(kind, row.pk): row for kind, rows in found.items() for row in rows}
