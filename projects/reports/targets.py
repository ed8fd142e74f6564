"""Which targets of places are met, counted, and the first of them with what decides them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from projects.models import Observation, Target
from projects.reports.performance import Performance, TargetResult, indicators, performances_of
from projects.values.amounts import Amount
from projects.values.readers import Reader
from projects.values.scopes import Scope
from projects.values.verdicts import outcome_of

SHOWN = 6
"""So many indicators have their targets listed; the table has all of them."""

DECIDED = 3
"""So many of the targets on which a verdict fell stand in the answer, the last period first."""

OUTCOMES = ("met", "missed", "not_decided")

_AMOUNT = ("low", "high", "low_included", "high_included", "approximate")


@dataclass(frozen=True)
class Targets:
    """How many targets are met, missed and not decided, and the first of them."""

    verdicts: dict[str, int]
    decided: tuple[TargetResult, ...]
    performances: tuple[Performance, ...]
    more: bool
    """Whether other indicators have targets too."""


def targets_of_places(reader: Reader, scope: Scope) -> Targets:
    """The targets of what is measured of places; three queries, however many there are."""
    rows = sorted(_read(reader, scope), key=_narrower_first)
    judged = [(row, _outcome(row)) for row in rows]
    decided = [row for row, outcome in judged if outcome != OUTCOMES[-1]]
    decided.sort(key=lambda row: row["period_latest"] or date.min, reverse=True)
    last = [row["pk"] for row in decided[:DECIDED]]
    first = list(dict.fromkeys(row["indicator"] for row in rows))
    shown = first[:SHOWN]
    needed = {row["indicator"] for row in decided[:DECIDED]}
    found = performances_of({*shown, *needed}, reader)
    results = {result.target.pk: result for one in found.values() for result in one.targets}
    counts = Counter(outcome for _row, outcome in judged)
    return Targets(
        verdicts={outcome: counts[outcome] for outcome in OUTCOMES},
        decided=tuple(results[pk] for pk in last if pk in results),
        performances=tuple(found[pk] for pk in shown if pk in found),
        more=len(first) > len(shown),
    )


def _narrower_first(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Of two indicators that are easily mistaken the narrower one, which is what targets name."""
    period = (row["period_latest"] or date.max, row["pk"])
    return (row["wider"] is None, row["wider"] or 0, row["indicator"], *period)


def _outcome(row: Mapping[str, Any]) -> str:
    """The outcome by the final figure, which says nothing of a target without a period."""
    if not (row["final"] and row["period"]):
        return OUTCOMES[-1]
    target = Amount(unit=row["unit"], **{name: row[f"amount_{name}"] for name in _AMOUNT})
    return outcome_of(target, _amount(row["final"], row["unit"]))


def _amount(words: str, unit: str) -> Amount:
    """An amount as `_read` writes it: its bounds, then what else is said of them."""
    low, high, *flags = words.rstrip("|").split("|")
    said = dict(zip(_AMOUNT[2:], (flag in ("true", "1") for flag in flags), strict=True))
    return Amount(low=_bound(low), high=_bound(high), unit=unit, **said)


def _bound(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _read(reader: Reader, scope: Scope) -> QuerySet[Any]:
    """Each target with its bounds and those of the final figure of its own period."""
    finals: Any = Observation.objects.standing(reader).filter(
        status=Observation.Status.FINAL, indicator=OuterRef("indicator")
    )
    for end in ("period_earliest", "period_latest"):
        # An open end is the same as another open one.
        finals = finals.alias(**{f"{end}_or_open": Coalesce(end, Value(date.min))}).filter(
            **{f"{end}_or_open": Coalesce(OuterRef(end), Value(date.min))}
        )
    newest = finals.order_by(
        F("source__published_latest").desc(),
        F("source__published_earliest").desc(nulls_last=True),
        "pk",
    )
    # One text: each column by itself would be a query of its own for every target.
    columns = [Coalesce(Cast(f"amount_{name}", CharField()), Value("")) for name in _AMOUNT]
    said = Concat(*(part for column in columns for part in (column, Value("|"))))
    of_places = indicators(reader, scope).filter(place__isnull=False)
    rows: Any = Target.objects.standing(reader).filter(
        indicator__in=of_places.order_by().values("pk")
    )
    read: QuerySet[Any] = (
        rows.order_by("pk")
        .annotate(
            final=Subquery(newest.values(said=said)[:1]),
            wider=F("indicator__wider"),
            unit=F("indicator__unit"),
        )
        .values(
            "pk",
            "indicator",
            "wider",
            "unit",
            "period",
            "period_latest",
            "final",
            *(f"amount_{name}" for name in _AMOUNT),
        )
    )
    return read
