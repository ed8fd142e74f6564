"""All rows of a portfolio: publications, agreements, projects block by block, organizations.

What is derived follows from the rows in memory by the functions that derive it elsewhere: nothing
is read back. Of what was drawn only the days of the publications, the signings of agreements and
from when organizations are seen are kept, so a million rows take little more memory than ten.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from django.db.models import Model

from projects.models import (
    Agreement,
    AgreementParty,
    AgreementSector,
    Indicator,
    Investment,
    InvestmentOrganization,
    KnownMilestone,
    KnownProject,
    Milestone,
    MilestoneDate,
    Observation,
    Organization,
    Participation,
    Place,
    Project,
    ProjectPlace,
    ProjectSector,
    Sector,
    Source,
    Target,
)
from projects.models.derived.ends import one
from projects.models.derived.heads import heads
from projects.models.derived.known import Row as Known
from projects.models.derived.known import rows_of_agreements, rows_of_projects
from projects.models.derived.left_out import reason
from projects.synthetic import entities, statements
from projects.synthetic.drawing import Drawing
from projects.synthetic.pools import Row
from projects.synthetic.portfolio import Portfolio
from projects.synthetic.seen import Seen
from projects.synthetic.standing import Publications
from projects.values.known import Step

_AT_ONCE = 5_000
"""So many rows that belong to nothing are in memory together."""


class Drawn(NamedTuple):
    """Rows by their tables, what is known of them, and from when they let organizations be seen."""

    tables: dict[type[Model], list[Row]]
    known: dict[type[Model], list[Known]]
    organizations: Seen


class Shared:
    """What the rows of every block refer to."""

    def __init__(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        sources = entities.sources(portfolio, portfolio.stream(Source.__name__))
        self.publications = Publications(portfolio.first[Source], sources)
        self.heads = dict(heads(self._parents()))
        """The organization at the top of the group of each."""
        self.signed: dict[int | None, list[Step]] = {}
        """The signing of each agreement, once its block was drawn."""

    def _parents(self) -> dict[int, int | None]:
        random = self.portfolio.stream(Organization.__name__)
        return {
            row["id"]: row["parent_id"] if self._is_out(row["parent_source_id"]) else None
            for row in entities.organizations(self.portfolio, random)
        }

    def _is_out(self, source: int | None) -> bool:
        return source is not None and self.publications.day(source) is not None

    def drawing(self, name: str) -> Drawing:
        """Nothing yet, drawn from a stream of this name."""
        return Drawing(self.portfolio, self.portfolio.stream(name), self.publications)


def publications_places_sectors(common: Shared) -> Iterator[Drawn]:
    """What states, and of what nothing is stated."""
    portfolio = common.portfolio
    drawn = {Source: entities.sources, Place: entities.places, Sector: entities.sectors}
    for model, draw in drawn.items():
        yield from _in_parts(model, draw(portfolio, portfolio.stream(model.__name__)))


def block_of_agreements(common: Shared, numbers: range) -> Drawn:
    """These agreements, with all that belongs to them."""
    portfolio, drawing = common.portfolio, common.drawing(f"agreements {numbers.start}")
    random, tables = drawing.random, drawing.tables
    for number in numbers:
        row = entities.agreement(portfolio, random, number)
        sectors = list(entities.tied(portfolio, random, (Agreement, Sector), number))
        row["one_sector"] = one(tie["sector_id"] for tie in sectors)
        tables[Agreement].append(row)
        tables[AgreementSector] += sectors
        parties = statements.parties(drawing.kinds[AgreementParty], number)
        drawing.state(AgreementParty, parties)
        signing = entities.signing(portfolio, random, number)
        dates = statements.milestone_dates(drawing.kinds[MilestoneDate], signing)
        drawing.date(signing, drawing.state(MilestoneDate, dates))
    drawing.see(Milestone, ("agreement_id", Agreement))
    drawing.see(Agreement)
    steps = drawing.say_steps()
    common.signed |= {step[3]: [steps.of(step)] for step in steps.rows}
    known = rows_of_agreements(steps)
    return Drawn(dict(tables), {KnownMilestone: known}, drawing.seen[Organization])


def block_of_projects(common: Shared, numbers: range) -> Drawn:
    """These projects, with all that belongs to them."""
    portfolio, drawing = common.portfolio, common.drawing(f"projects {numbers.start}")
    for number in numbers:
        _draw_project(common, drawing, number)
    for number in portfolio.indicators(numbers):
        row = entities.indicator(portfolio, drawing.random, number, numbers)
        _draw_indicator(drawing, row, number)
    drawing.see(Milestone, ("project_id", Project))
    drawing.see(Indicator, ("project_id", Project))
    drawing.see(Project)
    known = _known(drawing, common.signed)
    return Drawn(dict(drawing.tables), known, drawing.seen[Organization])


def organizations(common: Shared, seen: Seen) -> Iterator[Drawn]:
    """All organizations; `seen` is what everything else says of them, and is added to."""

    def rows() -> Iterator[Row]:
        stream = common.portfolio.stream(Organization.__name__)
        return entities.organizations(common.portfolio, stream)

    for row in rows():
        if row["parent_source_id"] is not None:
            day = common.publications.day(row["parent_source_id"])
            seen.say(row["id"], day)
            seen.say(row["parent_id"], day)
    # Drawn again: later ones say something of earlier ones.
    yield from _in_parts(
        Organization, ({**row, "seen_from": seen.day(row["id"])} for row in rows())
    )


def _in_parts(model: type[Model], rows: Iterator[Row]) -> Iterator[Drawn]:
    while part := list(islice(rows, _AT_ONCE)):
        yield Drawn({model: part}, {}, Seen())


def _draw_project(common: Shared, drawing: Drawing, number: int) -> None:
    portfolio, random, kinds = drawing.portfolio, drawing.random, drawing.kinds
    tables = drawing.tables
    project = entities.project(portfolio, random, number)
    places = list(entities.tied(portfolio, random, (Project, Place), number))
    sectors = list(entities.tied(portfolio, random, (Project, Sector), number))
    project["one_place"] = one(tie["place_id"] for tie in places)
    project["one_sector"] = one(tie["sector_id"] for tie in sectors)
    tables[Project].append(project)
    tables[ProjectPlace] += places
    tables[ProjectSector] += sectors
    for milestone in entities.milestones(portfolio, random, number):
        dates = statements.milestone_dates(kinds[MilestoneDate], milestone)
        drawing.date(milestone, drawing.state(MilestoneDate, dates))
    parts = drawing.state(Participation, statements.participations(kinds[Participation], number))
    for row, report in parts:
        if report is not None:
            drawing.reports[row["project_id"]].append(report)
    said = drawing.state(Investment, statements.investments(kinds[Investment], number))
    drawing.invest(said)
    seen = drawing.seen[Organization]
    for row, _report in said:
        ties = list(statements.investors(kinds[Investment], row))
        row["investors_head"] = one(common.heads[tie["organization_id"]] for tie in ties)
        tables[InvestmentOrganization] += ties
        for tie in ties:
            seen.say(tie["organization_id"], row["out_from"])


def _draw_indicator(drawing: Drawing, indicator: Row, number: int) -> None:
    kinds, project = drawing.kinds, indicator["project_id"]
    drawing.tables[Indicator].append(indicator)
    said = [
        *drawing.state(Target, statements.targets(kinds[Target], number)),
        *drawing.state(Observation, statements.observations(kinds[Observation], number)),
    ]
    if project is not None:
        drawing.reports[project] += [report for _row, report in said if report is not None]


def _known(
    drawing: Drawing, signed: dict[int | None, list[Step]]
) -> dict[type[Model], list[Known]]:
    tables, steps = drawing.tables, drawing.say_steps()
    own: dict[int | None, list[Known]] = {}
    for step in steps.rows:
        own.setdefault(step[2], []).append(step)
    projects = [(row["id"], row["agreement_id"], row["seen_from"]) for row in tables[Project]]
    known, milestones = rows_of_projects(projects, own, signed, steps, drawing.money)
    stages = {project: stage for project, _begin, end, _seen, stage, *_ in known if end is None}
    for row in tables[Investment]:
        counts = row["stands_from"], row["stands_until"], row["part_from"]
        row["left_out"] = reason(counts, row["basis"], stages[row["project_id"]])
    return {KnownProject: known, KnownMilestone: milestones}
