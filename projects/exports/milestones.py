"""The files of milestones and of what is said of their dates."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from projects.exports.columns import (
    as_they_are,
    dated,
    derived,
    in_scope,
    own,
    reference,
    seen,
    statement,
    way,
    with_stands,
)
from projects.exports.writing import Derived, Export, Kind
from projects.models import Agreement, MilestoneDate, Project
from projects.parameters import Parameters
from projects.reports.delivery import milestones, steps


def _milestones(parameters: Parameters) -> QuerySet[Any]:
    return milestones(parameters.reader, parameters.scope).order_by("pk")


def _complete(chunks: Iterable[list[Any]], parameters: Parameters) -> Iterator[Any]:
    """Set `step`: where each milestone stands, and the statements that say so."""
    for chunk in chunks:
        for step in steps(chunk, parameters.reader):
            step.milestone.step = step  # type: ignore[attr-defined]
            yield step.milestone


def _stated(side: str) -> tuple[Derived, ...]:
    """What stands for a side of a milestone: its date, its days, the statement and the source."""
    date = f"step.{side}.date"
    return (
        way(side, date),
        way(f"{side}_earliest", f"{date}_earliest", Kind.DAY),
        way(f"{side}_latest", f"{date}_latest", Kind.DAY),
        way(f"{side}_statement_id", f"step.{side}.key"),
        way(f"{side}_source", f"step.{side}.source.slug"),
    )


MILESTONES = Export(
    name="milestones",
    contents=(
        *own("slug"),
        seen("project", Project.objects.all()),
        seen("agreement", Agreement.objects.all()),
        *own("kind", "name_zh", "name_en"),
        *derived("state"),
        way("state_label", "step.state_label"),
        way("overdue_days", "step.overdue_days", Kind.INTEGER),
        *_stated("due"),
        *_stated("reached"),
    ),
    rows=_milestones,
    prepare=as_they_are,
    complete=_complete,
)


def _dates(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(MilestoneDate.objects.all(), parameters)


MILESTONE_DATES = Export(
    name="milestone-dates",
    contents=statement(reference("milestone"), *own("side"), *dated("date"), *own("counted_from")),
    rows=_dates,
    prepare=with_stands,
)
