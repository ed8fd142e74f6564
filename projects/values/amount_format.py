"""Writing amounts in Chinese and English: exact to the last digit, or rounded outwards."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Protocol

from projects.values.units import before_number, behind_number, is_scaled
from projects.values.words import Language

Number = int | Decimal

_SCALES: dict[Language, tuple[tuple[int, str], ...]] = {
    "zh-hans": ((12, "万亿"), (8, "亿"), (4, "万")),
    "en": ((12, " trillion"), (9, " billion"), (6, " million")),
}
_MOST_DECIMALS = 4
_ROUNDED_DIGITS = 3
_SHORT_DIGITS = 5
_WIDE = Context(prec=200)


class Bounds(Protocol):
    """What the words of an amount depend on."""

    @property
    def low(self) -> Number | None: ...
    @property
    def high(self) -> Number | None: ...
    @property
    def low_included(self) -> bool: ...
    @property
    def high_included(self) -> bool: ...
    @property
    def approximate(self) -> bool: ...
    @property
    def unit(self) -> str: ...


def in_words(amount: Bounds, language: Language) -> str:
    """Write an amount with every digit, in words that the reader of words takes back."""
    low, high = amount.low, amount.high
    chinese = language == "zh-hans"
    if low is None and high is None:
        return "未说明" if chinese else "not stated"
    about = ("约" if chinese else "about ") if amount.approximate else ""
    if low is None or high is None:
        return _one_sided(amount, about, language)
    if low == high:
        return about + _figure(low, amount.unit, language)
    return _between(amount, low, high, about, chinese)


def _one_sided(amount: Bounds, about: str, language: Language) -> str:
    chinese = language == "zh-hans"
    if amount.low is not None:
        figure = about + _figure(amount.low, amount.unit, language)
        if amount.low_included:
            return f"{figure}及以上" if chinese else f"at least {figure}"
        return f"超过{figure}" if chinese else f"above {figure}"
    figure = about + _figure(amount.high or 0, amount.unit, language)
    if amount.high_included:
        return f"不超过{figure}" if chinese else f"up to {figure}"
    return f"不足{figure}" if chinese else f"below {figure}"


def _between(amount: Bounds, low: Number, high: Number, about: str, chinese: bool) -> str:
    """Write a range; an excluded lower end with an included upper one needs two clauses."""
    start, end = _two_figures(low, high, amount.unit, "zh-hans" if chinese else "en")
    start = about + start
    if amount.low_included and amount.high_included:
        return f"{start}至{end}" if chinese else f"{start} to {end}"
    if amount.low_included:
        return f"{start}至不足{end}" if chinese else f"{start} to below {end}"
    if amount.high_included:
        return f"超过{start}、不超过{end}" if chinese else f"above {start}, up to {end}"
    return f"超过{start}至不足{end}" if chinese else f"above {start} to below {end}"


def _figure(number: Number, unit: str, language: Language) -> str:
    digits = _scaled(number, unit, language) or f"{number:,}"
    one = abs(number) == 1
    return before_number(unit, language) + digits + behind_number(unit, language, one)


def _two_figures(low: Number, high: Number, unit: str, language: Language) -> tuple[str, str]:
    """Write both ends, in English with the unit once.

    Where only one of them has a scale, both are written out: 3 to 5 million would be misread.
    """
    start, end = _scaled(low, unit, language), _scaled(high, unit, language)
    if not (start and end):
        start = f"{low:,}"
        end = end if low == 0 and end else f"{high:,}"
    behind = behind_number(unit, language)
    if language == "zh-hans" or behind == "%":
        return start + behind, end + behind
    return before_number(unit, language) + start, end + behind


def _scaled(number: Number, unit: str, language: Language) -> str:
    """Write a number with its big scale, or nothing where that would need too many decimals.

    Chinese goes on counting in 亿 where 万亿 does not fit: 10001.5亿.
    """
    if not is_scaled(unit):
        return ""
    for zeros, word in _SCALES[language]:
        if abs(number) < 10**zeros:
            continue
        digits = _decimals(number, zeros)
        if digits:
            return digits + word
        if word != "万亿":
            break
    return ""


def _decimals(number: Number, zeros: int) -> str:
    """Write the number divided by a power of ten, or nothing where it takes over 4 decimals."""
    text = format(Decimal(number).scaleb(-zeros, _WIDE), "f")
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0")
    if len(rest) > _MOST_DECIMALS:
        return ""
    return f"{whole}.{rest}" if rest else whole


def rounded_down(number: Number) -> Number:
    """Round towards less, to three significant digits."""
    return _rounded(number, ROUND_FLOOR)


def rounded_up(number: Number) -> Number:
    """Round towards more, to three significant digits."""
    return _rounded(number, ROUND_CEILING)


def rounded_number(number: Number) -> Number:
    """Round half up to three significant digits, unless five digits show all of it."""
    kept = format(abs(Decimal(number)), "f").replace(".", "").strip("0")
    return number if len(kept) <= _SHORT_DIGITS else _rounded(number, ROUND_HALF_UP)


def _rounded(number: Number, rounding: str) -> Number:
    if not number:
        return number
    last = Decimal(number).adjusted() - _ROUNDED_DIGITS + 1
    return Decimal(number).quantize(Decimal((0, (1,), last)), rounding, _WIDE)
