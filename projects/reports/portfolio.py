"""The portfolio: projects with their stage, promises, last report and silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, QuerySet, prefetch_related_objects

from projects.models import (
    Agreement,
    KnownProject,
    MilestoneDate,
    Place,
    Project,
    Sector,
    Source,
    Stage,
)
from projects.reports.delivery import stage_statements
from projects.reports.funding import Line, promised_by_project
from projects.reports.known import known
from projects.reports.progress import judged, with_last_report, with_promised, with_stage
from projects.reports.scope import narrow
from projects.reports.visible import linked, visible
from projects.values.delivery import months_since
from projects.values.readers import Reader
from projects.values.scopes import Scope


def portfolio(reader: Reader, scope: Scope) -> QuerySet[Any]:
    """The projects of the scope that are there, with everything that is derived of them."""
    return with_promised(progress(reader, scope), reader, scope)


def progress(reader: Reader, scope: Scope) -> QuerySet[Any]:
    """The projects of the scope that are there, with their stage and last report."""
    projects = narrow(visible(Project.objects.all(), reader), scope, reader)
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
    """Projects (from `portfolio`) with the statements behind them; five queries more."""
    found: list[Any] = list(projects)
    ends = {"places": Place, "sectors": Sector, "agreement": Agreement}
    for name, entity in ends.items():
        prefetch_related_objects(found, linked(name, entity._default_manager.all(), reader))
    deciding = stage_statements(found)
    promised = promised_by_project([row.pk for row in found], reader, scope.organizations)
    last = {row.last_report_id for row in found} - {None}
    reports = Source.objects.defer("full_text").in_bulk(last)
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


def portfolio_counts(reader: Reader, scope: Scope) -> PortfolioCounts:
    """Count the projects of the scope; one query."""
    rows = (
        judged(known(KnownProject, reader, scope), reader)
        if reader.plain
        else progress(reader, scope)
    )
    stages: dict[str, int] = {}
    overdue = silent = 0
    silent_days = []
    counted = rows.order_by().values("stage", "overdue", "silent")
    for row in counted.annotate(count=Count("*"), oldest=Min("last_reported_latest")):
        stages[row["stage"]] = stages.get(row["stage"], 0) + row["count"]
        overdue += row["count"] if row["overdue"] else 0
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
    )
