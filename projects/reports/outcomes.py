"""How many targets fare at once: their bounds, and those of the figures that judge each."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from projects.models import Observation, Target
from projects.values.amounts import Amount
from projects.values.dates import Period
from projects.values.readers import Reader
from projects.values.verdicts import Observation as Figure
from projects.values.verdicts import Outcome, Verdict, judge, outcome_of
from projects.values.verdicts import Target as Aim

AMOUNT = ("low", "high", "low_included", "high_included", "approximate")

FINAL = (Observation.Status.FINAL,)
EXPECTED = (Observation.Status.PRELIMINARY, Observation.Status.FORECAST)
"""By what the outlook is told, the higher first."""

_SOME_PERIOD = Period("2000")
"""Stands for the period that a target and its figures have in common."""


class Said(NamedTuple):
    """What is said of a target: its amount, and the figures of its own period, as texts.

    A figure is empty where there is none. Two that are equal have the same verdict.
    """

    unit: str
    period: str
    wider: int | None
    """The id of the wider indicator that is easily mistaken for its own."""
    final: str | None
    expected: str | None
    wider_final: str | None
    low: int | None
    high: int | None
    low_included: bool
    high_included: bool
    approximate: bool

    @property
    def amount(self) -> Amount:
        """What fulfils it."""
        return Amount(unit=self.unit, **{name: getattr(self, name) for name in AMOUNT})

    @property
    def outcome(self) -> Outcome:
        """The outcome alone."""
        return outcome(self.amount, self.period, self.final)

    @property
    def verdict(self) -> Verdict:
        """The verdict, which names no observations: what it was told here has none."""
        figures = [
            Figure(_amount(said, self.unit), indicator, _SOME_PERIOD, status, date.min)
            for said, indicator, status in (
                (self.final, "own", "final"),
                (self.expected, "own", "preliminary"),
                (self.wider_final, "wider", "final"),
            )
            if said
        ]
        wider = "wider" if self.wider else None
        return judge(Aim(self.amount, "own", wider, _SOME_PERIOD if self.period else None), figures)


def outcome(target: Amount, period: str, final: str | None) -> Outcome:
    """The outcome by the final figure, which says nothing of a target without a period."""
    return outcome_of(target, _amount(final, target.unit) if final and period else None)


def with_final(targets: QuerySet[Target], reader: Reader) -> QuerySet[Any]:
    """Annotate `final`, the newest final figure of each target's own period, as `outcome` reads it.

    Also `unit` and `wider`, those of its indicator.
    """
    rows: QuerySet[Any] = targets.annotate(
        unit=F("indicator__unit"),
        wider=F("indicator__wider"),
        final=_figure(reader, "indicator", FINAL),
    )
    return rows


SAID = (
    *("unit", "period", "wider", "final", "expected", "wider_final"),
    *(f"amount_{name}" for name in AMOUNT),
)
"""The columns of a target, from `with_figures`, that `Said` has of it, in its order."""


def with_figures(targets: QuerySet[Target], reader: Reader) -> QuerySet[Any]:
    """Annotate the figures that judge each target, with all that `Said` has of it."""
    rows: QuerySet[Any] = with_final(targets, reader).annotate(
        expected=_figure(reader, "indicator", EXPECTED),
        wider_final=_figure(reader, "indicator__wider", FINAL),
    )
    return rows


def _figure(reader: Reader, indicator: str, statuses: tuple[str, ...]) -> Subquery:
    """The bounds of a figure of an outer target's period, as one text; NULL where there is none.

    Of several the first of these statuses, of one status the last published.
    """
    rows: Any = Observation.objects.standing(reader).filter(
        status__in=statuses, indicator=OuterRef(indicator)
    )
    for end in ("period_earliest", "period_latest"):
        # An open end is the same as another open one.
        rows = rows.alias(**{f"{end}_or_open": Coalesce(end, Value(date.min))}).filter(
            **{f"{end}_or_open": Coalesce(OuterRef(end), Value(date.min))}
        )
    first = [When(status=status, then=place) for place, status in enumerate(statuses)]
    newest = rows.order_by(
        *([Case(*first)] if len(statuses) > 1 else []),
        F("source__published_latest").desc(),
        F("source__published_earliest").desc(nulls_last=True),
        "pk",
    )
    # One text: each column by itself would be a query of its own for every target.
    columns = [Coalesce(Cast(f"amount_{name}", CharField()), Value("")) for name in AMOUNT]
    said = Concat(*(part for column in columns for part in (column, Value("|"))))
    return Subquery(newest.values(said=said)[:1])


@lru_cache(maxsize=1_000)
def _amount(words: str, unit: str) -> Amount:
    """An amount as `_figure` writes it: its bounds, then what else is said of them.

    Kept, as one figure judges many targets; to read it takes longer than to compare.
    """
    low, high, *flags = words.rstrip("|").split("|")
    said = dict(zip(AMOUNT[2:], (flag in ("true", "1") for flag in flags), strict=True))
    return Amount(low=_bound(low), high=_bound(high), unit=unit, **said)


def _bound(text: str) -> Decimal | None:
    return Decimal(text) if text else None
