"""The rows of a made-up portfolio, table by table, in the order in which they refer to each other.

Nothing but the days of the publications is kept: a reference is computed from the number of what it
points to, so a million rows take little more memory than ten. Every table draws from a stream of
its own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db.models import Model

from projects.models import (
    Agreement,
    AgreementParty,
    AgreementSector,
    Indicator,
    Investment,
    InvestmentOrganization,
    Milestone,
    MilestoneDate,
    MilestoneKind,
    Observation,
    Organization,
    Participation,
    Place,
    Project,
    ProjectPlace,
    ProjectSector,
    Sector,
    Source,
    Statement,
    Target,
)
from projects.models.sources import SYNTHETIC
from projects.synthetic import statements
from projects.synthetic.pools import FIRST, LAST, Row, dated, dates
from projects.synthetic.standing import Days, standing
from projects.values.dates import VagueDate

INVESTMENTS, MILESTONES, PARTICIPATIONS = 10, 5, 3
"""So many of each a project."""
SECTORS, YEARS = 8, 10
_LONG = "数字经济与先进计算产业协同创新示范基地及配套基础设施建设运营一体化"

Rows = Callable[[Random], Iterator[Row]]


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

    def tables(self) -> Iterator[tuple[type[Model], Iterator[Row]]]:
        """Each table with its rows, referred ones first."""
        published = list(self._published())
        for model, drawn in self._rows().items():
            rows = drawn(self._stream(model))
            if issubclass(model, Statement):
                rows = standing(rows, published, self.first[Source])
            yield model, rows

    def _stream(self, model: type[Model]) -> Random:
        # Seeded by a text: the hash of a class differs from run to run.
        return Random(f"{self.seed} {model.__name__}")  # noqa: S311

    def _published(self) -> Iterator[Days]:
        for row in self._sources(self._stream(Source)):
            latest = None if row["draft"] else row["published_latest"]
            yield latest, row["published_earliest"]

    def _rows(self) -> dict[type[Model], Rows]:
        return {
            Source: self._sources,
            Place: self._places,
            Sector: self._sectors,
            Organization: self._organizations,
            Agreement: self._agreements,
            AgreementSector: lambda random: self._tied(random, Agreement, Sector, self.agreements),
            Project: self._projects,
            ProjectPlace: lambda random: self._tied(random, Project, Place, self.projects),
            ProjectSector: lambda random: self._tied(random, Project, Sector, self.projects),
            Milestone: self._milestones,
            Indicator: self._indicators,
            Participation: lambda random: statements.participations(self, random),
            AgreementParty: lambda random: statements.parties(self, random),
            Investment: lambda random: statements.investments(self, random),
            InvestmentOrganization: self._investors,
            MilestoneDate: lambda random: statements.milestone_dates(self, random),
            Target: lambda random: statements.targets(self, random),
            Observation: lambda random: statements.observations(self, random),
        }

    @property
    def counts(self) -> dict[type[Model], int]:
        """How many there are of what is referred to."""
        return {
            Source: max(12, self.projects // 2),
            Place: max(6, self.projects // 50),
            Sector: SECTORS,
            Organization: max(12, self.projects // 5),
            Agreement: self.agreements,
            Project: self.projects,
            Milestone: self.projects * MILESTONES + self.agreements,
            Indicator: self.indicators,
            Investment: self.projects * INVESTMENTS,
        }

    @property
    def agreements(self) -> int:
        return max(2, self.projects // 10)

    @property
    def indicators(self) -> int:
        return max(2, self.projects // 20)

    def any(self, random: Random, model: type[Model]) -> int:
        """The id of some row of a table."""
        return self.first[model] + int(random.random() * self.counts[model])

    def row(self, model: type[Model], number: int, **columns: Any) -> Row:
        """A row with its id."""
        return {"id": self.first[model] + number, **columns}

    def _named(self, model: type[Model], number: int, random: Random) -> Row:
        name = str(model._meta.model_name)
        longer = _LONG * (random.random() < 0.04)
        return self.row(
            model,
            number,
            slug=f"{self.prefix}-{name}-{number}",
            name_zh=f"合成{_CHINESE[name]}{number}{longer}",
            # Names that are missing in one language, and names that many share.
            name_en="" if random.random() < 0.1 else f"Synthetic {name} {number % 5_000}",
        )

    def _sources(self, random: Random) -> Iterator[Row]:
        known = [text for text in dates() if _published_by_then(text)]
        for number in range(self.counts[Source]):
            yield self.row(
                Source,
                number,
                slug=f"{self.prefix}-source-{number}",
                title=f"合成报道{number}{_LONG * (random.random() < 0.1)}",
                outlet=f"合成日报{number % 40}",
                kind=random.choice(Source.Kind.values),
                draft=random.random() < 0.03,
                **dated("published", random.choice(known)),
            )

    def _places(self, random: Random) -> Iterator[Row]:
        for number in range(self.counts[Place]):
            above = None if number < 2 else self.first[Place] + (number - 2) // 6
            yield {**self._named(Place, number, random), "parent_id": above}

    def _sectors(self, random: Random) -> Iterator[Row]:
        for number in range(SECTORS):
            yield self._named(Sector, number, random)

    def _organizations(self, random: Random) -> Iterator[Row]:
        groups = max(3, self.counts[Organization] // 40)
        for number in range(self.counts[Organization]):
            above = number >= groups
            yield {
                **self._named(Organization, number, random),
                "kind": random.choice(Organization.Kind.values),
                "parent_id": self.first[Organization] + (number - groups) // 4 if above else None,
                "parent_source_id": self.any(random, Source) if above else None,
            }

    def _agreements(self, random: Random) -> Iterator[Row]:
        for number in range(self.agreements):
            kind = random.choice(Agreement.Kind.values)
            yield {**self._named(Agreement, number, random), "kind": kind}

    def _projects(self, random: Random) -> Iterator[Row]:
        for number in range(self.projects):
            under = random.random() < 0.6
            yield {
                **self._named(Project, number, random),
                "summary_zh": f"合成项目{number}的说明。",
                "agreement_id": self.any(random, Agreement) if under else None,
            }

    def _milestones(self, random: Random) -> Iterator[Row]:
        steps = self.projects * MILESTONES
        for number in range(steps):
            if number % MILESTONES == 0:
                kinds = random.sample(MilestoneKind.values, MILESTONES)
            yield {
                **self._named(Milestone, number, random),
                "kind": kinds[number % MILESTONES],
                "project_id": self.first[Project] + number // MILESTONES,
            }
        for number in range(self.agreements):
            yield {
                **self._named(Milestone, steps + number, random),
                "kind": MilestoneKind.SIGNED.value,
                "agreement_id": self.first[Agreement] + number,
            }

    def _indicators(self, random: Random) -> Iterator[Row]:
        for number in range(self.indicators):
            of_place = number % 2 == 0
            yield {
                **self._named(Indicator, number, random),
                "unit": "CNY",
                "place_id": self.any(random, Place) if of_place else None,
                "project_id": None if of_place else self.any(random, Project),
            }

    def _tied(self, random: Random, of: type[Model], to: type[Model], count: int) -> Iterator[Row]:
        """One or two ties of each row to different others."""
        ends = [str(model._meta.model_name) for model in (of, to)]
        for number in range(count):
            one = int(random.random() * self.counts[to])
            others = [one, (one + 1) % self.counts[to]][: 1 + (random.random() < 0.3)]
            for other in others:
                yield {
                    f"{ends[0]}_id": self.first[of] + number,
                    f"{ends[1]}_id": self.first[to] + other,
                }

    def _investors(self, random: Random) -> Iterator[Row]:
        """None, one or two organizations of each investment that restates no other."""
        whole = statements.investments(self, self._stream(Investment))
        for investment in whole:
            draw = random.random()
            if draw < 0.2 or investment["restates_id"] is not None:
                continue
            one = int(random.random() * self.counts[Organization])
            for step in range(1 + (draw > 0.85)):
                yield {
                    "investment_id": investment["id"],
                    "organization_id": self.first[Organization]
                    + (one + step) % self.counts[Organization],
                }


_CHINESE = {
    "place": "地点",
    "sector": "领域",
    "organization": "公司",
    "agreement": "协议",
    "project": "项目",
    "milestone": "节点",
    "indicator": "指标",
}


def _published_by_then(text: str) -> bool:
    latest = VagueDate(text).latest
    return latest is not None and FIRST <= latest <= LAST
