"""Which targets of places are met, counted, and the first of them with what decides them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from projects.models import Target
from projects.reports.outcomes import AMOUNT, outcome, with_final
from projects.reports.performance import Performance, TargetResult, indicators, performances_of
from projects.values.amounts import Amount
from projects.values.readers import Reader
from projects.values.scopes import Scope

SHOWN = 6
"""So many indicators have their targets listed; the table has all of them."""

DECIDED = 3
"""So many of the targets on which a verdict fell stand in the answer, the last period first."""

OUTCOMES = ("met", "missed", "not_decided")


@dataclass(frozen=True)
class Targets:
    """How many targets are met, missed and not decided, and the first of them."""

    verdicts: dict[str, int]
    decided: tuple[TargetResult, ...]
    performances: tuple[Performance, ...]
    more: bool
    """Whether other indicators have targets too."""


def targets_of_places(reader: Reader, scope: Scope) -> Targets:
    """The targets of what is measured of places; two queries, however many there are."""
    rows = sorted(_read(reader, scope), key=_narrower_first)
    judged = [(row, _outcome(row)) for row in rows]
    decided = [row for row, fell in judged if fell != OUTCOMES[-1]]
    decided.sort(key=lambda row: row["period_latest"] or date.min, reverse=True)
    last = [row["pk"] for row in decided[:DECIDED]]
    wider = {row["indicator"]: row["wider"] for row in rows}
    shown = list(wider)[:SHOWN]
    needed = {*shown, *(row["indicator"] for row in decided[:DECIDED])}
    found = performances_of({pk: wider[pk] for pk in needed}, reader)
    results = {result.target.pk: result for one in found.values() for result in one.targets}
    counts = Counter(fell for _row, fell in judged)
    return Targets(
        verdicts={one: counts[one] for one in OUTCOMES},
        decided=tuple(results[pk] for pk in last if pk in results),
        performances=tuple(found[pk] for pk in shown if pk in found),
        more=len(wider) > len(shown),
    )


def _narrower_first(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Of two indicators that are easily mistaken the narrower one, which is what targets name."""
    period = (row["period_latest"] or date.max, row["pk"])
    return (row["wider"] is None, row["wider"] or 0, row["indicator"], *period)


def _outcome(row: Mapping[str, Any]) -> str:
    target = Amount(unit=row["unit"], **{name: row[f"amount_{name}"] for name in AMOUNT})
    return outcome(target, row["period"], row["final"])


def _read(reader: Reader, scope: Scope) -> QuerySet[Any]:
    """Each target with its bounds and those of the final figure of its own period."""
    of_places = indicators(reader, scope).filter(place__isnull=False)
    rows = Target.objects.standing(reader).filter(indicator__in=of_places.order_by().values("pk"))
    read: QuerySet[Any] = with_final(rows.order_by("pk"), reader).values(
        "pk",
        "indicator",
        "wider",
        "unit",
        "period",
        "period_latest",
        "final",
        *(f"amount_{name}" for name in AMOUNT),
    )
    return read
