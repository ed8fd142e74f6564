"""The portfolio: projects with their stage, promises, last report and silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from projects.models import (
    Agreement,
    Investment,
    Milestone,
    MilestoneDate,
    Observation,
    Participation,
    Place,
    Project,
    Sector,
    Source,
    Stage,
    Target,
)
from projects.models.investments import HEADLINE
from projects.models.milestones import stage_statement
from projects.reports.delivery import stage_statements
from projects.reports.funding import Line, promised_by_project
from projects.reports.scope import narrow
from projects.reports.visible import linked, visible
from projects.values.delivery import months_since, silent_up_to
from projects.values.readers import Reader
from projects.values.scopes import Scope

NEVER_SILENT = (Stage.CANCELLED, Stage.AT_CAPACITY)


def portfolio(reader: Reader, scope: Scope) -> QuerySet[Any]:
    """The projects of the scope that are there, with everything that is derived of them."""
    stated = Investment.objects.out(reader).filter(project=OuterRef("pk"))
    derived = with_promised(progress(reader, scope), reader, scope)
    rows: QuerySet[Any] = derived.annotate(investment_stated=Exists(stated))
    return rows


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


def with_stage(projects: QuerySet[Project], reader: Reader) -> QuerySet[Any]:
    """Annotate `stage`, since when (`stage_since` and its days), and `overdue`."""
    deciding = MilestoneDate.objects.filter(pk=OuterRef("stage_statement_id"))
    late = Milestone.objects.late_unless_cancelled(reader).filter(project=OuterRef("pk"))
    return (
        projects.annotate(
            stage_statement_id=stage_statement(reader, "pk", "agreement"),
        )
        .annotate(
            stage=Coalesce(
                Subquery(deciding.values("milestone__kind")), Value(Stage.NOT_STATED.value)
            ),
            stage_since=Coalesce(Subquery(deciding.values("date")), Value("")),
            stage_since_earliest=Subquery(deciding.values("date_earliest")),
            stage_since_latest=Subquery(deciding.values("date_latest")),
        )
        .annotate(
            overdue=Case(
                When(stage=Stage.CANCELLED, then=Value(False)),
                When(Exists(late), then=Value(True)),
                default=Value(False),
            )
        )
    )


def with_last_report(projects: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    """Annotate the newest publication that states anything about the project itself.

    `last_report_id`, `last_reported` (EDTF, empty where there is none), `last_reported_latest`, and
    `silent`: nothing for so many months, unless it is cancelled or at capacity. Needs `stage`.
    """
    newest = _reports_on_project(reader)
    derived: QuerySet[Any] = projects.annotate(
        last_report_id=Subquery(newest.values("pk")[:1]),
        last_reported=Coalesce(Subquery(newest.values("published")[:1]), Value("")),
        last_reported_latest=Subquery(newest.values("published_latest")[:1]),
    ).annotate(
        silent=Case(
            When(stage__in=NEVER_SILENT, then=Value(False)),
            When(
                last_reported_latest__lte=silent_up_to(reader.day, settings.SILENCE_MONTHS),
                then=Value(True),
            ),
            default=Value(False),
            output_field=BooleanField(),
        )
    )
    return derived


def _reports_on_project(reader: Reader) -> QuerySet[Source]:
    """The publications that state anything about an outer row's project, the newest first."""
    of_source = {"source": OuterRef("pk")}
    project = OuterRef(OuterRef("pk"))
    return (
        Source.objects.out(reader)
        .filter(
            Exists(Participation.objects.filter(**of_source, project=project))
            | Exists(Investment.objects.filter(**of_source, project=project))
            | Exists(MilestoneDate.objects.filter(**of_source, milestone__project=project))
            | Exists(Target.objects.filter(**of_source, indicator__project=project))
            | Exists(Observation.objects.filter(**of_source, indicator__project=project))
        )
        .newest_first()
    )


def with_promised(projects: QuerySet[Any], reader: Reader, scope: Scope) -> QuerySet[Any]:
    """Annotate the bounds of the headline of each project, to sort by: `promised_low`, `_high`.

    The exact total, with what is open, vague or not stated, is `promised_by_project`.
    """
    unit, per, _paid = HEADLINE
    mine = narrow(Investment.objects.all(), Scope(organizations=scope.organizations), reader)
    of_project = (
        mine.counted(reader, scope.organizations)
        .promised()
        .filter(project=OuterRef("pk"), unit=unit, per=per)
        .order_by()
        .values("project")
    )
    derived: QuerySet[Any] = projects.annotate(
        promised_low=Subquery(of_project.annotate(bound=Sum("amount_low")).values("bound")),
        promised_high=Subquery(of_project.annotate(bound=Sum("amount_high")).values("bound")),
    )
    return derived


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
    rows = progress(reader, scope).order_by().values("stage", "overdue", "silent")
    stages: dict[str, int] = {}
    overdue = silent = 0
    silent_days = []
    for row in rows.annotate(count=Count("pk"), oldest=Min("last_reported_latest")):
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
