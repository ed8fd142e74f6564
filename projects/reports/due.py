"""Due: the milestones that fall due soon, by the organizations that answer for them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from projects.models import (
    AgreementParty,
    Milestone,
    MilestoneState,
    Organization,
    Participation,
)
from projects.models.stretches import whether
from projects.models.together import together
from projects.reports.delivery import (
    StateCount,
    Step,
    counts_of,
    milestones,
    open_steps,
    overdue,
    split_by_state,
    standing_dates,
    with_dates,
)
from projects.reports.firsts import firsts
from projects.values.readers import Reader
from projects.values.scopes import Scope

SOON = timedelta(days=90)
"""How far ahead what falls due is listed."""

AHEAD = (MilestoneState.POSSIBLY_DUE, MilestoneState.SCHEDULED)
"""The states of what may fall due still."""

MOST = 12
"""How many of them the first screen lists, the first due first."""


Said = Participation | AgreementParty


@dataclass(frozen=True)
class DueStep:
    """A milestone that falls due, and the statements that say who answers for it.

    Where nobody is stated to, these are the ones that say who takes part, or who signed.
    """

    step: Step
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Due:
    """What falls due of the same responsible organizations, or of none: nobody is stated."""

    responsible: tuple[Organization, ...]
    steps: tuple[DueStep, ...]


def with_due_soon(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    """Annotate `due_soon`: whether the dates at which it may fall due reach into the next days.

    For milestones from `milestones`. What is overdue is not among them.
    """
    derived: QuerySet[Any] = rows.annotate(
        due_soon=whether(Q(state__in=AHEAD) & _begins_soon(reader))
    )
    return derived


def _begins_soon(reader: Reader) -> Q:
    """Whether the dates at which it may fall due begin by the last of the next days."""
    return Q(due_earliest__isnull=True) | Q(due_earliest__lte=_last_day(reader))


def late_and_soon(
    reader: Reader, scope: Scope, late: int, soon: int
) -> tuple[list[Milestone], list[Milestone]]:
    """The overdue milestones of the scope, and those that fall due soon; one query for both.

    The first due first, at most so many of each; an open end comes last.
    """
    coming = with_due_soon(open_steps(milestones(reader, scope), reader), reader)
    coming = coming.filter(due_soon=True).order_by("due_latest", "due_earliest", "pk")
    # Nothing else has an open end and is due soon; said so, there is an index for it.
    open_ends = coming.filter(due_latest__isnull=True, due_earliest__lte=_last_day(reader))
    found: list[Any] = list(
        firsts(
            milestones(reader, scope),
            (overdue(reader, scope), late),
            # Apart: together, no index would serve their order.
            (coming.filter(due_latest__gte=reader.day), soon),
            (open_ends.order_by("due_earliest", "pk"), soon),
        )
    )
    over = [row for row in found if row.state == MilestoneState.OVERDUE]
    over.sort(key=lambda row: (row.due_latest, row.pk))
    ahead = [row for row in found if row.state != MilestoneState.OVERDUE]
    ahead.sort(key=_first_due_first)
    return over[:late], ahead[:soon]


def _first_due_first(row: Any) -> tuple[date, date, int]:
    return row.due_latest or date.max, row.due_earliest or date.min, row.pk


def count_states(reader: Reader, scope: Scope) -> tuple[tuple[StateCount, ...], int]:
    """How many milestones of the scope are in each state, and how many fall due soon; one query."""
    states = Counter[str]()
    soon = 0
    for row in split_by_state(reader, scope, begins_soon=whether(_begins_soon(reader))):
        states[row["state"]] += row["count"]
        soon += row["count"] if row["begins_soon"] and row["state"] in AHEAD else 0
    return counts_of(states), soon


def steps_and_due(
    late: list[Milestone], soon: list[Milestone], reader: Reader
) -> tuple[list[Step], tuple[Due, ...]]:
    """What is overdue, and what falls due by who answers for it, as `late_and_soon` found them.

    One query. Who answers is who stands as the *responsible* body of the project. Several answer
    together, under a heading of their own, and where nobody is stated those who take part are
    named beside.
    """
    dates, taking_part, signed = together(
        standing_dates([*late, *soon], reader),
        _said_of("project", Participation, soon, reader),
        _said_of("agreement", AgreementParty, soon, reader),
    )
    said: dict[tuple[str, int | None], list[Said]] = defaultdict(list)
    for one in taking_part:
        said["project", one.project_id].append(one)
    for one in signed:
        said["agreement", one.agreement_id].append(one)
    groups: dict[tuple[Organization, ...], list[DueStep]] = defaultdict(list)
    for step in with_dates(soon, dates, reader):
        there = said["project", step.milestone.project_id]
        answering = tuple(one for one in there if one.role == Participation.Role.RESPONSIBLE)
        others = (*there, *said["agreement", step.milestone.agreement_id])
        responsible = {one.organization_id: one.organization for one in answering}
        bodies = tuple(responsible[pk] for pk in sorted(responsible))
        groups[bodies].append(DueStep(step, answering or others))
    due = (Due(one, tuple(groups[one])) for one in sorted(groups, key=lambda one: not one))
    return with_dates(late, dates, reader), tuple(due)


def _said_of(
    subject: str, kind: type[Said], found: list[Milestone], reader: Reader
) -> QuerySet[Any]:
    """Who takes part in the projects, or has signed the agreements, whose steps these are."""
    # No row has the id 0; with it the same is asked where nothing is due.
    ids = {getattr(milestone, f"{subject}_id") or 0 for milestone in found} | {0}
    rows: Any = kind.objects.standing(reader).filter(**{f"{subject}__in": ids})
    read: QuerySet[Any] = rows.select_related("organization", "source")
    return read.defer("source__full_text")


def _last_day(reader: Reader) -> date:
    """The last of the next days; the calendar's own end where it comes first."""
    return reader.day + min(SOON, date.max - reader.day)
