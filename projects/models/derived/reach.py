"""What a write reaches: the groups and entities whose derived columns may change with a row."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from projects.lookups import among
from projects.models.agreements import Agreement, AgreementParty
from projects.models.derived.chunks import in_chunks
from projects.models.indicators import Indicator, Observation, Target
from projects.models.investments import Investment, InvestmentOrganization
from projects.models.milestones import Milestone, MilestoneDate
from projects.models.organizations import Organization
from projects.models.participations import Participation
from projects.models.projects import Project
from projects.models.sources import Source
from projects.models.statements import Statement

Rows = Mapping[type[Model], Collection[int]]
"""Rows by their model and ids."""

LEADS_TO: dict[type[Model], dict[str, type[Model]]] = {
    Participation: {"project": Project, "organization": Organization},
    AgreementParty: {"agreement": Agreement, "organization": Organization},
    Investment: {
        "project": Project,
        "agreement": Agreement,
        "investmentorganization__organization": Organization,
    },
    InvestmentOrganization: {"organization": Organization},
    MilestoneDate: {
        "milestone": Milestone,
        "milestone__project": Project,
        "milestone__agreement": Agreement,
    },
    Target: {"indicator": Indicator, "indicator__project": Project, "stands_in": Agreement},
    Observation: {"indicator": Indicator, "indicator__project": Project},
    Milestone: {"pk": Milestone, "project": Project, "agreement": Agreement},
    Indicator: {"pk": Indicator, "project": Project},
    Organization: {"pk": Organization, "parent": Organization},
    Project: {"pk": Project},
    Agreement: {"pk": Agreement},
}
"""The ways from a row to the entities of which it says something, or whose statements it holds."""

_INVESTMENT: dict[type[Model], str] = {Investment: "pk", InvestmentOrganization: "investment"}
"""Where a row has the investment of which it may say by whom it is put in."""

DECIDES_STAGE = (MilestoneDate, Milestone, Project)


@dataclass
class Reach:
    """Groups by the ids of their members, entities, and projects and agreements of steps.

    `investments` are those of which it may be said by whom they are put in; `parents` is whether an
    organization may have come below another one.
    """

    groups: dict[type[Statement], set[int]] = field(default_factory=lambda: defaultdict(set))
    entities: dict[type[Model], set[int]] = field(default_factory=lambda: defaultdict(set))
    projects: set[int] = field(default_factory=set)
    agreements: set[int] = field(default_factory=set)
    investments: set[int] = field(default_factory=set)
    parents: bool = False

    def add(self, rows: Rows) -> None:
        """Reach what follows from rows, as they are stored now."""
        for model, ids in rows.items():
            if model is Source:
                for chunk in in_chunks(ids):
                    self._add_sources(chunk)
            elif model in LEADS_TO:
                for chunk in in_chunks(ids):
                    self._add(model, chunk)

    def join(self, other: "Reach") -> None:
        """Reach what another one does as well."""
        for kind, groups in other.groups.items():
            self.groups[kind] |= groups
        for entity, ids in other.entities.items():
            self.entities[entity] |= ids
        self.projects |= other.projects
        self.agreements |= other.agreements
        self.investments |= other.investments
        self.parents |= other.parents

    def _add(self, model: type[Model], ids: Collection[int]) -> None:
        self.parents |= model is Organization
        ways = LEADS_TO[model]
        columns = ["pk", *ways]
        if issubclass(model, Statement):
            columns.insert(1, "restates")
        investment = _INVESTMENT.get(model)
        if investment is not None:
            columns.append(investment)
        for row in model._base_manager.filter(among("pk", ids)).values(*columns).iterator():
            if issubclass(model, Statement):
                self.groups[model] |= {row["pk"], row["restates"] or row["pk"]}
            if investment is not None:
                self.investments.add(row[investment])
            for way, entity in ways.items():
                if row[way] is not None:
                    self.entities[entity].add(row[way])
                    self._add_steps(model, entity, row[way])

    def _add_steps(self, model: type[Model], entity: type[Model], number: int) -> None:
        if model in DECIDES_STAGE and entity is Project:
            self.projects.add(number)
        if model in DECIDES_STAGE and entity is Agreement:
            self.agreements.add(number)

    def _add_sources(self, ids: Collection[int]) -> None:
        for model, ways in _sourced():
            for way in ways:
                rows: Any = model._base_manager.filter(among(way, ids))
                self.add({model: list(rows.values_list("pk", flat=True))})


def _sourced() -> Iterator[tuple[type[Model], tuple[str, ...]]]:
    """The rows whose derived columns or entities follow from a publication."""
    for model in LEADS_TO:
        names = tuple(
            column.name for column in model._meta.concrete_fields if column.related_model is Source
        )
        if names:
            yield model, names
