"""Totals and numbers of two days: what is promised and paid, and how many there are of what."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from projects.models import Investment, MilestoneState
from projects.reports.agreements import agreements
from projects.reports.changes.comparison import Comparison
from projects.reports.changes.sides import Judged
from projects.reports.delivery import state_counts
from projects.reports.funding import Funding, Line, funding
from projects.reports.outcomes import Said
from projects.reports.portfolio import portfolio_counts
from projects.reports.provenance import count_disagreements, sources
from projects.reports.rollup import organizations
from projects.reports.scope import narrow
from projects.values.amounts import Amount
from projects.values.readers import Reader


@dataclass(frozen=True)
class TotalChange:
    """One total on each day; a line without parts where nothing entered it."""

    then: Line
    now: Line


@dataclass(frozen=True)
class NumberChange:
    """How many there are of something on each day; `code` tells what."""

    code: str
    label: str
    then: int
    now: int


def totals(compared: Comparison) -> tuple[tuple[TotalChange, ...], tuple[NumberChange, ...]]:
    """The totals that differ, the headline first, and how much was left out; four queries."""
    then, now = _funding(compared, compared.then), _funding(compared, compared.now)
    old = {line.code: line for line in then.lines}
    new = {line.code: line for line in now.lines}
    lines = {line.code: line for line in (*now.lines, *then.lines)}
    changes = [
        TotalChange(old.get(code, _empty(line)), new.get(code, _empty(line)))
        for code, line in lines.items()
        if old.get(code) != new.get(code)
    ]
    return tuple(changes), tuple(_left_out(then, now))


def _funding(compared: Comparison, reader: Reader) -> Funding:
    investments = narrow(Investment.objects.all(), compared.scope, reader)
    if compared.project is not None:
        investments = investments.filter(project=compared.project)
    return funding(investments, reader, compared.scope.organizations)


def _empty(line: Line) -> Line:
    """The same total of nothing."""
    return Line(line.unit, line.per, line.paid, Amount(unit=line.unit), 0)


def _left_out(then: Funding, now: Funding) -> Iterator[NumberChange]:
    old = {left.reason: left.count for left in then.left_out}
    new = {left.reason: left.count for left in now.left_out}
    labels = {left.reason: left.label for left in (*now.left_out, *then.left_out)}
    for reason, label in labels.items():
        if old.get(reason, 0) != new.get(reason, 0):
            yield NumberChange(
                f"left-out-{reason}",
                _("investments left out: %(reason)s") % {"reason": label},
                old.get(reason, 0),
                new.get(reason, 0),
            )


def numbers(
    compared: Comparison, then: Mapping[int, Judged], now: Mapping[int, Judged]
) -> tuple[NumberChange, ...]:
    """The numbers that differ; twelve queries."""
    outcome = cache(_outcome)  # most targets are the same on both days
    old = _counts(compared, compared.then) | _target_counts(then, outcome)
    new = _counts(compared, compared.now) | _target_counts(now, outcome)
    return tuple(
        NumberChange(code, label, old[code], new[code])
        for code, label in _labels().items()
        if old[code] != new[code]
    )


def _labels() -> dict[str, str]:
    """What is counted, in the page's language and the order in which it is shown."""
    return {
        "projects": _("projects"),
        "without-investment": _("projects for which no investment is stated"),
        "silent": _("silent projects"),
        "milestones": _("milestones"),
        "reached": _("milestones reached"),
        "overdue": _("milestones overdue"),
        "targets": _("targets"),
        "met": _("targets met"),
        "missed": _("targets missed"),
        "disagreements": _("matters on which sources differ"),
        "organizations": _("organizations"),
        "agreements": _("agreements and plans"),
        "sources": _("publications"),
    }


def _counts(compared: Comparison, reader: Reader) -> dict[str, int]:
    scope = compared.scope
    projects = portfolio_counts(reader, scope)
    states = {one.state: one.count for one in state_counts(reader, scope)}
    return {
        "projects": projects.projects,
        "without-investment": projects.without_investment,
        "silent": projects.silent,
        "milestones": sum(states.values()),
        "reached": states[MilestoneState.REACHED],
        "overdue": states[MilestoneState.OVERDUE],
        "disagreements": count_disagreements(reader, scope),
        "organizations": organizations(reader, scope).count(),
        "agreements": agreements(reader, scope).count(),
        "sources": sources(reader, scope).count(),
    }


def _target_counts(targets: Mapping[int, Judged], outcome: Callable[[Said], str]) -> dict[str, int]:
    outcomes = Counter(outcome(one.said) for one in targets.values())
    return {"targets": len(targets), "met": outcomes["met"], "missed": outcomes["missed"]}


def _outcome(said: Said) -> str:
    return said.outcome
