"""A made-up portfolio: how many rows there are of what, and which ids they have.

A reference is computed from the number of what it points to, so no row has to know another. What
belongs to some projects is drawn from a stream of their own: blocks can be drawn in any order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random

from django.db.models import Model

from projects.models import Agreement, Indicator, Milestone, Organization, Place, Project, Source
from projects.models.sources import SYNTHETIC

MILESTONES = 5
"""So many a project."""
BLOCK = 250
"""So many projects, or agreements, are drawn and stored together."""
_INDICATORS_EVERY = 20


@dataclass(frozen=True)
class Portfolio:
    """A portfolio of so many projects; the same rows for the same seed and the same first ids."""

    projects: int
    seed: int
    first: Mapping[type[Model], int]
    """The first free id of each table, before any row is stored."""

    @property
    def prefix(self) -> str:
        """What every slug and key begins with, by which a made-up row is known."""
        return f"{SYNTHETIC}{self.seed}"

    def stream(self, name: object) -> Random:
        """Random numbers that are the same for the same seed and name, in every process."""
        return Random(f"{self.seed} {name}")  # noqa: S311

    @cached_property
    def counts(self) -> dict[type[Model], int]:
        """How many there are of what is referred to."""
        agreements = max(2, self.projects // 10)
        return {
            Source: max(12, self.projects // 2),
            Place: max(6, self.projects // 50),
            Organization: max(12, self.projects // 5),
            Agreement: agreements,
            Project: self.projects,
            Milestone: self.projects * MILESTONES + agreements,
            Indicator: max(2, self.projects // _INDICATORS_EVERY),
        }

    def blocks(self, model: type[Model]) -> list[range]:
        """The numbers of the projects, or agreements, that are drawn together."""
        many = self.counts[model]
        return [range(start, min(start + BLOCK, many)) for start in range(0, many, BLOCK)]

    def indicators(self, block: range) -> range:
        """The numbers of the indicators that are drawn with these projects."""
        every, whole = self.counts[Indicator], self.projects
        # Rounded up: each indicator falls to one block.
        return range(-(-block.start * every // whole), -(-block.stop * every // whole))

    def any(self, random: Random, model: type[Model]) -> int:
        """The id of some row of a table."""
        return self.first[model] + int(random.random() * self.counts[model])
