"""Which projects, milestones and targets stand elsewhere than on the earlier day."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from projects.models import Milestone, MilestoneDate, MilestoneState, Project, Source, Stage, Target
from projects.models.together import together
from projects.reports.changes.comparison import Comparison, Section, differing, first_of
from projects.reports.changes.sides import Judged, differing_states, target_results
from projects.reports.delivery import dates_and_reports, milestones
from projects.reports.performance import TargetResult
from projects.reports.portfolio import progress
from projects.values.verdicts import Verdict

Stand = TypeVar("Stand")
Change = TypeVar("Change")


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


def state_changes(
    compared: Comparison,
) -> tuple[Section[ProjectChange], Section[StepChange]]:
    """The projects and milestones that stand elsewhere on one of the days, if only by its passing.

    Four queries, five in a scope.
    """
    found = differing_states(compared)
    shown, more = first_of(found.projects)
    shown_steps, more_steps = first_of(found.steps)
    readers = (compared.then, compared.now)
    old, new, old_steps, new_steps = together(
        *(progress(reader, compared.scope).filter(pk__in=[0, *shown]) for reader in readers),
        *(
            milestones(reader, compared.scope).filter(pk__in=[0, *shown_steps])
            for reader in readers
        ),
    )
    projects, steps = (old, new), (old_steps, new_steps)
    stood = [*old, *new]
    dates, reports = dates_and_reports(
        [
            *(row.stage_statement_id for row in stood),
            *(_statement_of(step) for side in steps for step in side),
        ],
        (row.last_report_id for row in stood),
    )

    def project_stand(row: Any, _day: date) -> ProjectStand:
        return ProjectStand(
            stage=row.stage,
            overdue=row.overdue,
            silent=row.silent,
            statement=dates.get(row.stage_statement_id),
            last_report=reports.get(row.last_report_id),
        )

    def step_stand(row: Any, day: date) -> StepStand:
        return StepStand(row.state, _overdue_days(row, day), dates.get(_statement_of(row)))

    return (
        Section(tuple(_changes(compared, projects, shown, ProjectChange, project_stand)), more),
        Section(tuple(_changes(compared, steps, shown_steps, StepChange, step_stand)), more_steps),
    )


def _changes(
    compared: Comparison,
    sides: Sequence[list[Any]],
    shown: Iterable[int],
    change: Callable[[Any, Stand | None, Stand | None], Change],
    stand: Callable[[Any, date], Stand],
) -> Iterator[Change]:
    """What these are and where they stand on each day, but for what somebody deleted meanwhile."""
    then, now = ({row.pk: row for row in rows} for rows in sides)
    for pk in shown:
        old, new = then.get(pk), now.get(pk)
        if old or new:
            yield change(
                new or old,
                stand(old, compared.then.day) if old else None,
                stand(new, compared.now.day) if new else None,
            )


def _statement_of(step: Any) -> int | None:
    """The statement behind the state of a milestone: when it was reached, else when it is due."""
    number: int | None = step.reached_statement_id or step.due_statement_id
    return number


def _overdue_days(step: Any, day: date) -> int | None:
    """How long it is overdue on that day, where it is."""
    if step.state != MilestoneState.OVERDUE or step.due_latest is None:
        return None
    return int((day - step.due_latest).days)


def target_changes(
    compared: Comparison, then: Mapping[int, Judged], now: Mapping[int, Judged]
) -> Section[TargetChange]:
    """The targets with another verdict, outlook or attainment on one of the days; one query."""
    differ = differing(then, now, _same_verdict)
    found, more = first_of(differ)
    before, after = target_results(
        compared, (one for _group, old, new in found for one in (old, new) if one)
    )
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
