"""The overview: the four answers of the first screen, and what stands behind each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from projects.models import Investment, MilestoneState
from projects.reports.delivery import StateCount, Step, milestones, state_counts, steps
from projects.reports.due import MOST, Due, coming, due_by_responsible
from projects.reports.funding import Funding, funding, projects_without_investment
from projects.reports.money import Bar, Way, promised_by
from projects.reports.performance import Performance, TargetResult, indicators, performances
from projects.reports.portfolio import (
    PortfolioCounts,
    ProjectRow,
    portfolio_counts,
    progress,
    project_rows,
)
from projects.reports.provenance import count_disagreements
from projects.reports.scope import narrow
from projects.values.readers import Reader
from projects.values.scopes import Scope

SHOWN = 6
"""How many overdue milestones and silent projects the first screen lists."""

BARS = 5
"""How many projects have a bar of their own there."""

MEASURED = 4
"""How many indicators stand there with their targets."""

DECIDED = 3
"""How many targets on which a verdict fell are named."""

OUTCOMES = ("met", "missed", "not_decided")


@dataclass(frozen=True)
class Overview:
    """What is promised, what was reached and is overdue, which targets are met, what is silent."""

    counts: PortfolioCounts
    funding: Funding
    bars: tuple[Bar, ...]
    without_investment: int
    states: tuple[StateCount, ...]
    overdue: tuple[Step, ...]
    due: tuple[Due, ...]
    due_count: int
    performances: tuple[Performance, ...]
    measured: int
    """How many indicators have targets; the first of them are in `performances`."""
    verdicts: dict[str, int]
    """How many targets are met, missed and not decided."""
    decided: tuple[TargetResult, ...]
    """The targets on which a verdict fell last."""
    silent: tuple[ProjectRow, ...]
    disagreements: int

    @property
    def by_state(self) -> dict[str, StateCount]:
        """How many milestones are in each state, by its code."""
        return {count.state: count for count in self.states}


def overview(reader: Reader, scope: Scope) -> Overview:
    """The first screen of a scope; the same number of queries however much there is."""
    investments = narrow(Investment.objects.all(), scope, reader)
    overdue = milestones(reader, scope).filter(state=MilestoneState.OVERDUE)
    due = coming(reader, scope)
    silent = progress(reader, scope).filter(silent=True).order_by("last_reported_latest", "pk")
    measured = indicators(reader, scope).filter(place__isnull=False, targets__isnull=False)
    # The narrower of two that are easily mistaken goes first: it is the one that targets name.
    measured = measured.distinct().order_by(F("wider").asc(nulls_last=True), "pk")
    judged = performances(measured, reader)
    results = [result for one in judged for result in one.targets]
    return Overview(
        counts=portfolio_counts(reader, scope),
        funding=funding(investments, reader, scope.organizations),
        bars=promised_by(Way.PROJECT, investments, reader, scope.organizations, BARS),
        without_investment=projects_without_investment(reader, scope).count(),
        states=state_counts(reader, scope),
        overdue=tuple(steps(overdue.order_by("due_latest", "pk")[:SHOWN], reader)),
        due=due_by_responsible(due[:MOST], reader),
        due_count=due.count(),
        performances=tuple(judged[:MEASURED]),
        measured=len(judged),
        verdicts=_verdicts(results),
        decided=_decided(results),
        silent=tuple(project_rows(silent[:SHOWN], reader, scope)),
        disagreements=count_disagreements(reader, scope),
    )


def _verdicts(results: Iterable[TargetResult]) -> dict[str, int]:
    counts = Counter(str(result.verdict.outcome) for result in results)
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def _decided(results: Iterable[TargetResult]) -> tuple[TargetResult, ...]:
    """Those on which a verdict fell, the last period first."""
    decided = [one for one in results if one.verdict.outcome != OUTCOMES[-1]]
    return tuple(sorted(decided, key=_period, reverse=True)[:DECIDED])


def _period(result: TargetResult) -> date:
    return result.target.period_latest or date.min
