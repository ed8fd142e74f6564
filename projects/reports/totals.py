"""Totals taken apart: what one total adds up, what it leaves out and why, what came later."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from projects.models import Investment, NotCounted
from projects.models.together import together
from projects.reports.provenance import statements
from projects.reports.scope import narrow
from projects.values.readers import Reader
from projects.values.scopes import Scope

SHOWN = 50
"""How many of what is left out for one reason are shown beside a total."""


@dataclass(frozen=True)
class MakeUp:
    """How many parts of a total are exact, how many vague in which way, how many not stated."""

    exact: int
    between: int
    open_above: int
    open_below: int
    not_stated: int
    approximate: int


@dataclass(frozen=True)
class Reason:
    """What a total leaves out for one reason; `count` is the number of all of it."""

    code: str
    label: str
    count: int
    investments: tuple[Investment, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.investments)


def make_up(parts: QuerySet[Any]) -> MakeUp:
    """Count the parts of a total by how exactly each is stated; one query."""
    low, high = Q(amount_low__isnull=False), Q(amount_high__isnull=False)
    equal = Q(amount_low=F("amount_high"))
    rows: Any = parts.select_related(None).prefetch_related(None).order_by()
    counts = rows.aggregate(
        exact=Count("pk", filter=equal & Q(amount_approximate=False)),
        between=Count("pk", filter=low & high & ~equal),
        open_above=Count("pk", filter=low & ~high),
        open_below=Count("pk", filter=high & ~low),
        not_stated=Count("pk", filter=~low & ~high),
        approximate=Count("pk", filter=Q(amount_approximate=True)),
    )
    return MakeUp(**counts)


def left_out(judged: QuerySet[Any]) -> tuple[Reason, ...]:
    """What of these investments (from `statements`) does not count, by reason.

    Two queries, and what they prefetch.
    """
    counts = dict(
        judged.order_by()
        .exclude(not_counted_because="")
        .values_list("not_counted_because")
        .annotate(count=Count("pk"))
    )
    reasons = [reason for reason in NotCounted if reason.value in counts]
    by_reason = (judged.filter(not_counted_because=one).order_by("pk") for one in reasons)
    first = together(*(rows[:SHOWN] for rows in by_reason))
    return tuple(
        Reason(reason.value, str(reason.label), counts[reason.value], tuple(rows))
        for reason, rows in zip(reasons, first, strict=True)
    )


def investments(reader: Reader, scope: Scope) -> QuerySet[Any]:
    """The investments of the scope that are out, each with why it does not count."""
    return narrow(statements(Investment, reader, scope.organizations), scope, reader)


def not_yet(rows: QuerySet[Any], day: date) -> Reason:
    """What of these investments had not been published by a day; two queries."""
    later = rows.filter(source__published_latest__gt=day)
    return Reason(
        "not_yet",
        str(_("not yet published on the day asked")),
        later.count(),
        tuple(later.order_by("source__published_latest", "pk")[:SHOWN]),
    )
