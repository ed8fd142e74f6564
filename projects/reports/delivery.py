"""Delivery: what is due, reached and overdue."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from projects.models import (
    KnownMilestone,
    Milestone,
    MilestoneDate,
    MilestoneState,
    Side,
    Source,
)
from projects.models.milestones import state_on, states_on
from projects.models.stretches import THEN, whether
from projects.models.together import together
from projects.reports.known import known
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.values.readers import MILESTONE_DATE, Reader
from projects.values.scopes import Scope


def milestones(reader: Reader, scope: Scope) -> QuerySet[Any]:
    """The milestones of the scope that are there, with their state and dates."""
    rows = narrow(visible(Milestone.objects.all(), reader), scope, reader)
    return rows.with_state(reader).select_related("project", "agreement")


@dataclass(frozen=True)
class Step:
    """A milestone, where it stands, and the statements that say so."""

    milestone: Milestone
    state: str
    due: MilestoneDate | None
    reached: MilestoneDate | None
    not_yet: MilestoneDate | None
    overdue_days: int | None

    @property
    def state_label(self) -> str:
        """The state in the page's language."""
        return str(MilestoneState(self.state).label)


def steps(rows: Iterable[Milestone], reader: Reader) -> list[Step]:
    """Milestones (from `milestones`) with the statements that stand for them; one query more."""
    found = list(rows)
    return with_dates(found, standing_dates(found, reader), reader)


def standing_dates(found: Collection[Milestone], reader: Reader) -> QuerySet[MilestoneDate]:
    """The statements that stand for milestones, with their sources."""
    standing = MilestoneDate.objects.standing(reader).filter(milestone__in=found)
    return standing.select_related("source").defer("source__full_text")


def with_dates(
    found: Iterable[Milestone], dates: Iterable[MilestoneDate], reader: Reader
) -> list[Step]:
    """Milestones with the statements that stand for them, which were read already."""
    by_side = {(date.milestone_id, date.side): date for date in dates}
    return [_step(milestone, by_side, reader) for milestone in found]


def _step(
    milestone: Milestone, by_side: dict[tuple[int, str], MilestoneDate], reader: Reader
) -> Step:
    state = milestone.state
    due = by_side.get((milestone.pk, Side.DUE))
    overdue_days = None
    if state == MilestoneState.OVERDUE and due is not None and due.date_latest is not None:
        overdue_days = (reader.day - due.date_latest).days
    return Step(
        milestone=milestone,
        state=state,
        due=due,
        reached=by_side.get((milestone.pk, Side.REACHED)),
        not_yet=by_side.get((milestone.pk, Side.NOT_YET)),
        overdue_days=overdue_days,
    )


@dataclass(frozen=True)
class StateCount:
    """How many milestones are in a state."""

    state: str
    label: str
    count: int


def state_counts(reader: Reader, scope: Scope) -> tuple[StateCount, ...]:
    """Count the milestones of the scope by state, in the order of the states; one query."""
    counts = Counter[str]()
    for row in split_by_state(reader, scope):
        counts[row["state"]] += row["count"]
    return counts_of(counts)


def split_by_state(reader: Reader, scope: Scope, **by: Any) -> Iterator[Mapping[str, Any]]:
    """The `count` of milestones of the scope by `state` and by these columns; one query.

    A state may come several times. It is told from what is true or not, of which PostgreSQL knows
    that there are two; of a code that it works out it expects so many that it counts with one
    processor.
    """
    told = states_on(reader.day, Q(passed_over=True))
    columns = {f"is_{state}": whether(condition) for state, condition in told.items()}
    split = with_states(reader, scope).order_by().values(**columns, **by)
    for row in split.annotate(count=Count("*")):
        true = (state for state in told if row[f"is_{state}"])
        yield {**row, "state": next(true, MilestoneState.SCHEDULED)}


def with_states(reader: Reader, scope: Scope) -> QuerySet[Any]:
    """What tells the states of the milestones of the scope, to be counted."""
    if not reader.stored(MILESTONE_DATE):
        return milestones(reader, scope)
    rows = known(KnownMilestone, reader, scope)
    judged: QuerySet[Any] = rows.annotate(state=state_on(reader.day, Q(passed_over=True)))
    return judged


def counts_of(counts: Mapping[str, int]) -> tuple[StateCount, ...]:
    """Every state with its count, in their order."""
    return tuple(
        StateCount(state.value, str(state.label), counts.get(state.value, 0))
        for state in MilestoneState
    )


def overdue(reader: Reader, scope: Scope) -> QuerySet[Any]:
    """The overdue milestones of the scope, the first due first."""
    rows = milestones(reader, scope).filter(state=MilestoneState.OVERDUE)
    return open_steps(rows, reader).filter(due_latest__lt=reader.day).order_by("due_latest", "pk")


def open_steps(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    """Those neither reached nor passed over, in words for which there is an index."""
    rows = rows.filter(reached_statement_id__isnull=True)
    if not reader.stored(MILESTONE_DATE):
        return rows
    # By a name of its own: asked of the relation again, it would be joined a second time.
    named: QuerySet[Any] = rows.alias(step_passed_over=F(f"{THEN}passed_over"))
    return named.filter(step_passed_over=False)


def dates_and_reports(
    dates: Iterable[int | None], reports: Iterable[int | None]
) -> tuple[dict[int | None, MilestoneDate], dict[int | None, Source]]:
    """The dates that say where projects and milestones stand, and reports, by their ids; one query.

    The same whether there is any: no row has the id 0.
    """
    said = MilestoneDate.objects.select_related("source", "milestone")
    found = together(
        said.filter(pk__in={one or 0 for one in dates} | {0}).defer("source__full_text"),
        Source.objects.filter(pk__in={one or 0 for one in reports} | {0})
        .defer("full_text")
        .order_by(),
    )
    return {row.pk: row for row in found[0]}, {row.pk: row for row in found[1]}
