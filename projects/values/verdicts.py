"""Verdicts: whether what was reported fulfils a target, how far it got, and how fast it grew.

The rules are those of "Verdict" in the description of the domain. Percentages are computed as exact
fractions and rounded once, at the end; there is no float.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from projects.values.amounts import Amount
from projects.values.dates import Period, VagueDate

Outcome = Literal["met", "missed", "not_decided"]
Outlook = Literal["met", "behind", "unknown"]

STATUSES = ("final", "preliminary", "forecast", "to_date")
"""What an observation can be, the highest first."""

_OUTLOOK: dict[Outcome, Outlook] = {"met": "met", "missed": "behind", "not_decided": "unknown"}


@dataclass(frozen=True)
class Target:
    """The set of amounts that fulfils it, for an indicator in a period (None: undated).

    `indicator` is a slug; `wider` is that of the wider indicator easily mistaken for it, or None.
    """

    amount: Amount
    indicator: str
    wider: str | None
    period: Period | None


@dataclass(frozen=True)
class Observation:
    """How much an indicator (a slug) was in a period, by a publication of that day or vague date.

    `status` is one of `STATUSES`, else ValueError. `id` settles ties between publications of one
    date (the lower one goes first) and lets callers find their row again.
    """

    amount: Amount
    indicator: str
    period: Period
    status: str
    published: VagueDate | date
    id: int | str | None = None

    def __post_init__(self) -> None:
        """Refuse a status that has no place in the order."""
        if self.status not in STATUSES:
            raise ValueError(f"Unknown status of an observation: {self.status!r}")


@dataclass(frozen=True)
class Verdict:
    """How a target fares against what is known; attainment is in percent with one decimal.

    `decided_by` is the final observation that made it met or missed, `best_known` the best one of
    any status. `wider_outcome` is None where the target has no wider indicator.
    """

    outcome: Outcome
    outlook: Outlook
    decided_by: Observation | None
    best_known: Observation | None
    attainment_low: Decimal | None
    attainment_high: Decimal | None
    wider_outcome: Outcome | None


def judge(
    target: Target, observations: Iterable[Observation], as_of: date | None = None
) -> Verdict:
    """Judge a target by the observations that are out on the day `as_of` (None: by all of them).

    Of several observations of one status the last published counts; a rival or superseded one that
    does not stand has to be left out by the caller. Attainment is the final observation over the
    target's bound (its low one, else its high one), also where it decides nothing because it is
    approximate or too wide; None where an end is open or the bound is not above zero.
    Raises ValueError for an observation of the target's period in another unit.
    """
    observations = list(observations)
    best = _best_by_status(target, target.indicator, observations, as_of)
    final = best.get("final")
    outcome = _outcome(target.amount, final)
    attainment_low, attainment_high = _attainment(target.amount, final, outcome)
    return Verdict(
        outcome=outcome,
        outlook=_OUTLOOK[_outcome(target.amount, best.get("preliminary") or best.get("forecast"))],
        decided_by=None if outcome == "not_decided" else final,
        best_known=next((best[status] for status in STATUSES if status in best), None),
        attainment_low=attainment_low,
        attainment_high=attainment_high,
        wider_outcome=_wider_outcome(target, observations, as_of),
    )


def growth_computed(earlier: Amount, later: Amount) -> tuple[Decimal | None, Decimal | None]:
    """Bounds of the growth from one figure to the next, in percent, one decimal, half up.

    The figures are such as cannot be negative. A bound is None where the end it needs is open, not
    stated or negative, or where it would divide by zero. Raises ValueError for different units.
    """
    _check_units(earlier, later)
    return _growth(later.low, earlier.high), _growth(later.high, earlier.low)


def growth_needed(
    final: Amount, final_year: int, target: Amount, target_year: int
) -> Decimal | None:
    """Percent a year, compound, that leads from a final figure surely into a target's low bound.

    One decimal, rounded up, counted from the figure's low end, so that the rate is never too small;
    0.0 where the bound is already reached. None where the target has no low bound, the figure's low
    end is open or not above zero, or the target's year is not after the figure's. Raises ValueError
    for different units.
    """
    _check_units(final, target)
    years = target_year - final_year
    if final.low is None or final.low <= 0 or target.low is None or years < 1:
        return None
    ratio = Fraction(target.low) / Fraction(final.low)
    beyond = final.low_included and not target.low_included

    def suffices(tenths: int) -> bool:
        factor = Fraction(1000 + tenths, 1000) ** years
        return factor > ratio if beyond else factor >= ratio

    return _as_percent(_smallest(suffices, at_most=math.ceil(ratio * 1000)))


def _smallest(suffices: Callable[[int], bool], at_most: int) -> int:
    """The smallest whole number from 0 that suffices, where `at_most` does and all above do."""
    low, high = 0, at_most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if suffices(middle) else (middle + 1, high)
    return low


def _wider_outcome(
    target: Target, observations: list[Observation], as_of: date | None
) -> Outcome | None:
    """The outcome if the target had named its wider indicator."""
    if target.wider is None:
        return None
    best = _best_by_status(target, target.wider, observations, as_of)
    return _outcome(target.amount, best.get("final"))


def _best_by_status(
    target: Target, indicator: str, observations: list[Observation], as_of: date | None
) -> dict[str, Observation]:
    """The last published observation of each status, of those about the target's period."""
    period = target.period
    if period is None:
        return {}
    comparable = [o for o in observations if o.indicator == indicator and period.same_as(o.period)]
    for observation in comparable:
        _check_units(target.amount, observation.amount)
    out = [observation for observation in comparable if _is_out(observation, as_of)]
    # Sorted from the best to the worst, so that the best one is the last to be put in.
    return {o.status: o for o in sorted(out, key=_precedence, reverse=True)}


def _is_out(observation: Observation, as_of: date | None) -> bool:
    """Whether the publication is out on that day even if it came on its latest possible day."""
    _, latest = _published(observation)
    return as_of is None or (latest is not None and latest <= as_of)


def _precedence(observation: Observation) -> tuple[int, int, int, int, str]:
    """Sorts the last published first: by latest day, then earliest day, then lower id."""
    earliest, latest = _published(observation)
    number = observation.id if isinstance(observation.id, int) else 0
    text = observation.id if isinstance(observation.id, str) else ""
    return (
        -(latest or date.max).toordinal(),
        -(earliest or date.min).toordinal(),
        int(observation.id is None),
        number,
        text,
    )


def _published(observation: Observation) -> tuple[date | None, date | None]:
    """The earliest and the latest day on which the publication can have come out."""
    published = observation.published
    if isinstance(published, date):
        return published, published
    return published.earliest, published.latest


def _outcome(target: Amount, observation: Observation | None) -> Outcome:
    return outcome_of(target, None if observation is None else observation.amount)


def outcome_of(target: Amount, amount: Amount | None) -> Outcome:
    """Whether all that a figure allows lies in the target's set, or none of it."""
    if amount is None:
        return "not_decided"
    if not (amount.stated and target.stated) or amount.approximate or target.approximate:
        return "not_decided"
    if amount.lies_within(target):
        return "met"
    return "not_decided" if amount.overlaps(target) else "missed"


def _attainment(
    target: Amount, final: Observation | None, outcome: Outcome
) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of the final figure in percent of the target's bound; a miss is never 100.0."""
    bound = target.high if target.low is None else target.low
    if final is None or bound is None or bound <= 0:
        return None, None
    whole = Fraction(bound)
    low, high = (
        None if end is None else _as_percent(_half_up(Fraction(end) / whole * 1000))
        for end in (final.amount.low, final.amount.high)
    )
    if outcome != "missed":
        return low, high
    fell_short = target.low is not None and (
        final.amount.high is not None and final.amount.high <= target.low
    )
    beside = Decimal("99.9") if fell_short else Decimal("100.1")
    return (beside if low == 100 else low), (beside if high == 100 else high)


def _growth(later: int | Decimal | None, earlier: int | Decimal | None) -> Decimal | None:
    """Growth from one end to another in percent, or None where they do not give it."""
    if later is None or earlier is None or later < 0 or earlier <= 0:
        return None
    return _as_percent(_half_up((Fraction(later) / Fraction(earlier) - 1) * 1000))


def _half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes away from zero, as in ROUND_HALF_UP."""
    nearest = math.floor(abs(value) + Fraction(1, 2))
    return -nearest if value < 0 else nearest


def _as_percent(tenths: int) -> Decimal:
    """Tenths of a percent as percent with one decimal, exact in any decimal context."""
    return Decimal(f"{tenths}E-1")


def _check_units(one: Amount, other: Amount) -> None:
    """Refuse to compare amounts of different units: bringing them together is a mistake."""
    if one.unit != other.unit:
        raise ValueError(f"Different units cannot be compared: {one.unit!r} and {other.unit!r}")
