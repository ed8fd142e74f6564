"""What is said of projects and milestones, read in a fixed number of queries as plain tuples."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from projects.lookups import among
from projects.models.indicators import Observation, Target
from projects.models.investments import HEADLINE, Investment
from projects.models.milestones import Milestone, MilestoneDate
from projects.models.participations import Participation
from projects.models.steps import Side
from projects.values.known import Promise, Report, Said, Step

_REPORT = ("out_from", "source__published_earliest", "source_id", "source__published")
_SIDES = {Side.DUE.value: 0, Side.REACHED.value: 1}

Days = tuple[date | None, date | None, date | None]
"""When an investment stands from and until, and from when it is part of a larger one."""
Bounds = tuple[int | None, int | None]


@dataclass
class Steps:
    """Milestones with their dates, by what they are steps of."""

    rows: list[tuple[int, str, int | None, int | None, date | None]] = field(default_factory=list)
    """The id, kind, project, agreement and `seen_from` of each."""
    dates: dict[int, tuple[list[Any], list[Any]]] = field(
        default_factory=lambda: defaultdict(lambda: ([], []))
    )
    reports: dict[int, list[Report]] = field(default_factory=lambda: defaultdict(list))
    """The publications that say something of the steps of a project."""

    def say(self, project: int | None, milestone: int, side: str, said: Said, by: Report) -> None:
        """Take in a date of a milestone that is out; where it never stands, it has no first day."""
        if said[0] is not None and side in _SIDES:
            self.dates[milestone][_SIDES[side]].append(said)
        if project is not None:
            self.reports[project].append(by)

    def of(self, row: tuple[Any, ...]) -> Step:
        """A milestone as the rules take it."""
        return row[0], row[1], *self.dates[row[0]]


def steps(condition: Q) -> Steps:
    """The milestones of a condition; two queries."""
    rows: Any = Milestone._base_manager.filter(condition).order_by("pk")
    subject = ("project_id", "agreement_id")
    found = Steps(list(rows.values_list("pk", "kind", *subject, "seen_from")))
    projects = {milestone: project for milestone, _kind, project, *_rest in found.rows}
    if not projects:
        return found
    said: Any = MilestoneDate._base_manager.filter(
        milestone__in=rows.order_by().values("pk"), out_from__isnull=False
    ).order_by()
    own = ("pk", "date", "date_earliest", "date_latest")
    columns = ("milestone_id", "side", "stands_from", "stands_until", *own, *_REPORT)
    for row in said.values_list(*columns).iterator():
        found.say(projects[row[0]], row[0], row[1], row[2:8], row[8:])
    return found


@dataclass
class Money:
    """What is promised to projects, and from when any investment is stated."""

    promises: dict[int, list[Promise]] = field(default_factory=lambda: defaultdict(list))
    stated: dict[int, date] = field(default_factory=dict)
    reports: dict[int, list[Report]] = field(default_factory=lambda: defaultdict(list))

    def say(
        self, project: int, line: tuple[str, str, str], counts: Days, bounds: Bounds, by: Report
    ) -> None:
        """Take in an investment that is out: currency, per and basis, when it counts, how much."""
        self.reports[project].append(by)
        self.stated[project] = min(by[0], self.stated.get(project, date.max))
        begin, end, part_from = counts
        unit, per, basis = line
        if begin is None or (unit, per, basis == Investment.Basis.PAID) != HEADLINE:
            return
        until = min([day for day in (end, part_from) if day is not None], default=None)
        if until is None or until > begin:
            self.promises[project].append((begin, until, *bounds))


def money(projects: Collection[int]) -> Money:
    """What is said of the money of these projects; one query."""
    found = Money()
    rows: Any = Investment._base_manager.filter(among("project", projects), out_from__isnull=False)
    counts = ("stands_from", "stands_until", "part_from")
    columns = ("project_id", "unit", "per", "basis", *counts, "amount_low", "amount_high", *_REPORT)
    for row in rows.order_by().values_list(*columns).iterator():
        found.say(row[0], row[1:4], row[4:7], row[7:9], row[9:])
    return found


def other_reports(projects: Collection[int]) -> Iterator[tuple[int, Report]]:
    """The publications that say anything else of these projects, with the project; one query."""
    ways = ((Participation, "project"), (Target, "indicator__project"))
    rows, *others = (
        _reports(kind, way, projects) for kind, way in (*ways, (Observation, "indicator__project"))
    )
    for project, *report in rows.union(*others):
        yield project, tuple(report)


def _reports(kind: Any, way: str, projects: Collection[int]) -> QuerySet[Any]:
    rows: QuerySet[Any] = kind._base_manager.filter(among(way, projects), out_from__isnull=False)
    return rows.order_by().values_list(f"{way}_id", *_REPORT)
