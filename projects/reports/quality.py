"""Quality: how much of the record is vague, missing, silent, overdue or disputed."""

from dataclasses import dataclass

from django.db.models import Q

from projects.models import Investment, MilestoneState, Stage
from projects.reports.delivery import state_counts
from projects.reports.findings import Finding, found_rows
from projects.reports.portfolio import portfolio_counts
from projects.reports.provenance import count_disagreements
from projects.reports.scope import narrow
from projects.values.readers import Reader
from projects.values.scopes import Scope


@dataclass(frozen=True)
class Quality:
    """How much of the record is not as firm as a reader might think.

    `findings` counts the statements of each finding.
    """

    findings: dict[Finding, int]
    without_amount: int
    without_investment: int
    without_stage: int
    not_dated: int
    overdue: int
    silent: int
    disagreements: int


def quality(reader: Reader, scope: Scope) -> Quality:
    """What to know of the record of a scope before trusting it; eight queries."""
    states = {count.state: count.count for count in state_counts(reader, scope)}
    stated = Q(amount_low__isnull=False) | Q(amount_high__isnull=False)
    investments = Investment.objects.counted(reader, scope.organizations)
    portfolio = portfolio_counts(reader, scope)
    stages = {count.stage: count.count for count in portfolio.by_stage}
    return Quality(
        findings={
            finding: sum(found_rows(finding, reader, scope).counts().values())
            for finding in Finding
        },
        without_amount=narrow(investments, scope, reader).exclude(stated).count(),
        without_investment=portfolio.without_investment,
        without_stage=stages.get(Stage.NOT_STATED, 0),
        not_dated=states[MilestoneState.NOT_DATED],
        overdue=states[MilestoneState.OVERDUE],
        silent=portfolio.silent,
        disagreements=count_disagreements(reader, scope),
    )
