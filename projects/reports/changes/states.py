"""Which projects, milestones and targets stand elsewhere than on the earlier day."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet

from projects.models import Milestone, MilestoneDate, MilestoneState, Project, Source, Stage, Target
from projects.reports.changes.comparison import Section, differing, first_of
from projects.reports.changes.sides import (
    ProjectFacts,
    Side,
    StepFacts,
    verdict_compared,
)
from projects.reports.performance import TargetResult

Found = TypeVar("Found", bound=Model)


@dataclass(frozen=True)
class ProjectStand:
    """Where a project stood on a day, with what says so."""

    stage: str
    overdue: bool
    silent: bool
    statement: MilestoneDate | None
    last_report: Source | None

    @property
    def stage_label(self) -> str:
        """The stage in the page's language."""
        return str(Stage(self.stage).label)


@dataclass(frozen=True)
class ProjectChange:
    """A project, and where it stood on each day; none where it was not there."""

    project: Project
    then: ProjectStand | None
    now: ProjectStand | None


@dataclass(frozen=True)
class StepStand:
    """The state of a milestone on a day, with the statement behind it."""

    state: str
    overdue_days: int | None
    statement: MilestoneDate | None

    @property
    def state_label(self) -> str:
        """The state in the page's language."""
        return str(MilestoneState(self.state).label)


@dataclass(frozen=True)
class StepChange:
    """A milestone, and its state on each day; none where it was not there."""

    milestone: Milestone
    then: StepStand | None
    now: StepStand | None


@dataclass(frozen=True)
class TargetChange:
    """A target, and its verdict on each day; none where it was not there."""

    then: TargetResult | None
    now: TargetResult | None

    @property
    def target(self) -> Target:
        """The target itself, as it stands now if it does."""
        result = self.now or self.then
        assert result is not None  # noqa: S101  # a change has a side
        return result.target


def stage_changes(then: Side, now: Side) -> Section[ProjectChange]:
    """The projects with another stage, overdue or silent on one of the days; three queries."""
    found = differing(then.projects, now.projects, lambda facts: facts.compared)
    shown, more = first_of(found)
    projects = Project.objects.in_bulk([pk for pk, _then, _now in shown])
    facts = [one for _pk, *both in shown for one in both if one is not None]
    deciding = _by_id(_dates(), (one.stage_statement_id for one in facts))
    reports = _by_id(Source.objects.all(), (one.last_report_id for one in facts))

    def stand(one: ProjectFacts | None) -> ProjectStand | None:
        return one and ProjectStand(
            stage=one.stage,
            overdue=one.overdue,
            silent=one.silent,
            statement=deciding.get(one.stage_statement_id),
            last_report=reports.get(one.last_report_id),
        )

    rows = [ProjectChange(projects[pk], stand(old), stand(new)) for pk, old, new in shown]
    return Section(tuple(rows), more)


def step_changes(then: Side, now: Side) -> Section[StepChange]:
    """The milestones in another state on one of the days, if only by its passing; two queries."""
    found = differing(then.steps, now.steps, lambda facts: facts.compared)
    shown, more = first_of(found)
    subjects = Milestone.objects.select_related("project", "agreement")
    steps = subjects.in_bulk([pk for pk, _then, _now in shown])
    facts = [one for _pk, *both in shown for one in both if one is not None]
    dates = _by_id(_dates(), (one.statement_id for one in facts))

    def stand(one: StepFacts | None, side: Side) -> StepStand | None:
        return one and StepStand(one.state, one.overdue_days(side.day), dates.get(one.statement_id))

    rows = [StepChange(steps[pk], stand(old, then), stand(new, now)) for pk, old, new in shown]
    return Section(tuple(rows), more)


def target_changes(then: Side, now: Side) -> Section[TargetChange]:
    """The targets with another verdict, outlook or attainment on one of the days."""
    found = differing(then.targets, now.targets, verdict_compared)
    shown, more = first_of(found)
    return Section(tuple(TargetChange(old, new) for _group, old, new in shown), more)


def _dates() -> QuerySet[MilestoneDate]:
    return MilestoneDate.objects.select_related("source", "milestone")


def _by_id(rows: QuerySet[Found], numbers: Iterable[int | None]) -> dict[int | None, Found]:
    """The rows with these ids; one query."""
    return {**rows.in_bulk({number for number in numbers if number is not None})}
