"""A part of statements of all kinds, which stand one kind after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet, Value

from projects.models import STATEMENTS, Statement

Kind = type[Statement]


@dataclass(frozen=True)
class Sorted:
    """Statements of each kind, told by one of their columns; each value stands once, in order."""

    rows: Mapping[Kind, QuerySet[Any]]
    column: str = "pk"

    def counts(self) -> dict[Kind, int]:
        """How many there are of each kind; one query."""
        first, *others = (
            rows.order_by()
            .annotate(place=Value(STATEMENTS.index(kind)))
            .values("place")
            .annotate(count=Count(self.column, distinct=self.column != "pk"))
            .values_list("place", "count")
            for kind, rows in self.rows.items()
        )
        counted = dict(first.union(*others, all=True))
        return {kind: counted.get(STATEMENTS.index(kind), 0) for kind in self.rows}

    def part(self, counts: Mapping[Kind, int], start: int, length: int) -> dict[Kind, list[int]]:
        """The values from a place on, so many of them, by kind; one query."""
        slices = {}
        for kind in self.rows:
            first, behind = max(0, start), min(start + length, counts[kind])
            slices[kind] = slice(first, max(first, behind))
            start -= counts[kind]
        return self._cut(slices)

    def first(self, length: int) -> tuple[dict[Kind, list[int]], bool]:
        """So many of the first values by kind, and whether there are more; one query."""
        found = self._cut({kind: slice(length + 1) for kind in self.rows})
        shown: dict[Kind, list[int]] = {}
        rest = length
        for kind, ids in found.items():
            shown[kind] = ids[:rest]
            rest -= len(shown[kind])
        return shown, sum(map(len, found.values())) > length

    def _cut(self, slices: Mapping[Kind, slice]) -> dict[Kind, list[int]]:
        parts = []
        for kind, rows in self.rows.items():
            ids = rows.order_by(self.column).values(told=F(self.column)).distinct()
            # A slice has to stand inside: SQLite takes none in a part of a union.
            inside = kind._default_manager.filter(pk__in=ids[slices[kind]])
            numbered = inside.annotate(place=Value(STATEMENTS.index(kind))).order_by()
            parts.append(numbered.values_list("place", "pk"))
        found: dict[Kind, list[int]] = {kind: [] for kind in self.rows}
        first, *others = parts
        for place, number in first.union(*others, all=True):
            found[STATEMENTS[place]].append(number)
        return {kind: sorted(ids) for kind, ids in found.items()}
