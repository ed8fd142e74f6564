"""The amount: a set of numbers in one unit, known as far as a publication states it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from typing import Self

from projects.values import amount_format
from projects.values.amount_format import Number
from projects.values.units import is_currency
from projects.values.words import Language

# Wide enough that no sum of bounds is ever rounded; it raises rather than lose a digit.
_EXACT = Context(prec=200, traps=[Inexact, InvalidOperation, Overflow])
_MOST_DIGITS = 30
_INFINITE = Decimal("Infinity")


class UnitMismatch(ValueError):
    """Amounts of different units were to be added."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A set of numbers of `unit` between two bounds, in whole or decimal units, never float.

    One of four states: not stated (no bound), from (no `high`), up to (no `low`), and between
    (`low` < `high`, or equal with both included). Anything else raises ValueError, a float
    TypeError. Money is never negative. Sums carry how many of their parts are not stated, and
    how many had no lower bound and were added as 0.
    """

    low: Number | None = None
    high: Number | None = None
    low_included: bool = True
    high_included: bool = True
    approximate: bool = False
    unit: str = "CNY"
    parts_not_stated: int = 0
    parts_open_below: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "low", _normalised(self.low))
        object.__setattr__(self, "high", _normalised(self.high))
        object.__setattr__(self, "low_included", self.low is not None and bool(self.low_included))
        object.__setattr__(
            self, "high_included", self.high is not None and bool(self.high_included)
        )
        self._check_state()
        self._check_parts()
        if is_currency(self.unit):
            self._check_money()

    def _check_state(self) -> None:
        if not self.stated and self.approximate:
            raise ValueError("An amount that is not stated cannot be approximate.")
        if self.low is None or self.high is None or self.low < self.high:
            return
        if self.low > self.high:
            raise ValueError("The lower bound is above the upper bound.")
        if not (self.low_included and self.high_included):
            raise ValueError("Equal bounds must both be included.")

    def _check_parts(self) -> None:
        if self.parts_not_stated < 0 or self.parts_open_below < 0:
            raise ValueError("A count of parts cannot be negative.")
        if self.parts_open_below and self.low is None:
            raise ValueError("Only a sum with a lower bound has parts that were added as 0.")

    def _check_money(self) -> None:
        for bound in (self.low, self.high):
            if bound is not None and bound < 0:
                raise ValueError("Money is never negative.")
        if self.low is None and self.high == 0 and not self.high_included:
            raise ValueError("No amount of money is below 0.")

    @property
    def stated(self) -> bool:
        """Whether any bound is known; not stated is not zero."""
        return self.low is not None or self.high is not None

    @property
    def exact(self) -> bool:
        """Whether it is one number (which may still be approximate)."""
        return self.low is not None and self.low == self.high

    def __add__(self, other: object) -> "Amount":
        """Add the bounds of two amounts of one unit, else raise UnitMismatch.

        The sum is open above where a stated part is; an open lower bound adds as 0 (which holds
        for quantities that are never negative) and is counted in `parts_open_below`. A bound is
        included where it is in all parts. Parts that are not stated are only counted.
        """
        if not isinstance(other, Amount):
            return NotImplemented
        if self.unit != other.unit:
            raise UnitMismatch(f"{self.unit} and {other.unit} cannot be added.")
        one, two = self._as_sum(), other._as_sum()
        not_stated = one.parts_not_stated + two.parts_not_stated
        if not (one.stated and two.stated):
            return replace(one if one.stated else two, parts_not_stated=not_stated)
        return Amount(
            low=_sum(one.low, two.low),
            high=_sum(one.high, two.high),
            low_included=one.low_included and two.low_included,
            high_included=one.high_included and two.high_included,
            approximate=one.approximate or two.approximate,
            unit=self.unit,
            parts_not_stated=not_stated,
            parts_open_below=one.parts_open_below + two.parts_open_below,
        )

    def __radd__(self, other: object) -> "Amount":
        """Let `sum()` start with its 0."""
        if isinstance(other, int) and other == 0:
            return self._as_sum()
        return NotImplemented

    def _as_sum(self) -> Self:
        """Give the sum of this amount alone."""
        if not self.stated:
            return replace(self, parts_not_stated=max(1, self.parts_not_stated))
        if self.low is None:
            return replace(self, low=0, low_included=True, parts_open_below=1)
        return self

    def lies_within(self, other: "Amount") -> bool:
        """Say whether all that this amount allows lies in the other; never across units.

        Not stated allows everything, so every amount of the unit lies within it. As money is
        never negative, an amount of money without a lower bound begins at 0.
        """
        return (
            self.unit == other.unit
            and self._low_end() >= other._low_end()
            and self._high_end() <= other._high_end()
        )

    def overlaps(self, other: "Amount") -> bool:
        """Say whether some number lies in both amounts; never across units."""
        low = max(self._low_end(), other._low_end())
        high = min(self._high_end(), other._high_end())
        return self.unit == other.unit and (low[0] < high[0] or low == high)

    def agrees_with(self, other: "Amount") -> bool:
        """Say whether one lies within the other: not stated agrees with all of its unit."""
        return self.lies_within(other) or other.lies_within(self)

    def _low_end(self) -> tuple[Number, int]:
        """Give the lower end for comparing: an excluded bound begins just above it."""
        if self.low is None:
            return (0, 0) if is_currency(self.unit) else (-_INFINITE, 0)
        return (self.low, 0 if self.low_included else 1)

    def _high_end(self) -> tuple[Number, int]:
        """Give the upper end for comparing: an excluded bound ends just below it."""
        if self.high is None:
            return (_INFINITE, 0)
        return (self.high, 0 if self.high_included else -1)

    def format(self, language: Language) -> str:
        """Write the amount with every digit, in words that `read_amount` reads back.

        The counts of parts are not in the words. A sum that begins at 0 only because parts were
        open below is written as an upper bound.
        """
        return amount_format.in_words(self._as_shown(), language)

    def format_rounded(self, language: Language) -> str:
        """Write it short for cards and charts: low rounded down, high up, to three digits.

        One number keeps five digits; a longer one is rounded half up and marked as "about".
        """
        shown = self._as_shown()
        if shown.exact and shown.low is not None:
            short = amount_format.rounded_number(shown.low)
            about = shown.approximate or short != shown.low
            return amount_format.in_words(
                replace(shown, low=short, high=short, approximate=about), language
            )
        low, high = shown.low, shown.high
        rounded = replace(
            shown,
            low=None if low is None else amount_format.rounded_down(low),
            high=None if high is None else amount_format.rounded_up(high),
        )
        return amount_format.in_words(rounded, language)

    def _as_shown(self) -> Self:
        if self.parts_open_below and self.low == 0 and self.high:
            return replace(self, low=None, parts_open_below=0)
        return self


def total(amounts: Iterable[Amount], unit: str) -> Amount:
    """Add amounts of `unit` (another raises UnitMismatch); of none: not stated, with 0 parts."""
    result: Amount | None = None
    for amount in amounts:
        if amount.unit != unit:
            raise UnitMismatch(f"{amount.unit} cannot be added to {unit}.")
        result = 0 + amount if result is None else result + amount
    return Amount(unit=unit) if result is None else result


def _sum(one: Number | None, two: Number | None) -> Number | None:
    if one is None or two is None:
        return None
    return _EXACT.add(Decimal(one), Decimal(two))


def _normalised(bound: object) -> Number | None:
    """Give an int where the number is integral, else a Decimal without trailing zeros."""
    if bound is None:
        return None
    if isinstance(bound, bool) or not isinstance(bound, int | Decimal):
        raise TypeError("A bound is an int, a Decimal or None, never a float.")
    number = Decimal(bound)
    if not number.is_finite():
        raise ValueError("A bound is a finite number.")
    if number == 0:
        return 0
    if abs(number.adjusted()) >= _MOST_DIGITS or len(number.as_tuple().digits) > _MOST_DIGITS:
        raise ValueError(f"A bound has at most {_MOST_DIGITS} digits.")
    # Wide enough not to round: `normalize` alone keeps only the digits of the context.
    shortest = number.normalize(_EXACT)
    return int(shortest) if shortest == shortest.to_integral_value() else shortest
