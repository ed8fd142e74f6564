"""The overview: the four answers of the first screen, and what stands behind each."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from projects.models import Investment
from projects.reports.delivery import StateCount, Step, overdue, steps
from projects.reports.due import MOST, Due, coming, count_states, due_by_responsible
from projects.reports.funding import Funding, funding
from projects.reports.money import Bar, Way, promised_by
from projects.reports.performance import Performance, TargetResult, indicators, performances
from projects.reports.portfolio import (
    PortfolioCounts,
    Silent,
    longest_silent,
    portfolio_counts,
)
from projects.reports.provenance import count_disagreements
from projects.reports.scope import narrow
from projects.values.readers import Reader
from projects.values.scopes import Scope

SHOWN = 6
"""How many overdue milestones and silent projects the first screen lists."""

BARS = 5
"""How many projects have a bar of their own there."""

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
    silent: tuple[Silent, ...]
    disagreements: int

    @property
    def by_state(self) -> dict[str, StateCount]:
        """How many milestones are in each state, by its code."""
        return {count.state: count for count in self.states}

    @property
    def results(self) -> tuple[TargetResult, ...]:
        """Every target with its verdict, the last period first."""
        found = [result for one in self.performances for result in one.targets]
        return tuple(sorted(found, key=_period, reverse=True))

    @property
    def decided(self) -> tuple[TargetResult, ...]:
        """The targets on which a verdict fell, the last period first."""
        return tuple(one for one in self.results if one.verdict.outcome != OUTCOMES[-1])

    @property
    def verdicts(self) -> dict[str, int]:
        """How many targets are met, missed and not decided."""
        counts = Counter(str(result.verdict.outcome) for result in self.results)
        return {outcome: counts[outcome] for outcome in OUTCOMES}


def overview(reader: Reader, scope: Scope) -> Overview:
    """The first screen of a scope; the same number of queries however much there is."""
    investments = narrow(Investment.objects.all(), scope, reader)
    measured = indicators(reader, scope).filter(place__isnull=False, targets__isnull=False)
    # The narrower of two that are easily mistaken goes first: it is the one that targets name.
    measured = measured.distinct().order_by(F("wider").asc(nulls_last=True), "pk")
    counts = portfolio_counts(reader, scope)
    states, due_count = count_states(reader, scope)
    late, soon = list(overdue(reader, scope)[:SHOWN]), list(coming(reader, scope)[:MOST])
    dated = steps([*late, *soon], reader)
    return Overview(
        counts=counts,
        funding=funding(investments, reader, scope.organizations),
        bars=promised_by(Way.PROJECT, investments, reader, scope.organizations, BARS),
        without_investment=counts.without_investment,
        states=states,
        overdue=tuple(dated[: len(late)]),
        due=due_by_responsible(dated[len(late) :], reader),
        due_count=due_count,
        performances=tuple(performances(measured, reader)),
        silent=tuple(longest_silent(reader, scope, SHOWN)),
        disagreements=count_disagreements(reader, scope),
    )


def _period(result: TargetResult) -> date:
    return result.target.period_latest or date.min
