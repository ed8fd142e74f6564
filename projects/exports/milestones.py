"""The files of milestones and of what is said of their dates."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from projects.exports.columns import (
    dated,
    in_scope,
    own,
    reference,
    slugs,
    statement,
    way,
    with_statement,
)
from projects.exports.writing import Export
from projects.models import Agreement, Milestone, MilestoneDate, Project
from projects.parameters import Parameters
from projects.reports.delivery import milestones, steps
from projects.reports.visible import visible


def _milestones(parameters: Parameters) -> QuerySet[Any]:
    return milestones(parameters.reader, parameters.scope).order_by("pk")


def _with_subject(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    reader = parameters.reader
    return rows.prefetch_related(
        slugs("project", visible(Project.objects.all(), reader)),
        slugs("agreement", visible(Agreement.objects.all(), reader)),
    )


def _complete(chunks: Iterable[list[Any]], parameters: Parameters) -> Iterator[Any]:
    """Set `step`: where each milestone stands, and the statements that say so."""
    for chunk in chunks:
        for step in steps(chunk, parameters.reader):
            step.milestone.step = step  # type: ignore[attr-defined]
            yield step.milestone


MILESTONES = Export(
    name="milestones",
    contents=(
        *own("slug"),
        reference("project"),
        reference("agreement"),
        *own("kind", "name_zh", "name_en", "state"),
        way("state_label", "step.state_label"),
        way("overdue_days", "step.overdue_days"),
        *dated("due", "step.due.date"),
        way("due_statement_id", "step.due.key"),
        way("due_source", "step.due.source.slug"),
        *dated("reached", "step.reached.date"),
        way("reached_statement_id", "step.reached.key"),
        way("reached_source", "step.reached.source.slug"),
    ),
    rows=_milestones,
    prepare=_with_subject,
    complete=_complete,
)


def _dates(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(MilestoneDate.objects.all(), parameters)


def _with_references(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    return with_statement(rows, parameters.reader).prefetch_related(
        slugs("milestone", Milestone.objects.all())
    )


MILESTONE_DATES = Export(
    name="milestone-dates",
    contents=statement(reference("milestone"), *own("side"), *dated("date"), *own("counted_from")),
    rows=_dates,
    prepare=_with_references,
)
