"""What a write reaches: the groups and entities whose derived columns may change with a row."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from projects.lookups import among
from projects.models.agreements import Agreement, AgreementParty, AgreementSector
from projects.models.derived.chunks import in_chunks
from projects.models.derived.ends import ENDS, Owners, owners_of
from projects.models.indicators import Indicator, Observation, Target
from projects.models.investments import Investment, InvestmentOrganization
from projects.models.milestones import Milestone, MilestoneDate
from projects.models.organizations import Organization
from projects.models.participations import Participation
from projects.models.places import Place, Sector
from projects.models.projects import Project, ProjectPlace, ProjectSector
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
    ProjectSector: {},
    ProjectPlace: {},
    AgreementSector: {},
    Sector: {},
    Place: {},
}
"""The ways from a row to the entities of which it says something, or whose statements it holds."""

_OWNERS: dict[type[Model], tuple[str, type[Model]]] = {
    **{end.owner: ("pk", end.owner) for end in ENDS},
    **{end.links: (end.name, end.owner) for end in ENDS},
}
"""Where a row has what it may link to one end, and the model of that."""

_SHOWN = {end.to for end in ENDS if end.shown}
"""What no link leads to while it is a draft."""

DECIDES_STAGE = (MilestoneDate, Milestone, Project)


@dataclass
class Reach:
    """Groups by the ids of their members, entities, and projects and agreements of steps.

    `owners` are the rows whose links may have other ends; `parents` is whether an organization may
    have come below another one.
    """

    groups: dict[type[Statement], set[int]] = field(default_factory=lambda: defaultdict(set))
    entities: dict[type[Model], set[int]] = field(default_factory=lambda: defaultdict(set))
    projects: set[int] = field(default_factory=set)
    agreements: set[int] = field(default_factory=set)
    owners: dict[type[Model], set[int]] = field(default_factory=lambda: defaultdict(set))
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

    def add_owners(self, owners: Owners) -> None:
        """Reach the ends of these rows as well."""
        for model, ids in owners.items():
            self.owners[model].update(ids)

    def join(self, other: "Reach") -> None:
        """Reach what another one does as well."""
        for kind, groups in other.groups.items():
            self.groups[kind] |= groups
        for entity, ids in other.entities.items():
            self.entities[entity] |= ids
        self.projects |= other.projects
        self.agreements |= other.agreements
        self.add_owners(other.owners)
        self.parents |= other.parents

    def _add(self, model: type[Model], ids: Collection[int]) -> None:
        self.parents |= model is Organization
        if model in _SHOWN:
            self.add_owners(owners_of(model, ids))
        ways = LEADS_TO[model]
        columns = ["pk", *ways]
        if issubclass(model, Statement):
            columns.insert(1, "restates")
        own, owner = _OWNERS.get(model, ("", Model))
        if own:
            columns.append(own)
        for row in model._base_manager.filter(among("pk", ids)).values(*columns).iterator():
            if issubclass(model, Statement):
                self.groups[model] |= {row["pk"], row["restates"] or row["pk"]}
            if own:
                self.owners[owner].add(row[own])
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
