"""The overview: the four answers of the first screen."""

from dataclasses import dataclass

from django.db.models import F

from projects.models import Investment, MilestoneState
from projects.reports.delivery import StateCount, Step, milestones, state_counts, steps
from projects.reports.funding import Funding, funding, projects_without_investment
from projects.reports.performance import Performance, indicators, performances
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


@dataclass(frozen=True)
class Overview:
    """What is promised, what was reached and is overdue, which targets are met, what is silent."""

    counts: PortfolioCounts
    funding: Funding
    without_investment: int
    states: tuple[StateCount, ...]
    overdue: tuple[Step, ...]
    performances: tuple[Performance, ...]
    silent: tuple[ProjectRow, ...]
    disagreements: int


def overview(reader: Reader, scope: Scope) -> Overview:
    """The first screen of a scope; the same number of queries however much there is."""
    investments = narrow(Investment.objects.all(), scope, reader)
    overdue = milestones(reader, scope).filter(state=MilestoneState.OVERDUE)
    silent = progress(reader, scope).filter(silent=True).order_by("last_reported_latest", "pk")
    measured = indicators(reader, scope).filter(place__isnull=False, targets__isnull=False)
    # The narrower of two that are easily mistaken goes first: it is the one that targets name.
    measured = measured.distinct().order_by(F("wider").asc(nulls_last=True), "pk")
    return Overview(
        counts=portfolio_counts(reader, scope),
        funding=funding(investments, reader, scope.organizations),
        without_investment=projects_without_investment(reader, scope).count(),
        states=state_counts(reader, scope),
        overdue=tuple(steps(overdue.order_by("due_latest", "pk")[:SHOWN], reader)),
        performances=tuple(performances(measured, reader)),
        silent=tuple(project_rows(silent[:SHOWN], reader, scope)),
        disagreements=count_disagreements(reader, scope),
    )
