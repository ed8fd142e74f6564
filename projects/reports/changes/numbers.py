"""Totals and numbers of two days: what is promised and paid, and how many there are of what."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.utils.translation import gettext as _

from projects.models import Investment, KnownProject, MilestoneState
from projects.models.investments import COUNTED_BY
from projects.reports.agreements import agreements
from projects.reports.changes.comparison import Comparison
from projects.reports.changes.sides import Judged
from projects.reports.delivery import with_states
from projects.reports.funding import (
    Funding,
    Line,
    funding_of,
    nothing,
    summed_by_reasons,
    with_reason,
)
from projects.reports.known import known
from projects.reports.outcomes import Said
from projects.reports.portfolio import progress
from projects.reports.progress import judged, with_promised
from projects.reports.provenance import disputed_in, sources
from projects.reports.rollup import organizations
from projects.reports.scope import narrow
from projects.values.readers import Reader
from projects.values.scopes import Scope


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
    """The totals that differ, the headline first, and how much was left out; one query."""
    then, now = _fundings(compared)
    old = {line.code: line for line in then.lines}
    new = {line.code: line for line in now.lines}
    lines = {line.code: line for line in (*now.lines, *then.lines)}
    changes = [
        TotalChange(old.get(code, nothing(line.key)), new.get(code, nothing(line.key)))
        for code, line in lines.items()
        if old.get(code) != new.get(code)
    ]
    return tuple(changes), tuple(_left_out(then, now))


def _fundings(compared: Comparison) -> tuple[Funding, Funding]:
    """What is promised and paid on each of the days."""

    def summed(reader: Reader) -> QuerySet[Any]:
        investments = narrow(Investment.objects.all(), compared.scope, reader)
        if compared.project is not None:
            investments = investments.filter(project=compared.project)
        return summed_by_reasons(investments, reader, compared.scope.organizations)

    rows = [with_reason(row) for row in compared.both(summed)]
    return (
        funding_of(row for row in rows if not row["later"]),
        funding_of(row for row in rows if row["later"]),
    )


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
    """The numbers that differ; one query."""
    outcome = cache(_outcome)  # most targets are the same on both days
    counted_then, counted_now = _counts(compared)
    old = counted_then + _target_counts(then, outcome)
    new = counted_now + _target_counts(now, outcome)
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


TOGETHER = {
    "projects": ("projects", "without-investment", "silent"),
    "milestones": ("milestones", "reached", "overdue"),
    **{code: (code,) for code in ("disagreements", "organizations", "agreements", "sources")},
}
"""What is counted of the same rows, at most three things."""


def _counts(compared: Comparison) -> tuple[Counter[str], Counter[str]]:
    """How many there are of what on each of the days: every part of one query is a count.

    What a reader knows to be nothing is not asked.
    """
    first, *others = (
        rows.values_list(Value(later), *("of", "one", "two", "three"))
        for later, reader in enumerate((compared.then, compared.now))
        for rows in _counted(reader, compared.scope)
    )
    found = (Counter[str](), Counter[str]())
    for later, of, *counts in first.union(*others, all=True):
        found[later].update(dict(zip(TOGETHER[of], counts, strict=False)))
    return found


def _counted(reader: Reader, scope: Scope) -> Iterator[QuerySet[Any]]:
    reached, overdue = (Q(state=one) for one in (MilestoneState.REACHED, MilestoneState.OVERDUE))
    yield _count("projects", _projects(reader, scope), Q(investment_stated=False), Q(silent=True))
    yield _count("milestones", with_states(reader, scope), reached, overdue)
    yield _count("organizations", organizations(reader, scope))
    yield _count("agreements", agreements(reader, scope))
    yield _count("sources", sources(reader, scope))
    for roots in disputed_in(reader, scope):
        yield _count("disagreements", roots, each=Count("root", distinct=True))


def _projects(reader: Reader, scope: Scope) -> QuerySet[Any]:
    if reader.stored(*COUNTED_BY):
        return judged(known(KnownProject, reader, scope), reader)
    return with_promised(progress(reader, scope), reader, scope)


def _count(code: str, rows: QuerySet[Any], *alike: Q, each: Count | None = None) -> QuerySet[Any]:
    """One row: how many these are, and of how many of them each condition holds."""
    rows = rows.order_by().prefetch_related(None).annotate(of=Value(code)).values("of")
    of_these = [Count(Value(1), filter=condition) for condition in alike]
    counts = [each or Count(Value(1)), *of_these, Value(0), Value(0)]
    counted: QuerySet[Any] = rows.annotate(one=counts[0], two=counts[1], three=counts[2])
    return counted


def _target_counts(targets: Mapping[int, Judged], outcome: Callable[[Said], str]) -> Counter[str]:
    outcomes = Counter(outcome(one.said) for one in targets.values())
    return Counter(targets=len(targets), met=outcomes["met"], missed=outcomes["missed"])


def _outcome(said: Said) -> str:
    return said.outcome
