"""The overview: the four answers of the first screen, and what stands behind each."""

from dataclasses import dataclass

from projects.models import Investment
from projects.models.investments import COUNTED_BY
from projects.reports.delivery import StateCount, Step
from projects.reports.due import MOST, Due, count_states, late_and_soon, steps_and_due
from projects.reports.funding import Funding, funding_of, summed
from projects.reports.largest import headline_of, promised_to_largest
from projects.reports.money import Bar, Way, promised_by
from projects.reports.portfolio import (
    PortfolioCounts,
    Silent,
    longest_silent,
    portfolio_counts,
    silent_and_largest,
)
from projects.reports.provenance import count_disagreements
from projects.reports.scope import narrow
from projects.reports.targets import Targets, targets_of_places
from projects.values.readers import Reader
from projects.values.scopes import Scope

SHOWN = 6
"""How many overdue milestones and silent projects the first screen lists."""

BARS = 5
"""How many projects have a bar of their own there."""


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
    targets: Targets
    silent: tuple[Silent, ...]
    disagreements: int

    @property
    def by_state(self) -> dict[str, StateCount]:
        """How many milestones are in each state, by its code."""
        return {count.state: count for count in self.states}


def overview(reader: Reader, scope: Scope) -> Overview:
    """The first screen of a scope; the same number of queries however much there is."""
    investments = narrow(Investment.objects.all(), scope, reader)
    counts = portfolio_counts(reader, scope)
    states, due_count = count_states(reader, scope)
    late, soon = late_and_soon(reader, scope, SHOWN, MOST)
    over, due = steps_and_due(late, soon, reader)
    sums = summed(investments, reader, scope.organizations)
    if reader.stored(*COUNTED_BY) and scope.organizations is None:
        silent, largest = silent_and_largest(reader, scope, SHOWN, BARS)
        own = headline_of([one.pk for one in largest], investments, reader)
        bars = promised_to_largest(sums, own, counts.promised)
    else:
        silent = longest_silent(reader, scope, SHOWN)
        bars = promised_by(Way.PROJECT, investments, reader, scope.organizations, BARS)
    return Overview(
        counts=counts,
        funding=funding_of(sums),
        bars=bars,
        without_investment=counts.without_investment,
        states=states,
        overdue=tuple(over),
        due=due,
        due_count=due_count,
        targets=targets_of_places(reader, scope),
        silent=tuple(silent),
        disagreements=count_disagreements(reader, scope),
    )
