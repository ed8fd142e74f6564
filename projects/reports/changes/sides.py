"""What is compared of the two days: where projects, milestones and targets stand on each.

The database tells which differ, however many there are; only what is shown of them is read.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from projects.models import KnownProject, MilestoneState, Target
from projects.reports.changes.comparison import Comparison
from projects.reports.delivery import milestones, with_states
from projects.reports.known import known
from projects.reports.outcomes import Said, said_of
from projects.reports.performance import TargetResult, indicators, performances_of
from projects.reports.portfolio import progress
from projects.reports.progress import judged
from projects.values.readers import MILESTONE_DATE, Reader

Facts = TypeVar("Facts", bound="ProjectFacts | StepFacts")


class ProjectFacts(NamedTuple):
    """What is derived of a project, and the ids of what it rests on."""

    stage: str
    overdue: bool
    silent: bool
    stage_statement_id: int | None
    last_report_id: int | None


class StepFacts(NamedTuple):
    """What is derived of a milestone, and the ids of what it rests on."""

    state: str
    due_latest: date | None
    due_statement_id: int | None
    reached_statement_id: int | None

    @property
    def statement_id(self) -> int | None:
        """The statement behind the state: when it was reached, else when it is due."""
        return self.reached_statement_id or self.due_statement_id

    def overdue_days(self, day: date) -> int | None:
        """How long it is overdue on that day, where it is."""
        if self.state != MilestoneState.OVERDUE or self.due_latest is None:
            return None
        return (day - self.due_latest).days


class Judged(NamedTuple):
    """A target on a day: by which statement and of which indicator, and what is said of it."""

    target: int
    indicator: int
    said: Said


def differing_projects(compared: Comparison) -> list[int]:
    """The projects with another stage, overdue or silent on one of the days; two queries at most.

    Their order is that of their ids; what is there no more comes last.
    """

    def standing(reader: Reader) -> QuerySet[Any]:
        about, rows = "pk", progress(reader, compared.scope)
        if reader.stored(MILESTONE_DATE):
            about, rows = "project", judged(known(KnownProject, reader, compared.scope), reader)
        if compared.project is not None:
            rows = rows.filter(**{about: compared.project.pk})
        return rows.order_by().values_list(about, "stage", "overdue", "silent")

    return _differing(compared, standing(compared.then), standing(compared.now))


def differing_steps(compared: Comparison) -> list[int]:
    """The milestones in another state on one of the days; two queries at most."""

    def standing(reader: Reader) -> QuerySet[Any]:
        about = "milestone" if reader.stored(MILESTONE_DATE) else "pk"
        rows = with_states(reader, compared.scope).order_by()
        if compared.project is not None:
            rows = rows.filter(project=compared.project)
        return rows.values_list(about, "state")

    return _differing(compared, standing(compared.then), standing(compared.now))


def project_facts(
    compared: Comparison, reader: Reader, ids: Iterable[int]
) -> dict[int, ProjectFacts]:
    """What one of the readers sees of these projects; one query."""
    return _facts(progress(reader, compared.scope), ids, ProjectFacts)


def step_facts(compared: Comparison, reader: Reader, ids: Iterable[int]) -> dict[int, StepFacts]:
    """What one of the readers sees of these milestones; one query."""
    return _facts(milestones(reader, compared.scope), ids, StepFacts)


def judged_targets(compared: Comparison, reader: Reader) -> dict[int, Judged]:
    """What one of the readers sees of the targets, by their groups; one query.

    They stand by their indicators, and then in the order of their periods.
    """
    measured = indicators(reader, compared.scope).order_by()
    if compared.project is not None:
        measured = measured.filter(project=compared.project)
    targets = Target.objects.standing(reader).filter(indicator__in=measured.values("pk"))
    rows = targets.annotate(of_group=Coalesce("restates_id", "pk")).order_by(
        "indicator",
        F("period_latest").asc(nulls_last=True),
        F("period_earliest").asc(nulls_first=True),
        "pk",
    )
    return {
        group: Judged(target, indicator, Said(*said))
        for group, target, indicator, *said in said_of(rows, reader, "of_group", "pk", "indicator")
    }


def target_results(found: Iterable[Judged], reader: Reader) -> dict[int, TargetResult]:
    """The verdicts of these targets with the statements behind them, by target; two queries."""
    performances = performances_of({one.indicator for one in found}, reader).values()
    return {result.target.pk: result for one in performances for result in one.targets}


def _differing(compared: Comparison, then: QuerySet[Any], now: QuerySet[Any]) -> list[int]:
    """The ids, which come first in each row, of the rows that the two days do not share.

    In their order, what went last. What is known stays known: a row goes only where it need not
    stay a group's, or at a place.
    """
    came = {pk for pk, *_facts in now.difference(then)}
    if compared.scope.everything:
        return sorted(came)
    went = {pk for pk, *_facts in then.difference(now)}
    return [*sorted(came), *sorted(went - came)]


def _facts(rows: QuerySet[Any], ids: Iterable[int], facts: type[Facts]) -> dict[int, Facts]:
    found = rows.filter(pk__in=ids).order_by().values_list("pk", *facts._fields)
    return {pk: facts(*values) for pk, *values in found}
