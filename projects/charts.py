"""Charts: what a report says, as plain data that the page's script draws.

The only place where a Decimal becomes a float, and the last step before the page's JSON: every
figure is first brought to the unit of the axis in decimals, so 200820000000 is 2008.2 (亿元). All
words are written here, in the page's language; the script only places them.
"""

from calendar import isleap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from django.utils.translation import gettext as _

from projects.languages import page_language
from projects.models import Observation, Target
from projects.reports.performance import GrowthNeeded, Performance
from projects.values.amounts import Amount
from projects.values.axis import round_step, scale_of
from projects.values.dates import Period
from projects.values.units import before_number, behind_number, is_scaled

Row = Observation | Target

STYLES = ("part", "forecast", "preliminary", "final")
"""How an observation is drawn, from left to right in its year; `part` covers less than a year."""

_MOST_TICKS = 6
_LONGEST_AXIS = 40  # years in a row; beyond it only those with a figure are drawn
_HEADROOM = Decimal("1.08")  # an open end needs room to fade out in


def unit_name(unit: str) -> str:
    """A unit in the page's language: 元, CNY, m²."""
    language = page_language()
    return (before_number(unit, language) + behind_number(unit, language)).strip()


def indicator_chart(
    performance: Performance, wider: Performance | None = None
) -> dict[str, Any] | None:
    """What was targeted and observed of an indicator, year by year; None without dated figures.

    Of the wider indicator only the best figure of each whole year is drawn. Figures without a year,
    over several years, or for an earlier part of a year than another are counted in `left_out`.
    """
    own = {(_year(row), drawn_as(row)): row for row in _observations(performance) if _year(row)}
    quiet = _best_of_years(_observations(wider)) if wider else {}
    targets = [result.target for result in performance.targets if _years(result.target)]
    drawn: list[Row] = [*own.values(), *quiet.values(), *targets]
    if not own and not targets:
        return None
    years = _axis_years(drawn)
    scale = _Scale.of(drawn)
    return {
        "axis": scale.axis(drawn),
        "years": [_year_words(year, own, quiet, targets) for year in years],
        "series": [
            *(
                _series(style, False, [own.get((year, style)) for year in years], scale)
                for style in STYLES
                if any(key[1] == style for key in own)
            ),
            *(
                [_series("wider", True, [quiet.get(year) for year in years], scale)]
                if quiet
                else []
            ),
        ],
        "targets": [_target(target, years, scale) for target in targets],
        "path": _path(performance.growth_needed, years, scale),
        "wider": wider.indicator.name if wider and quiet else "",
        "legend": _legend(own, quiet, targets, performance.growth_needed),
        "left_out": len(performance.targets) + len(performance.readings) - len(own) - len(targets),
    }


@dataclass(frozen=True)
class _Scale:
    """The unit of the axis: a power of ten of the indicator's unit, and its words."""

    zeros: int
    title: str

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "_Scale":
        """The largest scale that the largest figure fills."""
        rows = list(rows)
        unit, language = rows[0].amount_unit, page_language()
        largest = max(_bounds(rows))
        zeros, word = scale_of(largest, language) if is_scaled(unit) else (0, "")
        behind = behind_number(unit, language)
        if not word:
            behind = behind.strip()
        return cls(zeros, before_number(unit, language) + word + behind)

    def decimal(self, number: int | Decimal) -> Decimal:
        """A figure in the unit of the axis."""
        return Decimal(number).scaleb(-self.zeros)

    def float(self, number: int | Decimal | None) -> float | None:
        """The same as a float, None where there is no figure."""
        return None if number is None else float(self.decimal(number))

    def axis(self, rows: Iterable[Row]) -> dict[str, Any]:
        """The words and places of the ticks, from 0 (or the lowest figure) to above the highest."""
        bounds = [self.decimal(bound) for bound in _bounds(rows)]
        top = max([*bounds, Decimal(0)]) * _HEADROOM
        bottom = min([*bounds, Decimal(0)])
        step = round_step(top - bottom, _MOST_TICKS)
        first = int((bottom / step).to_integral_value(ROUND_FLOOR))
        last = int((top / step).to_integral_value(ROUND_CEILING))
        ticks = [step * place for place in range(first, max(last, first + 1) + 1)]
        return {
            "title": self.title,
            "ticks": [{"value": float(tick), "text": _number(tick)} for tick in ticks],
        }


def _bounds(rows: Iterable[Row]) -> list[Decimal]:
    """Every bound of the rows' amounts."""
    return [
        Decimal(bound)
        for row in rows
        for bound in (row.amount.low, row.amount.high)
        if bound is not None
    ]


def _number(number: Decimal) -> str:
    text = format(number.normalize(), "f")
    return f"{Decimal(text):,}" if page_language() == "en" else text


def _observations(performance: Performance) -> Iterator[Observation]:
    return (reading.observation for reading in performance.readings)


def _years(row: Row) -> tuple[int, int] | None:
    """The first and the last year of a row's period; an open end is taken at the other one."""
    first, last = row.period_earliest or row.period_latest, row.period_latest or row.period_earliest
    return (first.year, last.year) if first and last else None


def _year(row: Row) -> int | None:
    """The one year in which the period lies; None for undated ones and for several years."""
    years = _years(row)
    return years[0] if years and years[0] == years[1] else None


def drawn_as(row: Observation) -> str:
    """The status, for a figure of a whole year; `part` for anything less."""
    first, last = row.period_earliest, row.period_latest
    whole = first and last and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return row.status if whole and row.status in STYLES else "part"


def _best_of_years(rows: Iterable[Observation]) -> dict[int, Observation]:
    """The observation of the highest status of each whole year."""
    ranked = sorted(rows, key=lambda row: STYLES.index(drawn_as(row)))
    return {year: row for row in ranked if (year := _year(row)) and drawn_as(row) != "part"}


def _axis_years(rows: Iterable[Row]) -> list[int]:
    """The years of the axis in their order, with the empty ones between them."""
    years = sorted({year for row in rows for year in _years(row) or ()})
    if years[-1] - years[0] > _LONGEST_AXIS:
        return years
    return list(range(years[0], years[-1] + 1))


def _series(
    style: str, wider: bool, rows: Iterable[Observation | None], scale: _Scale
) -> dict[str, Any]:
    return {
        "style": style,
        "wider": wider,
        "points": [row and {"style": drawn_as(row), **_set(row.amount, scale)} for row in rows],
    }


def _set(amount: Amount, scale: _Scale) -> dict[str, Any]:
    """The bounds of an amount on the axis, and which of them is open."""
    return {
        "low": scale.float(amount.low),
        "high": scale.float(amount.high),
        "open": "above" if amount.high is None else "below" if amount.low is None else "",
        "approximate": amount.approximate,
    }


def _target(target: Target, years: list[int], scale: _Scale) -> dict[str, Any]:
    """A target's set, and the stretch of the axis over which it is drawn, counted in years."""
    first, last = _years(target) or (years[0], years[0])
    return {
        "from": years.index(first) + _part_of_year(target.period_earliest, end=False),
        "to": years.index(last) + _part_of_year(target.period_latest, end=True),
        **_set(target.amount, scale),
    }


def _path(needed: GrowthNeeded | None, years: list[int], scale: _Scale) -> dict[str, Any] | None:
    """The way from the last final figure to the next target: two years of the axis, two bounds."""
    if needed is None:
        return None
    return {
        "from": years.index(_year(needed.last) or years[0]),
        "to": years.index(_year(needed.target) or years[-1]),
        "start": scale.float(needed.last.amount.low),
        "end": scale.float(needed.target.amount.low),
    }


def _part_of_year(day: date | None, *, end: bool) -> float:
    """How much of its year has passed as a day begins, or ends; an open end takes all of it."""
    if day is None:
        return float(end)
    passed = day.timetuple().tm_yday - (0 if end else 1)
    return round(passed / (366 if isleap(day.year) else 365), 3)


def _year_words(
    year: int,
    own: dict[tuple[int | None, str], Observation],
    quiet: dict[int, Observation],
    targets: list[Target],
) -> dict[str, Any]:
    """A year of the axis: its name, and a line with its source for each figure drawn over it."""
    lines = [
        _said(target, _("target: %(amount)s") % {"amount": _words(target)})
        for target in targets
        if _covers(target, year)
    ]
    for style in reversed(STYLES):
        row = own.get((year, style))
        if row is not None:
            lines.append(_said(row, _line(row, with_period=style == "part")))
    if year in quiet:
        line = _("wider indicator, %(figure)s") % {"figure": _line(quiet[year])}
        lines.append({**_said(quiet[year], line), "wider": True})
    return {"text": Period(f"{year:04d}").format(page_language()), "lines": lines}


def _said(row: Row, words: str) -> dict[str, Any]:
    """What is said of a figure when its year is pointed at: its words, and its publication."""
    published = row.source.when.format(page_language())
    return {"text": words, "source": f"{row.source}{_(', ')}{published}", "wider": False}


def _covers(row: Row, year: int) -> bool:
    first, last = _years(row) or (year, year)
    return first <= year <= last


def path_words(needed: GrowthNeeded) -> str:
    """What the way to the next target takes: growth of 33.1% a year."""
    return _("path still needed: growth of %(growth)s a year") % {
        "growth": f"{needed.per_year.normalize():f}%"
    }


def _line(row: Observation, *, with_period: bool = False) -> str:
    words = {"status": row.get_status_display(), "amount": _words(row)}
    if with_period and row.stretch:
        words["period"] = row.stretch.format(page_language())
        return _("%(status)s (%(period)s): %(amount)s") % words
    return _("%(status)s: %(amount)s") % words


def _words(row: Row) -> str:
    return row.amount.format(page_language())


def _legend(
    own: dict[tuple[int | None, str], Observation],
    quiet: dict[int, Observation],
    targets: list[Target],
    needed: GrowthNeeded | None,
) -> list[dict[str, str]]:
    """A mark and a word for each way of drawing that occurs."""
    words = {
        "final": _("final"),
        "preliminary": _("preliminary"),
        "forecast": _("forecast"),
        "part": _("part of a year, such as to date"),
        "wider": _("wider indicator"),
        "target": _("target"),
        "path": needed and path_words(needed),
        "vague": _("hatched: not known more exactly, or open"),
    }
    used = {style for _year, style in own}
    used |= {"wider"} if quiet else set()
    used |= {"target"} if targets else set()
    used |= {"path"} if needed else set()
    if any(not row.amount.exact for row in [*own.values(), *quiet.values(), *targets]):
        used.add("vague")
    return [{"mark": mark, "text": text} for mark, text in words.items() if text and mark in used]
