"""The time axis: which days are shown, and where each of them lies, in percent of the width."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

from projects.values.date_format import MONTHS
from projects.values.words import Language

ALL = "all"
DECADE = "decade"
LABELS = 12
"""At most so many labels stand on the axis: more would touch each other on a narrow screen."""

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_LAST_LABEL_X = 92.0
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class Window:
    """The days shown, the first and the last included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days are shown."""
        return self.last.toordinal() - self.first.toordinal() + 1

    @property
    def one_year(self) -> bool:
        """Whether no more than one calendar year is shown."""
        return self.first.year == self.last.year

    @property
    def label(self) -> str:
        """The years shown: 2023, or 2016–2026."""
        first, last = f"{self.first.year:04d}", f"{self.last.year:04d}"
        return first if self.one_year else f"{first}–{last}"

    def x(self, day: date, part: float = 0.0) -> float:
        """Where a day lies: its beginning, or with `part` 0.5 its middle, with 1 its end.

        From 0 to 100, and beyond for days that are not shown.
        """
        return round((day.toordinal() - self.first.toordinal() + part) / self.days * 100, 3)


@dataclass(frozen=True)
class Tick:
    """Where a year (or a month) begins; `label` is empty where there is no room for it."""

    x: float
    label: str
    year: str


def whole_years(days: Iterable[date]) -> Window:
    """The calendar years from the first to the last of these days; at least one day is needed."""
    years = [day.year for day in days]
    return _years(min(years), max(years))


def read_window(words: str, days: Iterable[date], today: date) -> Window:
    """The window that a query string asks for: `all` of the days, the `decade` of today, a year.

    `all` holds today as well. Raises ValueError for anything else.
    """
    if words == ALL:
        return whole_years([*days, today])
    if words == DECADE:
        first = today.year - today.year % 10
        return _years(max(first, MINYEAR), min(first + 9, MAXYEAR))
    if not _YEAR.fullmatch(words):
        raise ValueError(words)
    return _years(int(words), int(words))


def ticks(window: Window, language: Language) -> tuple[Tick, ...]:
    """The months of one year, else every year, or each second, fifth, tenth … of many years."""
    if window.one_year:
        months = [window.first.replace(month=month) for month in range(1, 13)]
        return tuple(Tick(window.x(day), _month(day, language), "") for day in months)
    count = window.last.year - window.first.year + 1
    step = next((step for step in _STEPS if count <= step * LABELS), _STEPS[-1])
    years = [year for year in range(window.first.year, window.last.year + 1) if year % step == 0]
    return tuple(_year_tick(window, year, crowded=step > 1) for year in years)


def _year_tick(window: Window, year: int, crowded: bool) -> Tick:
    x, label = window.x(date(year, 1, 1)), f"{year:04d}"
    return Tick(x, "" if crowded and x > _LAST_LABEL_X else label, label)


def _month(day: date, language: Language) -> str:
    return f"{day.month}月" if language.startswith("zh") else MONTHS[day.month - 1][:3]


def _years(first: int, last: int) -> Window:
    return Window(date(first, 1, 1), date(last, 12, 31))
