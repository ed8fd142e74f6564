"""Which projects, milestones and targets stand elsewhere than on the earlier day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

from projects.models import Milestone, MilestoneDate, MilestoneState, Project, Source, Stage, Target
from projects.reports.changes.comparison import Comparison, Section, differing, first_of
from projects.reports.changes.sides import (
    Judged,
    ProjectFacts,
    StepFacts,
    differing_projects,
    differing_steps,
    project_facts,
    step_facts,
    target_results,
)
from projects.reports.performance import TargetResult
from projects.values.verdicts import Verdict

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


def stage_changes(compared: Comparison) -> Section[ProjectChange]:
    """The projects with another stage, overdue or silent on one of the days; seven queries."""
    shown, more = first_of(differing_projects(compared))
    then = project_facts(compared, compared.then, shown)
    now = project_facts(compared, compared.now, shown)
    projects = Project.objects.in_bulk([0, *shown])
    facts = [*then.values(), *now.values()]
    deciding = _by_id(_dates(), (one.stage_statement_id for one in facts))
    reports = _by_id(Source.objects.defer("full_text"), (one.last_report_id for one in facts))

    def stand(one: ProjectFacts | None) -> ProjectStand | None:
        return one and ProjectStand(
            stage=one.stage,
            overdue=one.overdue,
            silent=one.silent,
            statement=deciding.get(one.stage_statement_id),
            last_report=reports.get(one.last_report_id),
        )

    rows = [
        ProjectChange(projects[pk], stand(then.get(pk)), stand(now.get(pk)))
        for pk in shown
        if pk in projects  # somebody may have deleted it since
    ]
    return Section(tuple(rows), more)


def step_changes(compared: Comparison) -> Section[StepChange]:
    """The milestones in another state on one of the days, if only by its passing; six queries."""
    shown, more = first_of(differing_steps(compared))
    then = step_facts(compared, compared.then, shown)
    now = step_facts(compared, compared.now, shown)
    steps = Milestone.objects.select_related("project", "agreement").in_bulk([0, *shown])
    dates = _by_id(_dates(), (one.statement_id for one in (*then.values(), *now.values())))

    def stand(one: StepFacts | None, day: date) -> StepStand | None:
        return one and StepStand(one.state, one.overdue_days(day), dates.get(one.statement_id))

    rows = [
        StepChange(
            steps[pk],
            stand(then.get(pk), compared.then.day),
            stand(now.get(pk), compared.now.day),
        )
        for pk in shown
        if pk in steps
    ]
    return Section(tuple(rows), more)


def target_changes(
    compared: Comparison, then: Mapping[int, Judged], now: Mapping[int, Judged]
) -> Section[TargetChange]:
    """The targets with another verdict, outlook or attainment on one of the days; four queries."""
    differ = differing(then, now, _same_verdict)
    found, more = first_of(differ)
    before = target_results((old for _group, old, _new in found if old), compared.then)
    after = target_results((new for _group, _old, new in found if new), compared.now)
    rows = [
        TargetChange(old and before.get(old.target), new and after.get(new.target))
        for _group, old, new in found
    ]
    rows = [row for row in rows if row.then or row.now]
    return Section(tuple(rows), more)


def _same_verdict(then: Judged, now: Judged) -> bool:
    """Whether the verdict is the same, as other figures may leave it."""
    return then.said == now.said or _compared(then.said.verdict) == _compared(now.said.verdict)


def _compared(verdict: Verdict) -> tuple[object, ...]:
    return (
        verdict.outcome,
        verdict.outlook,
        verdict.wider_outcome,
        verdict.attainment_low,
        verdict.attainment_high,
    )


def _dates() -> QuerySet[MilestoneDate]:
    dates = MilestoneDate.objects.select_related("source", "milestone")
    return dates.defer("source__full_text")


def _by_id(rows: QuerySet[Found], numbers: Iterable[int | None]) -> dict[int | None, Found]:
    """The rows with these ids; one query."""
    return {**rows.in_bulk({0, *(number for number in numbers if number is not None)})}
