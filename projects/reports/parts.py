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
        slices = []
        for kind, rows in self.rows.items():
            first, behind = max(0, start), min(start + length, counts[kind])
            start -= counts[kind]
            ids = rows.order_by(self.column).values(told=F(self.column)).distinct()
            # A slice has to stand inside: SQLite takes none in a part of a union.
            inside = kind._default_manager.filter(pk__in=ids[first : max(first, behind)])
            numbered = inside.annotate(place=Value(STATEMENTS.index(kind))).order_by()
            slices.append(numbered.values_list("place", "pk"))
        found: dict[Kind, list[int]] = {kind: [] for kind in self.rows}
        head, *tail = slices
        for place, number in head.union(*tail, all=True):
            found[STATEMENTS[place]].append(number)
        return {kind: sorted(ids) for kind, ids in found.items()}
