"""Quality: what is vague, missing, silent, overdue or disputed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from projects.models import (
    STATEMENTS,
    Investment,
    MilestoneState,
    Observation,
    Stage,
    Statement,
    Target,
)
from projects.reports.delivery import state_counts
from projects.reports.performance import indicators, performances
from projects.reports.portfolio import portfolio_counts
from projects.reports.provenance import count_disagreements, statements
from projects.reports.scope import narrow
from projects.values.readers import Reader
from projects.values.scopes import Scope


@dataclass(frozen=True)
class Quality:
    """How much of the record is not as firm as a reader might think.

    Statements are given as rows, as only some kinds of them have a table of their own.
    """

    without_locator: tuple[Statement, ...]
    inferred: tuple[Statement, ...]
    vague_amounts: tuple[Statement, ...]
    without_final_figure: tuple[Statement, ...]
    without_amount: int
    without_investment: int
    without_stage: int
    not_dated: int
    overdue: int
    silent: int
    disagreements: int


def quality(reader: Reader, scope: Scope) -> Quality:
    """What to know of the record of a scope before trusting it."""
    states = {count.state: count.count for count in state_counts(reader, scope)}
    stated = Q(amount_low__isnull=False) | Q(amount_high__isnull=False)
    investments = Investment.objects.counted(reader, scope.organizations)
    portfolio = portfolio_counts(reader, scope)
    stages = {count.stage: count.count for count in portfolio.by_stage}
    return Quality(
        without_locator=_every_kind(reader, scope, Q(locator="")),
        inferred=_every_kind(reader, scope, ~Q(inferred="")),
        vague_amounts=_vague_amounts(reader, scope),
        without_final_figure=_without_final_figure(reader, scope),
        without_amount=narrow(investments, scope, reader).exclude(stated).count(),
        without_investment=portfolio.without_investment,
        without_stage=stages.get(Stage.NOT_STATED, 0),
        not_dated=states[MilestoneState.NOT_DATED],
        overdue=states[MilestoneState.OVERDUE],
        silent=portfolio.silent,
        disagreements=count_disagreements(reader, scope),
    )


def _every_kind(reader: Reader, scope: Scope, condition: Q) -> tuple[Statement, ...]:
    """The statements of every kind that meet a condition; a query a kind."""
    found: list[Statement] = []
    for kind in STATEMENTS:
        rows: QuerySet[Any] = statements(kind, reader).filter(condition)
        found.extend(narrow(rows, scope, reader))
    return tuple(found)


def _vague_amounts(reader: Reader, scope: Scope) -> tuple[Statement, ...]:
    """What was put in or observed and is stated as a range, an open bound or about so much.

    Targets are left out: a target is a set by its nature.
    """
    has_low, has_high = Q(amount_low__isnull=False), Q(amount_high__isnull=False)
    one_bound = (has_low & ~has_high) | (has_high & ~has_low)
    vague = one_bound | Q(amount_low__lt=F("amount_high")) | Q(amount_approximate=True)
    found: list[Statement] = []
    for kind in (Investment, Observation):
        rows: QuerySet[Any] = statements(kind, reader).filter(vague, stands=True)
        found.extend(narrow(rows, scope, reader))
    return tuple(found)


def _without_final_figure(reader: Reader, scope: Scope) -> tuple[Target, ...]:
    """The targets on which no final figure of their own indicator and period is out."""
    return tuple(
        result.target
        for performance in performances(indicators(reader, scope), reader)
        for result in performance.targets
        if result.best_known is None or result.best_known.status != Observation.Status.FINAL
    )
