"""How far projects are, and what is reported and promised of them.

What is stored answers readers who prefer no statement on which it rests. For those who do it is
chosen when it is asked: that is the definition, by which what is stored is proved.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import (
    Count,
    Exists,
    F,
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
from projects.models.milestones import stage_statement, touched_projects
from projects.models.stretches import THEN, chosen_or_known, whether, with_known
from projects.reports.scope import narrow
from projects.values.delivery import silent_up_to
from projects.values.readers import MILESTONE_DATE, Reader
from projects.values.scopes import Scope

NEVER_SILENT = (Stage.CANCELLED, Stage.AT_CAPACITY)


def with_stage(projects: QuerySet[Project], reader: Reader) -> QuerySet[Any]:
    """Annotate `stage`, since when (`stage_since` and its days), and `overdue`."""
    if reader.stored():
        projects = with_known(projects, reader)
    if reader.stored(MILESTONE_DATE):
        since = ("stage_since", "stage_since_earliest", "stage_since_latest")
        known = _known(projects, "stage_statement_id", "stage", *since)
        rows: QuerySet[Any] = known.annotate(overdue=_overdue(reader, THEN))
        return rows
    either = partial(chosen_or_known, reader, Q(pk__in=touched_projects(reader)))
    deciding = MilestoneDate.objects.filter(pk=OuterRef("stage_statement_id"))
    kind = Coalesce(Subquery(deciding.values("milestone__kind")), Value(Stage.NOT_STATED.value))
    words = Coalesce(Subquery(deciding.values("date")), Value(""))
    earliest, latest = (Subquery(deciding.values(f"date_{end}")) for end in ("earliest", "latest"))
    late = Milestone.objects.late_unless_cancelled(reader).filter(project=OuterRef("pk"))
    if reader.stored():
        # Said again for PostgreSQL, which may look for all that are late before it asks for one.
        late = late.filter(project__in=touched_projects(reader))
    overdue = whether(~Q(stage=Stage.CANCELLED) & Q(Exists(late)))
    decided = either(stage_statement(reader, "pk", "agreement"), F(f"{THEN}stage_statement_id"))
    chosen: QuerySet[Any] = (
        projects.annotate(stage_statement_id=decided)
        .annotate(
            stage=either(kind, F(f"{THEN}stage")),
            stage_since=either(words, F(f"{THEN}stage_since"), TextField()),
            stage_since_earliest=either(earliest, F(f"{THEN}stage_since_earliest")),
            stage_since_latest=either(latest, F(f"{THEN}stage_since_latest")),
        )
        .annotate(overdue=either(overdue, _overdue(reader, THEN)))
    )
    return chosen


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
    bounds = ("promised_low", "promised_high", "promised_parts")
    if reader.stored():
        projects = _known(projects, "investment_stated")
    else:
        stated = Investment.objects.out(reader).filter(project=OuterRef("pk"))
        projects = projects.annotate(investment_stated=Exists(stated))
    if reader.stored(*COUNTED_BY) and scope.organizations is None:
        rows: QuerySet[Any] = _known(projects, *bounds)
        return rows
    either = _chosen_promises(reader, scope)
    mine = narrow(Investment.objects.all(), Scope(organizations=scope.organizations), reader)
    of_project = (
        mine.counted(reader, scope.organizations)
        .of_line(*HEADLINE)
        .filter(project=OuterRef("pk"))
        .order_by()
        .values("project")
    )
    low = Subquery(of_project.annotate(bound=Sum("amount_low")).values("bound"))
    high = Subquery(of_project.annotate(bound=Sum("amount_high")).values("bound"))
    parts = Subquery(of_project.annotate(count=Count("pk")).values("count"))
    derived: QuerySet[Any] = projects.annotate(
        promised_low=either(low, F(f"{THEN}promised_low")),
        promised_high=either(high, F(f"{THEN}promised_high")),
        promised_parts=either(
            Coalesce(parts, Value(0)), F(f"{THEN}promised_parts"), IntegerField()
        ),
    )
    return derived


def _chosen_promises(reader: Reader, scope: Scope) -> Callable[..., Any]:
    """What gives a bound as chosen or as known; what is stored says nothing of groups."""
    if scope.organizations is not None:
        return lambda chosen, *_known: chosen
    groups = Investment.objects.preferred_groups(reader)
    preferred = Investment.objects.filter(Q(pk__in=groups) | Q(restates__in=groups))
    preferred = preferred.filter(project__isnull=False).order_by()
    touched = Q(pk__in=touched_projects(reader)) | Q(pk__in=preferred.values("project"))
    return partial(chosen_or_known, reader, touched)


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
