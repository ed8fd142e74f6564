"""How far projects are, and what is reported and promised of them.

What is stored answers readers who prefer no statement on which it rests. For those who do it is
chosen when it is asked: that is the definition, by which what is stored is proved.
"""

from typing import Any

from django.conf import settings
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Field,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce

from projects.models import (
    Investment,
    Milestone,
    MilestoneDate,
    Observation,
    Participation,
    Project,
    Source,
    Stage,
    Target,
)
from projects.models.investments import COUNTED_BY, HEADLINE
from projects.models.milestones import stage_statement, touched
from projects.models.stretches import THEN, Chosen, known_as, whether, with_known
from projects.reports.scope import narrow
from projects.values.delivery import silent_up_to
from projects.values.readers import MILESTONE_DATE, Reader
from projects.values.scopes import Scope

_STAGE: "dict[str, Field[Any, Any]]" = {
    "stage_statement_id": BigIntegerField(),
    "stage": CharField(),
    "stage_since": TextField(),
    "stage_since_earliest": DateField(),
    "stage_since_latest": DateField(),
}
"""The columns of a project that rest on dates of milestones."""

_PROMISED: "dict[str, Field[Any, Any]]" = {
    "promised_low": BigIntegerField(),
    "promised_high": BigIntegerField(),
    "promised_parts": IntegerField(),
}
"""The columns of a project that rest on which investments count."""

NEVER_SILENT = (Stage.CANCELLED, Stage.AT_CAPACITY)


def with_stage(projects: QuerySet[Project], reader: Reader) -> QuerySet[Any]:
    """Annotate `stage`, since when (`stage_since` and its days), and `overdue`."""
    if reader.stored():
        projects = with_known(projects, reader)
    if reader.stored(MILESTONE_DATE):
        rows: QuerySet[Any] = _known(projects, *_STAGE).annotate(overdue=_overdue(reader, THEN))
        return rows
    if reader.stored():
        return STAGES.annotate(projects, reader)
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
        .annotate(overdue=whether(~Q(stage=Stage.CANCELLED) & Q(Exists(late))))
    )


def with_last_report(projects: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    """Annotate the newest publication that states anything about the project itself.

    `last_report_id`, `last_reported` (EDTF, empty where there is none), `last_reported_latest`, and
    `silent`: nothing for so many months, unless it is cancelled or at capacity. Needs `stage`.
    """
    if reader.stored():
        names = ("last_report_id", "last_reported", "last_reported_latest")
        known = THEN if reader.stored(MILESTONE_DATE) else ""
        rows: QuerySet[Any] = _known(projects, *names).annotate(silent=_silent(reader, known))
        return rows
    newest = _reports_on_project(reader)
    derived: QuerySet[Any] = projects.annotate(
        last_report_id=Subquery(newest.values("pk")[:1]),
        last_reported=Coalesce(Subquery(newest.values("published")[:1]), Value("")),
        last_reported_latest=Subquery(newest.values("published_latest")[:1]),
    ).annotate(silent=_silent(reader))
    return derived


def with_promised(projects: QuerySet[Any], reader: Reader, scope: Scope) -> QuerySet[Any]:
    """Annotate whether any investment is stated, and the bounds and parts of each one's headline.

    These, `promised_low` and `promised_high`, are to sort by, `promised_parts` to count by. The
    exact total, with what is open, vague or not stated, is `promised_by_project`. Needs `stage`.
    """
    if reader.stored():
        projects = _known(projects, "investment_stated")
    else:
        stated = Investment.objects.out(reader).filter(project=OuterRef("pk"))
        projects = projects.annotate(investment_stated=Exists(stated))
    if reader.stored(*COUNTED_BY) and scope.organizations is None:
        rows: QuerySet[Any] = _known(projects, *_PROMISED)
        return rows
    if reader.stored() and scope.organizations is None:
        return PROMISES.annotate(projects, reader)
    mine = narrow(Investment.objects.all(), Scope(organizations=scope.organizations), reader)
    of_project = (
        mine.counted(reader, scope.organizations)
        .of_line(*HEADLINE)
        .filter(project=OuterRef("pk"))
        .order_by()
        .values("project")
    )
    derived: QuerySet[Any] = projects.annotate(
        promised_low=Subquery(of_project.annotate(bound=Sum("amount_low")).values("bound")),
        promised_high=Subquery(of_project.annotate(bound=Sum("amount_high")).values("bound")),
        promised_parts=Coalesce(
            Subquery(of_project.annotate(count=Count("pk")).values("count")), Value(0)
        ),
    )
    return derived


def _known_stages(reader: Reader) -> "dict[str, ExpressionWrapper[Any]]":
    overdue = ExpressionWrapper(_overdue(reader, THEN), output_field=BooleanField())
    return {**known_as(_STAGE), "overdue": overdue}


def _touched_stages(reader: Reader) -> tuple[QuerySet[Any], QuerySet[Any]]:
    few = Project.objects.filter(touched(reader).of_projects)
    return with_known(few, reader), with_stage(few, reader.by_definition)


def _touched_promises(reader: Reader) -> tuple[QuerySet[Any], QuerySet[Any]]:
    preferred = Investment.objects.filter(Investment.objects.in_preferred_groups(reader))
    theirs = preferred.filter(project__isnull=False).order_by().values("project")
    few = Project.objects.filter(touched(reader).of_projects | Q(pk__in=theirs))
    definition = reader.by_definition
    return with_known(few, reader), with_promised(with_stage(few, definition), definition, Scope())


STAGES = Chosen("stages", (MILESTONE_DATE,), _known_stages, _touched_stages)
PROMISES = Chosen("promises", COUNTED_BY, lambda reader: known_as(_PROMISED), _touched_promises)


def judged(known: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    """Annotate what is known of projects with `overdue` and `silent` on the reader's day."""
    rows: QuerySet[Any] = known.annotate(overdue=_overdue(reader), silent=_silent(reader))
    return rows


def _known(projects: QuerySet[Any], *names: str) -> Any:
    """Annotate these columns of what is known, which is joined already."""
    return projects.annotate(**{name: F(f"{THEN}{name}") for name in names})


def _overdue(reader: Reader, known: str = "") -> Any:
    return whether(Q(**{f"{known}late_from__lte": reader.day}))


def _silent(reader: Reader, known: str = "") -> Any:
    last = silent_up_to(reader.day, settings.SILENCE_MONTHS)
    return whether(
        Q(**{f"{known}last_reported_latest__lte": last}) & ~Q(**{f"{known}stage__in": NEVER_SILENT})
    )


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
