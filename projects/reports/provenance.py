"""Provenance: what a publication states, what else was said of it, where sources differ."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from projects.models import (
    STATEMENTS,
    Investment,
    MilestoneDate,
    Observation,
    RestatesHow,
    Source,
    Statement,
    Target,
)
from projects.models.investments import InvestmentQuerySet
from projects.models.statements import is_out
from projects.models.stretches import whether
from projects.models.together import together
from projects.reports.once import once
from projects.reports.parts import Kind, Sorted
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.values.readers import Reader
from projects.values.scopes import Scope


def sources(reader: Reader, scope: Scope) -> QuerySet[Source]:
    """The publications of the scope that are out, the newest first."""
    return narrow(visible(Source.objects.all(), reader), scope, reader)


@dataclass(frozen=True)
class SourceRow:
    """A publication, and how many statements it makes."""

    source: Source
    statements: int


def source_rows(rows: Iterable[Source]) -> list[SourceRow]:
    """Publications with the number of their statements; one query more."""
    found = list(rows)
    first, *others = (
        kind._default_manager.filter(source__in=found)
        .order_by()
        .values_list("source")
        .annotate(count=Count("pk"))
        for kind in STATEMENTS
    )
    counts: Counter[int] = Counter()
    for source, count in first.union(*others, all=True):
        counts[source] += count
    return [SourceRow(source, counts[source.pk]) for source in found]


def statements(
    kind: type[Statement], reader: Reader, group: frozenset[int] | None = None
) -> QuerySet[Any]:
    """The statements of one kind that are out, with `stands` and all that a page shows of them.

    Investments say why they do not count, in the total of a group if one is given.
    """
    rows: QuerySet[Any] = kind._default_manager.out(reader).with_stands(reader)
    rows = rows.select_related("source", "restates", *kind.named_with).defer("source__full_text")
    if isinstance(rows, InvestmentQuerySet):
        rows = rows.with_counted(reader, group)
    return rows.prefetch_related(*kind.named_with_many).order_by("pk")


@dataclass(frozen=True)
class SaidOfSubject:
    """What a publication states of one project, agreement or indicator."""

    subject: Model
    statements: tuple[Statement, ...]


def said_by(source: Source, reader: Reader, most: int | None = None) -> list[SaidOfSubject]:
    """Every statement that a publication makes, or the first of each kind, by what it is about.

    A query a kind, and what it prefetches.
    """
    grouped: dict[Model, list[Statement]] = defaultdict(list)
    for kind in STATEMENTS:
        for statement in statements(kind, reader).filter(source=source)[:most]:
            grouped[statement.subject].append(statement)
    return [SaidOfSubject(subject, tuple(found)) for subject, found in grouped.items()]


def all_said_by(source: Source) -> list[Statement]:
    """Every statement of a publication, a draft too, for its editors; a query a kind, one more."""
    found: list[Statement] = []
    for kind in STATEMENTS:
        rows: QuerySet[Any] = kind._default_manager.filter(source=source)
        rows = rows.select_related(*kind.named_with).prefetch_related(*kind.named_with_many)
        found.extend(rows.order_by("pk"))
    return found


@dataclass(frozen=True)
class Group:
    """Statements about the same thing: the one that stands for the reader, and the others."""

    standing: Statement
    others: tuple[Statement, ...]

    @property
    def members(self) -> tuple[Statement, ...]:
        """All of them, the one that stands first."""
        return (self.standing, *self.others)

    @property
    def kind(self) -> Kind:
        """The kind of statement that they are."""
        return type(self.standing)

    @property
    def root(self) -> int:
        """The id of the one that stands for the editors."""
        return self.standing.restates_id or self.standing.pk

    @property
    def disputed(self) -> bool:
        """Whether one of them is a rival."""
        return any(one.restates_how == RestatesHow.DISPUTED for one in self.members)


def group_of(statement: Statement, reader: Reader) -> Group | None:
    """The group in which a statement stands or which it restates, as far as it is out."""
    root = statement.restates_id or statement.pk
    rows = statements(type(statement), reader).filter(Q(pk=root) | Q(restates=root))
    return next(iter(_groups(rows)), None)


def disputed(reader: Reader, scope: Scope) -> Sorted:
    """The groups with a rival that is out beside another member, by their `root`."""
    return Sorted({kind: _disputed_roots(kind, reader, scope) for kind in STATEMENTS}, "root")


def replaced(reader: Reader, scope: Scope) -> Sorted:
    """The groups in which later words replaced earlier ones, by their `root`."""
    return Sorted({kind: _replaced_roots(kind, reader, scope) for kind in STATEMENTS}, "root")


def groups(roots: Mapping[Kind, Collection[int]], reader: Reader) -> list[Group]:
    """The groups with these roots, as far as they are out; one query, and what it prefetches."""
    members = (
        statements(kind, reader).filter(Q(pk__in=found) | Q(restates__in=found))
        for kind, found in roots.items()
    )
    return [group for rows in together(*members) for group in _groups(rows)]


def statements_of(
    ids: Mapping[Kind, Collection[int]], reader: Reader
) -> dict[Kind, list[Statement]]:
    """Those of these statements that are out, by kind; one query, and what it prefetches."""
    rows = (statements(kind, reader).filter(pk__in=numbers) for kind, numbers in ids.items())
    return dict(zip(ids, together(*rows), strict=True))


def disagreements(reader: Reader, scope: Scope) -> list[Group]:
    """All groups with a rival that is out beside another member."""
    found = disputed(reader, scope)
    counts = found.counts()
    everything = found.part(counts, 0, sum(counts.values()))
    return [group for group in groups(everything, reader) if group.others]


@dataclass(frozen=True)
class Superseded:
    """An earlier word, and the one that stands instead."""

    earlier: Statement
    standing: Statement

    @property
    def moved(self) -> str:
        """Which way a date or an amount went: later, earlier, raised, lowered; or empty."""
        if isinstance(self.earlier, MilestoneDate):
            days, ways = ("date_earliest", "date_latest"), ("later", "earlier")
            return _moved(self.earlier, self.standing, days, ways)
        if isinstance(self.earlier, Investment | Target | Observation):
            bounds, ways = ("amount_low", "amount_high"), ("raised", "lowered")
            return _moved(self.earlier, self.standing, bounds, ways)
        return ""


def _moved(old: Model, new: Model, names: tuple[str, str], ways: tuple[str, str]) -> str:
    """Which way two bounds went; empty where they went apart, stayed, or one is not known."""
    pairs = [(getattr(old, name), getattr(new, name)) for name in names]
    known = [(before, after) for before, after in pairs if before is not None and after is not None]
    if not known or len(known) != sum(pair != (None, None) for pair in pairs):
        return ""
    up, down = ways
    if all(after >= before for before, after in known):
        return up if any(after > before for before, after in known) else ""
    return down if all(after <= before for before, after in known) else ""


def superseded(reader: Reader, scope: Scope) -> list[Superseded]:
    """All earlier words that later ones replaced, as far as both are out."""
    found = replaced(reader, scope)
    counts = found.counts()
    return superseded_in(groups(found.part(counts, 0, sum(counts.values())), reader))


def superseded_in(found: Iterable[Group]) -> list[Superseded]:
    """The earlier words of groups, each with the one that stands instead."""
    return [
        Superseded(member, group.standing)
        for group in found
        for member in group.others
        if member.restates_how == RestatesHow.SUPERSEDED
    ]


def _replaced_roots(kind: Kind, reader: Reader, scope: Scope) -> QuerySet[Any]:
    earlier: QuerySet[Any] = kind._default_manager.out(reader).filter(
        restates_how=RestatesHow.SUPERSEDED
    )
    roots: Any = narrow(earlier, scope, reader).order_by()
    found: QuerySet[Any] = roots.annotate(root=F("restates_id")).values("root").distinct()
    return found


def count_disagreements(reader: Reader, scope: Scope) -> int:
    """How many groups have a rival; one query, once a page."""

    def count() -> int:
        first, *others = disputed_in(reader, scope)
        return int(first.union(*others, all=True).count())

    return once("disagreements counted", reader, scope, count)


def disputed_in(reader: Reader, scope: Scope) -> list[QuerySet[Any]]:
    """Of each kind the groups with a rival, by their `root`."""
    return [_disputed_roots(kind, reader, scope) for kind in STATEMENTS]


def _disputed_roots(kind: type[Statement], reader: Reader, scope: Scope) -> QuerySet[Any]:
    """The groups with a rival that is out beside another member, one of them in the scope.

    A group is its `root`: the id of the statement that stands for the editors.
    """
    out: Any = kind._default_manager.out(reader)
    others = out.exclude(pk=OuterRef("pk")).filter(restates=OuterRef("restates"))
    # The one that stands for the editors first: it is out beside nearly every rival.
    beside = _head_is_out(kind, reader) | Q(Exists(others))
    rivals = out.filter(beside, restates_how=RestatesHow.DISPUTED).order_by()
    roots: QuerySet[Any] = rivals.annotate(root=F("restates_id"))
    if not scope.everything:
        members: Any = narrow(out, scope, reader).order_by()
        members = members.annotate(root=Coalesce("restates_id", "pk"))
        roots = members.filter(root__in=rivals.values("restates"))
    return roots.values("root").distinct()


def _head_is_out(kind: Kind, reader: Reader) -> Q:
    """Whether the one that stands for the editors is out; of those that are not there are few."""
    if reader.stored() and reader.as_of is None:
        drafted = kind._default_manager.filter(out_from__isnull=True).order_by()
        return ~Q(restates__in=drafted.values("pk"))
    # Looked up for each rival, of which there are few. Joined, or asked whether it exists, all
    # statements would be read; a value can only be looked up.
    head: QuerySet[Any] = kind._default_manager.filter(pk=OuterRef("restates")).order_by()
    return Q(Subquery(head.values(is_out=whether(is_out(reader)))[:1], BooleanField()))


def _groups(rows: Iterable[Statement]) -> list[Group]:
    """Sort statements (from `statements`) into their groups."""
    members: dict[int, list[Statement]] = defaultdict(list)
    for row in rows:
        members[row.restates_id or row.pk].append(row)
    return [
        Group(
            next(row for row in group if row.stands),
            tuple(row for row in group if not row.stands),
        )
        for group in members.values()
    ]
