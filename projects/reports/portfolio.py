"""The portfolio: projects with their stage, promises, last report and silence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet, prefetch_related_objects

from projects.models import (
    KnownProject,
    MilestoneDate,
    Place,
    Project,
    Sector,
    Source,
    Stage,
)
from projects.models.investments import COUNTED_BY
from projects.models.stretches import known_then
from projects.reports.delivery import dates_and_reports
from projects.reports.firsts import firsts
from projects.reports.funding import Line, promised_by_project
from projects.reports.known import known
from projects.reports.once import once
from projects.reports.progress import judged, with_last_report, with_promised, with_stage
from projects.reports.scope import narrow
from projects.reports.visible import hide_draft, linked, visible
from projects.values.delivery import months_since
from projects.values.readers import MILESTONE_DATE, Reader
from projects.values.scopes import Scope


def portfolio(reader: Reader, scope: Scope) -> QuerySet[Any]:
    """The projects of the scope that are there, with everything that is derived of them."""
    return with_promised(progress(reader, scope), reader, scope)


def progress(reader: Reader, scope: Scope) -> QuerySet[Any]:
    """The projects of the scope that are there, with their stage and last report."""
    projects = narrow(visible(Project.objects.select_related("agreement"), reader), scope, reader)
    return with_last_report(with_stage(projects, reader), reader)


@dataclass(frozen=True)
class ProjectRow:
    """A project (from `portfolio`) with the statements behind what is derived of it."""

    project: Project
    stage_statement: MilestoneDate | None
    promised: Line | None
    last_report: Source | None
    months_since_report: int | None

    @property
    def stage_label(self) -> str:
        """The stage in the page's language."""
        return str(Stage(self.project.stage).label)  # type: ignore[attr-defined]  # by with_stage


def project_rows(projects: Iterable[Project], reader: Reader, scope: Scope) -> list[ProjectRow]:
    """Projects (from `portfolio`) with the statements behind them; at most five queries more."""
    found: list[Any] = list(projects)
    for name, entity in {"places": Place, "sectors": Sector}.items():
        prefetch_related_objects(found, linked(name, entity._default_manager.all(), reader))
    for row in found:
        hide_draft(row, "agreement")
    promised = promised_by_project([row.pk for row in found], reader, scope.organizations)
    return _rows(found, reader, promised)


@dataclass(frozen=True)
class Silent:
    """A silent project, the last report on it, and how many whole months that is old."""

    project: Project
    last_report: Source
    months_since_report: int


def longest_silent(reader: Reader, scope: Scope, limit: int) -> list[Silent]:
    """The projects without a report for the longest time."""
    if reader.stored(MILESTONE_DATE):
        rows = _with_report(judged(known(KnownProject, reader, scope), reader))
        found = rows.filter(silent=True).order_by("last_reported_latest", "project")[:limit]
        return [_silent(one.project, one.last_report, one, reader) for one in found]
    rows = progress(reader, scope).filter(silent=True).order_by("last_reported_latest", "pk")
    projects = list(rows[:limit])
    reports = Source.objects.defer("full_text").in_bulk(row.last_report_id for row in projects)
    return [_silent(row, reports[row.last_report_id], row, reader) for row in projects]


def silent_and_largest(
    reader: Reader, scope: Scope, silent: int, largest: int
) -> tuple[list[Silent], list[Project]]:
    """The longest silent projects, and those to which most is promised; one query for both.

    For a plain reader, and a scope without a group, of which what is stored says nothing. The
    largest stand in the order of their table; `promised_parts` of none is 0.
    """
    rows = judged(known(KnownProject, reader, scope), reader)
    by_silence = rows.filter(silent=True).order_by("last_reported_latest", "project")
    by_promise = rows.filter(promised_parts__gt=0).order_by(
        F("promised_low").desc(nulls_last=True),
        F("promised_high").desc(nulls_last=True),
        "-project",
    )
    found = list(firsts(_with_report(rows), (by_silence, silent), (by_promise, largest)))
    quiet = sorted((one for one in found if one.silent), key=_silent_first)
    promised = sorted((one for one in found if one.promised_parts), key=_larger_first, reverse=True)
    return (
        [_silent(one.project, one.last_report, one, reader) for one in quiet[:silent]],
        [one.project for one in promised[:largest]],
    )


def _with_report(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("project", "last_report").defer("last_report__full_text")


def _silent_first(one: Any) -> tuple[date, int]:
    return one.last_reported_latest, one.project_id


def _larger_first(one: Any) -> tuple[int, int, int]:
    bounds = (one.promised_low, one.promised_high)
    low, high = (-1 if bound is None else bound for bound in bounds)
    return low, high, one.project_id


def _silent(project: Project, report: Source, reported: Any, reader: Reader) -> Silent:
    return Silent(project, report, months_since(reported.last_reported_latest, reader.day))


def _rows(found: list[Any], reader: Reader, promised: Mapping[int, Line]) -> list[ProjectRow]:
    """Projects with the statements that decide their stages and their last reports."""
    deciding, reports = _behind(found, reader)
    return [
        ProjectRow(
            project=row,
            stage_statement=deciding.get(row.stage_statement_id),
            promised=promised.get(row.pk),
            last_report=reports.get(row.last_report_id),
            months_since_report=months_since_report(row, reader),
        )
        for row in found
    ]


def _behind(
    found: list[Any], reader: Reader
) -> tuple[dict[int | None, MilestoneDate], dict[int | None, Source]]:
    """What decides the stages of projects and what reported on them last, by their ids."""
    if not reader.stored(MILESTONE_DATE):
        return dates_and_reports(
            (row.stage_statement_id for row in found), (row.last_report_id for row in found)
        )
    rows = KnownProject.objects.filter(known_then(reader), project__in=found)
    statement = "stage_statement"
    rows = rows.select_related(f"{statement}__source", f"{statement}__milestone", "last_report")
    rows = rows.defer(f"{statement}__source__full_text", "last_report__full_text")
    stretches: list[Any] = list(rows)
    return (
        {one.stage_statement_id: one.stage_statement for one in stretches if one.stage_statement},
        {one.last_report_id: one.last_report for one in stretches if one.last_report},
    )


def months_since_report(project: Any, reader: Reader) -> int | None:
    """How many whole months the last report on a project (from `progress`) is old."""
    reported: date | None = project.last_reported_latest
    return None if reported is None else months_since(reported, reader.day)


@dataclass(frozen=True)
class StageCount:
    """How many projects are at a stage."""

    stage: str
    label: str
    count: int


@dataclass(frozen=True)
class PortfolioCounts:
    """How many projects there are, by stage, and how many are overdue or silent."""

    projects: int
    by_stage: tuple[StageCount, ...]
    overdue: int
    silent: int
    oldest_report: date | None
    without_investment: int
    """Of how many no investment is stated at all."""
    promised: int
    """To how many anything is promised that enters the headline."""


def portfolio_counts(reader: Reader, scope: Scope) -> PortfolioCounts:
    """Count the projects of the scope; one query, once a page."""
    return once("portfolio counts", reader, scope, lambda: _counted(reader, scope))


def _counted(reader: Reader, scope: Scope) -> PortfolioCounts:
    stored = reader.stored(*COUNTED_BY)
    rows = (
        judged(known(KnownProject, reader, scope), reader)
        if stored
        else with_promised(progress(reader, scope), reader, scope)
    )
    stages: dict[str, int] = {}
    overdue = silent = without = promised = 0
    silent_days = []
    counted = rows.order_by().values("stage", "overdue", "silent", "investment_stated")
    # Not by the id of what is known, which the index that holds all else does not.
    number = "project" if stored else "pk"
    counts = {"count": Count("*"), "promised": Count(number, filter=Q(promised_parts__gt=0))}
    for row in counted.annotate(**counts, oldest=Min("last_reported_latest")):
        stages[row["stage"]] = stages.get(row["stage"], 0) + row["count"]
        overdue += row["count"] if row["overdue"] else 0
        promised += row["promised"]
        without += 0 if row["investment_stated"] else row["count"]
        if row["silent"]:
            silent += row["count"]
            silent_days.append(row["oldest"])
    return PortfolioCounts(
        projects=sum(stages.values()),
        by_stage=tuple(
            StageCount(stage.value, str(stage.label), stages[stage.value])
            for stage in Stage
            if stage.value in stages
        ),
        overdue=overdue,
        silent=silent,
        oldest_report=min(silent_days, default=None),
        without_investment=without,
        promised=promised,
    )
