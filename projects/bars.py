"""Bars of money: how each is drawn, on the server as shapes and by the page's script.

Both draw the same bars of the same report. A bar is solid for what is stated exactly, lighter up to
the sum of the lower bounds, hatched up to that of the upper ones, and fades out where it is open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.languages import page_language
from projects.reports.money import Bar
from projects.values.axis import round_step, scale_of
from projects.values.units import before_number, behind_number

_MOST_STEPS = 5
_HEADROOM = Decimal("1.2")
"""An open end needs room to fade out in."""


@dataclass(frozen=True)
class Tick:
    """A round figure of the axis: where it stands, in percent, and its words."""

    value: Decimal
    x: float
    text: str


@dataclass(frozen=True)
class Drawn:
    """A bar, and where its parts end, in percent of the axis: exact, at least, at most."""

    bar: Bar
    exact: float
    low: float
    high: float

    @property
    def open_above(self) -> bool:
        """Whether no upper bound is known, so that it fades out."""
        return self.bar.line.amount.stated and self.bar.line.amount.high is None

    @property
    def open_below(self) -> bool:
        """Whether nothing at all is known of its lower bound, so that it fades in."""
        amount = self.bar.line.amount
        return bool(amount.parts_open_below and not amount.low)

    @property
    def sure(self) -> float:
        """How wide the part is that is at least promised, though not stated exactly."""
        return round(self.low - self.exact, 3)

    @property
    def unsure(self) -> float:
        """How wide the hatched part is."""
        return round(self.high - self.low, 3)

    @property
    def partly_exact(self) -> bool:
        """Whether some of the amount is stated exactly and some of it is not."""
        amount = self.bar.line.amount
        return bool(self.bar.exact.low) and (amount.approximate or not amount.exact)


@dataclass(frozen=True)
class Picture:
    """Some bars on one axis, whose unit is `title`; without ticks where no amount is stated."""

    title: str
    zeros: int
    ticks: tuple[Tick, ...]
    bars: tuple[Drawn, ...]

    @cached_property
    def marks(self) -> frozenset[str]:
        """Which ways of drawing occur, for the legend."""
        amounts = [drawn.bar.line.amount for drawn in self.bars]
        found = {
            "exact": any(drawn.exact for drawn in self.bars),
            "sure": any(drawn.sure for drawn in self.bars),
            "unsure": any(drawn.unsure and not drawn.open_above for drawn in self.bars),
            "open": any(drawn.open_above or drawn.open_below for drawn in self.bars),
            "approximate": any(amount.approximate for amount in amounts),
        }
        return frozenset(mark for mark, occurs in found.items() if occurs)


def picture(bars: Sequence[Bar]) -> Picture:
    """The bars on an axis of few round figures, from 0 to above the largest bound."""
    top = max((_top(bar) for bar in bars), default=Decimal(0))
    zeros, word = scale_of(top, page_language())
    values = _ticks(top)
    end = values[-1] if values else Decimal(0)
    return Picture(
        title=_unit(bars[0].line.unit, word) if bars else "",
        zeros=zeros,
        ticks=tuple(Tick(one, _percent(one, end), _number(one, zeros)) for one in values),
        bars=tuple(_drawn(bar, end) for bar in bars),
    )


def script_data(drawn: Picture) -> dict[str, Any] | None:
    """What the page's script draws: the same bars, in the unit of the axis, with their words."""
    if not drawn.ticks:
        return None
    return {
        "title": drawn.title,
        "ticks": [{"value": _float(tick.value, drawn), "text": tick.text} for tick in drawn.ticks],
        "bars": [_row(one, drawn) for one in drawn.bars],
    }


def _row(one: Drawn, drawn: Picture) -> dict[str, Any]:
    amount, exact = one.bar.line.amount, one.bar.exact
    low = amount.low or 0
    return {
        "label": one.bar.label,
        "exact": _float(exact.low or 0, drawn),
        "sure": _float(low - (exact.low or 0), drawn),
        "unsure": _float((amount.high or low) - low, drawn),
        "open": "above" if one.open_above else "below" if one.open_below else "",
        "approximate": amount.approximate,
        "lines": list(_lines(one)),
    }


def _lines(one: Drawn) -> Iterable[str]:
    """What a bar says when it is pointed at."""
    line, language = one.bar.line, page_language()
    if line.amount.stated:
        yield line.amount.format(language)
    if one.partly_exact:
        yield _("of it stated exactly: %(amount)s") % {"amount": one.bar.exact.format(language)}
    yield ngettext("%(count)s investment", "%(count)s investments", line.parts) % {
        "count": line.parts
    }
    if line.without_amount:
        yield ngettext(
            "of them %(count)s without an amount",
            "of them %(count)s without an amount",
            line.without_amount,
        ) % {"count": line.without_amount}


def _drawn(bar: Bar, end: Decimal) -> Drawn:
    amount = bar.line.amount
    if not amount.stated or not end:
        return Drawn(bar, 0.0, 0.0, 0.0)
    low = amount.low or 0
    high = end if amount.high is None else amount.high
    return Drawn(bar, _percent(bar.exact.low or 0, end), _percent(low, end), _percent(high, end))


def _top(bar: Bar) -> Decimal:
    """The largest figure of a bar, with room beyond it where it is open above."""
    amount = bar.line.amount
    if amount.stated and amount.high is None:
        return Decimal(amount.low or 0) * _HEADROOM
    return Decimal(amount.high or 0)


def _ticks(top: Decimal) -> list[Decimal]:
    """Round figures, from 0 to the first that is not below `top`."""
    if not top:
        return []
    step = round_step(top, _MOST_STEPS)
    last = int((top / step).to_integral_value(ROUND_CEILING))
    return [step * place for place in range(last + 1)]


def _percent(number: int | Decimal, end: Decimal) -> float:
    share = Decimal(number) * 100 / end if end else Decimal(0)
    return float(share.quantize(Decimal("0.001"), ROUND_FLOOR))


def _float(number: int | Decimal, drawn: Picture) -> float:
    return float(Decimal(number).scaleb(-drawn.zeros))


def _number(number: Decimal, zeros: int) -> str:
    scaled = number.scaleb(-zeros).normalize()
    return f"{scaled:,f}" if page_language() == "en" else f"{scaled:f}"


def _unit(unit: str, word: str) -> str:
    """The unit of the axis: 亿元, CNY billion."""
    language = page_language()
    return (before_number(unit, language) + word + behind_number(unit, language)).strip()
