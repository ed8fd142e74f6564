"""Organizations as trees: who stands above whom, and as branches to be drawn."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, Self, TypeVar

from projects.models import Organization
from projects.values.trees import line_above


@dataclass
class Tree:
    """Who stands above whom today, read once: of all organizations, or below some of them alone."""

    narrow: bool
    """Whether only some are in it, and all below or above them."""
    direct: bool
    slugs: dict[int, str] = field(default_factory=dict)
    parents: dict[int, int | None] = field(default_factory=dict)

    @classmethod
    def whole(cls, direct: bool) -> Self:
        """That of all organizations; one query."""
        return cls._of(Organization.objects.all(), narrow=False, direct=direct)

    @classmethod
    def below(cls, tops: Collection[int], direct: bool) -> Self:
        """These organizations and all below them; one query."""
        return cls._of(Organization.objects.below_any(tops), narrow=True, direct=direct)

    @classmethod
    def above(cls, bottoms: Collection[int], direct: bool) -> Self:
        """These organizations and all above them; one query."""
        return cls._of(Organization.objects.above(bottoms), narrow=True, direct=direct)

    @classmethod
    def _of(cls, rows: Any, narrow: bool, direct: bool) -> Self:
        return cls.among(rows.with_known_parent().order_by().only("slug"), narrow, direct)

    @classmethod
    def among(cls, rows: Iterable[Any], narrow: bool, direct: bool) -> Self:
        """That of organizations that were read already, with their known parents."""
        found = list(rows)
        return cls(
            narrow,
            direct,
            {one.pk: one.slug for one in found},
            {one.pk: one.known_parent_id for one in found},
        )

    def line(self, pk: int) -> list[int]:
        """The organization and those above it that are here, the topmost last."""
        return [one for one in line_above(pk, self.parents) if one in self.slugs]

    def group(self, pk: int) -> str:
        """The slug of the topmost."""
        return self.slugs[self.line(pk)[-1]]

    def totals_of(self, pk: int) -> list[int]:
        """The organizations in whose totals this one counts."""
        if self.direct:
            return [pk] if pk in self.slugs else []
        return self.line(pk)

    def shared_totals(self, members: set[int]) -> set[int]:
        """The organizations in whose totals all of these count; of none, none."""
        totals = [set(self.totals_of(member)) for member in members]
        return set.intersection(*totals) if totals else set()


def nearest(rows: Iterable[Any], top: int, most: int) -> list[Any]:
    """At most so many organizations (with their known parents) from one on down, step by step."""
    found = {row.pk: row for row in rows}
    below: dict[int | None, list[int]] = defaultdict(list)
    for pk, row in found.items():
        below[row.known_parent_id].append(pk)
    reached = dict.fromkeys([top] if top in found else [])
    for pk in (step := list(reached)):
        step.extend(child for child in below[pk] if child not in reached)
        reached |= dict.fromkeys(below[pk])
        if len(reached) >= most:
            break
    return [found[pk] for pk in list(reached)[:most]]


class Row(Protocol):
    """Anything told of an organization."""

    @property
    def organization(self) -> Organization: ...


Told = TypeVar("Told", bound=Row)


@dataclass(frozen=True)
class Branch(Generic[Told]):
    """An organization in its tree, and those below it."""

    row: Told
    children: tuple["Branch[Told]", ...]


def trees(rows: Iterable[Told]) -> list[Branch[Told]]:
    """Organizations as trees: a root is one whose parent is not among them.

    A circle of parents that got in by another way has no root: its first one stands for it.
    """
    found = {row.organization.pk: row for row in rows}
    below: dict[int | None, list[Told]] = defaultdict(list)
    for row in found.values():
        parent = row.organization.known_parent_id
        below[parent if parent in found else None].append(row)
    branches = [_branch(row, below, frozenset()) for row in below[None]]
    shown = {pk for branch in branches for pk in _members(branch)}
    for pk, row in found.items():
        if pk not in shown:
            branches.append(_branch(row, below, frozenset()))
            shown |= set(_members(branches[-1]))
    return branches


def _members(branch: Branch[Told]) -> Iterator[int]:
    yield branch.row.organization.pk
    for child in branch.children:
        yield from _members(child)


def _branch(row: Told, below: dict[int | None, list[Told]], above: frozenset[int]) -> Branch[Told]:
    path = above | {row.organization.pk}
    children = [child for child in below[row.organization.pk] if child.organization.pk not in path]
    return Branch(row, tuple(_branch(child, below, path) for child in children))
