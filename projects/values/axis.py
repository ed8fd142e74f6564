"""What the axes of charts and of bars share: the scale of their figures, and round steps."""

from decimal import Decimal

from projects.values.words import Language

_SCALES: dict[Language, tuple[tuple[int, str], ...]] = {
    "zh-hans": ((8, "亿"), (4, "万")),
    "en": ((9, "billion"), (6, "million")),
}
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def scale_of(largest: Decimal, language: Language) -> tuple[int, str]:
    """The largest scale that a figure fills: its zeros and its word; (0, "") for none."""
    return next((one for one in _SCALES[language] if largest >= 10 ** one[0]), (0, ""))


def round_step(width: Decimal, most: int) -> Decimal:
    """The distance between at most so many ticks: 1, 2, 2.5 or 5 times a power of ten; 1 for 0."""
    if not width:
        return Decimal(1)
    least = width / most
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in _STEPS if step * power >= least)
