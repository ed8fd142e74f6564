"""A small portfolio as plain Python: what is stored for the reports and recounted without them.

Ids are those of the database; a reference is the id of the other row.
"""

from dataclasses import dataclass
from datetime import date

from projects.values.amounts import Amount


@dataclass(frozen=True)
class Source:
    id: int
    published: str
    draft: bool


@dataclass(frozen=True)
class Organization:
    id: int
    parent: int | None
    source: int | None


@dataclass(frozen=True)
class Project:
    id: int
    agreement: int | None


@dataclass(frozen=True)
class Milestone:
    id: int
    project: int | None
    agreement: int | None
    kind: str


@dataclass(frozen=True)
class Statement:
    """What all statements have; `restates` is None where it stands for the editors."""

    id: int
    source: int
    restates: int | None
    restates_how: str


@dataclass(frozen=True)
class Participation(Statement):
    project: int
    organization: int
    role: str


@dataclass(frozen=True)
class AgreementParty(Statement):
    agreement: int
    organization: int


@dataclass(frozen=True)
class Investment(Statement):
    project: int | None
    agreement: int | None
    organizations: frozenset[int]
    amount: Amount
    per: str
    basis: str
    part_of: int | None


@dataclass(frozen=True)
class MilestoneDate(Statement):
    milestone: int
    side: str
    date: str


@dataclass(frozen=True)
class Target(Statement):
    """Of the one indicator of the project, whose id is the project's."""

    project: int
    period: str


@dataclass(frozen=True)
class Observation(Statement):
    """Of the one indicator of the project, whose id is the project's."""

    project: int
    period: str


@dataclass(frozen=True)
class World:
    """Everything that is stored; agreements are ids from 1."""

    sources: tuple[Source, ...]
    organizations: tuple[Organization, ...]
    agreements: tuple[int, ...]
    projects: tuple[Project, ...]
    milestones: tuple[Milestone, ...]
    participations: tuple[Participation, ...]
    parties: tuple[AgreementParty, ...]
    investments: tuple[Investment, ...]
    dates: tuple[MilestoneDate, ...]
    targets: tuple[Target, ...]
    observations: tuple[Observation, ...]

    @property
    def statements(self) -> dict[str, tuple[Statement, ...]]:
        """Every statement by its kind, as `prefer` names it."""
        return {
            "participation": self.participations,
            "agreement-party": self.parties,
            "investment": self.investments,
            "milestone-date": self.dates,
            "target": self.targets,
            "observation": self.observations,
        }


@dataclass(frozen=True)
class Question:
    """Who asks: the day, what is preferred, and whose part of it (one organization's id)."""

    today: date
    as_of: date | None
    prefer: frozenset[tuple[str, int]]
    group: int | None
    direct: bool
