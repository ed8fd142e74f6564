"""What one of the two days has to say: where projects, milestones and targets stand on it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from projects.models import MilestoneState
from projects.reports.changes.comparison import Comparison
from projects.reports.delivery import milestones
from projects.reports.performance import TargetResult, indicators, performances
from projects.reports.portfolio import progress
from projects.values.readers import Reader


class ProjectFacts(NamedTuple):
    """What is derived of a project, and the ids of what it rests on."""

    stage: str
    overdue: bool
    silent: bool
    stage_statement_id: int | None
    last_report_id: int | None

    @property
    def compared(self) -> tuple[object, ...]:
        """What makes a difference; another source for the same makes none."""
        return self.stage, self.overdue, self.silent


class StepFacts(NamedTuple):
    """What is derived of a milestone, and the ids of what it rests on."""

    state: str
    due_latest: date | None
    due_statement_id: int | None
    reached_statement_id: int | None

    @property
    def compared(self) -> tuple[object, ...]:
        """What makes a difference; another date for the same state makes none."""
        return (self.state,)

    @property
    def statement_id(self) -> int | None:
        """The statement behind the state: when it was reached, else when it is due."""
        return self.reached_statement_id or self.due_statement_id

    def overdue_days(self, day: date) -> int | None:
        """How long it is overdue on that day, where it is."""
        if self.state != MilestoneState.OVERDUE or self.due_latest is None:
            return None
        return (day - self.due_latest).days


@dataclass(frozen=True)
class Side:
    """One day: projects, milestones and targets by their ids; a target by its group's."""

    day: date
    projects: dict[int, ProjectFacts]
    steps: dict[int, StepFacts]
    targets: dict[int, TargetResult]


def side(compared: Comparison, reader: Reader) -> Side:
    """What one of the readers sees; five queries."""
    scope, project = compared.scope, compared.project
    projects = progress(reader, scope).order_by("pk")
    steps = milestones(reader, scope).order_by("pk")
    measured = indicators(reader, scope)
    if project is not None:
        projects = projects.filter(pk=project.pk)
        steps = steps.filter(project=project)
        measured = measured.filter(project=project)
    return Side(
        day=reader.day,
        projects={
            pk: ProjectFacts(*facts)
            for pk, *facts in projects.values_list("pk", *ProjectFacts._fields)
        },
        steps={pk: StepFacts(*facts) for pk, *facts in steps.values_list("pk", *StepFacts._fields)},
        targets={
            result.target.restates_id or result.target.pk: result
            for performance in performances(measured, reader)
            for result in performance.targets
        },
    )


def verdict_compared(result: TargetResult) -> tuple[object, ...]:
    """What makes a difference to a target: its verdict, not the figures that leave it as it is."""
    verdict = result.verdict
    return (
        verdict.outcome,
        verdict.outlook,
        verdict.wider_outcome,
        verdict.attainment_low,
        verdict.attainment_high,
    )
