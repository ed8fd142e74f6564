"""The values that made-up rows are drawn from, each read once by the readers of editors' words."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from projects.values.amounts import Amount, read_amount
from projects.values.dates import VagueDate

FIRST, LAST = date(2015, 1, 1), date(2025, 12, 31)
"""The publications lie between these days, whatever today is."""

_SHAPES = (
    "{n}亿元", "{n}00万元", "{n}.5亿元", "{n}亿元以上", "超{n}亿元", "近{n}亿元", "不超过{n}亿元",
    "约{n}亿元", "{n}亿元至{m}亿元", "不低于{n}亿元",
)  # fmt: skip
_VAGUE = ("数十亿元", "数亿元", "数百万元", "十几亿元", "两三千万元", "上百亿元")
_QUANTITIES = ("{n}00亿元", "超过{n}00亿元", "约{n}00亿元", "{n}00亿元以上", "{n}00亿元至{m}00亿元")

Row = dict[str, Any]


@cache
def amounts() -> tuple[tuple[str, Row], ...]:
    """Amounts of money by their words, from exact to open; the first one is not stated."""
    words = [*_VAGUE, *(shape.format(n=n, m=n + 7) for n in range(1, 60) for shape in _SHAPES)]
    return (("", columns(Amount(unit="CNY"))), *_read(words))


@cache
def quantities() -> tuple[tuple[str, Row], ...]:
    """Yearly figures by their words."""
    return tuple(_read(shape.format(n=n, m=n + 7) for n in range(1, 60) for shape in _QUANTITIES))


def _read(words: Any) -> Iterator[tuple[str, Row]]:
    for one in words:
        yield one, columns(read_amount(one, "CNY"))


def columns(amount: Amount) -> Row:
    """An amount as the columns of a row, but for its unit."""
    return {
        "amount_low": amount.low,
        "amount_high": amount.high,
        "amount_low_included": amount.low_included,
        "amount_high_included": amount.high_included,
        "amount_approximate": amount.approximate,
    }


@cache
def dated(name: str, edtf: str) -> Row:
    """A date or period as the columns of a row."""
    if not edtf:
        return {name: "", f"{name}_earliest": None, f"{name}_latest": None}
    when = VagueDate(edtf)
    return {name: edtf, f"{name}_earliest": when.earliest, f"{name}_latest": when.latest}


@cache
def dates() -> tuple[str, ...]:
    """EDTF texts from a day to a span of years: half of them days, many of them the same."""
    days = [FIRST + timedelta(days=13 * step) for step in range((LAST - FIRST).days // 13)]
    years = range(FIRST.year, LAST.year + 6)
    vague = [f"{year}-{month:02}" for year in years for month in (1, 4, 9, 12)]
    vague += [str(year) for year in years] * 3
    vague += [f"{year}-{part}" for year in years for part in (33, 34, 40, 41)]
    vague += [f"{year}-01/{year}-04" for year in years] + [f"{year}/{year + 2}" for year in years]
    vague += [f"../{year}" for year in years]
    return (*(day.isoformat() for day in days), *vague)
