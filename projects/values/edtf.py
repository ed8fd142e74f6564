"""EDTF texts (ISO 8601-2) of the few forms that the site stores, and the days they span."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Unit = Literal["day", "month", "quarter", "half", "year"]

OPEN = ".."
FIRST_QUARTER, FIRST_HALF = 33, 40
_PART = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<code>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_SHOWN = 40


class InvalidEdtf(ValueError):
    """A text that is no EDTF text of the forms stored; `message` says which forms are."""

    def __init__(self, edtf: str) -> None:
        self.edtf = edtf
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """Say in `language` which forms are allowed."""
        shown = self.edtf if len(self.edtf) <= _SHOWN else self.edtf[:_SHOWN] + "…"
        if language.startswith("zh"):
            return (
                f"“{shown}”不是可用的日期。可用的写法：2018-10-15（日）、2018-10（月）、2018（年）、"
                "2018-33 至 2018-36（季度）、2018-40 和 2018-41（上、下半年），"
                "或由先到后的区间，如 2016-01/2016-04、../2020-04、2021/..；年份为 0001 至 9999。"
            )
        return (
            f"“{shown}” is not a date that can be stored. Write 2018-10-15 (day), 2018-10 (month), "
            "2018 (year), 2018-33 to 2018-36 (quarters), 2018-40 or 2018-41 (halves), or an "
            "interval in order, such as 2016-01/2016-04, ../2020-04 or 2021/..; years 0001 to 9999."
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One day, month, quarter, half or year; `number` counts it within its year (or month)."""

    unit: Unit
    year: int
    number: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Stretch:
    """What an EDTF text spans: two ends (None: open), the same part twice if no interval."""

    start: Part | None
    end: Part | None

    @property
    def earliest(self) -> date | None:
        """The first day, None where the stretch is open before."""
        return self.start.first if self.start else None

    @property
    def latest(self) -> date | None:
        """The last day, None where the stretch is open after."""
        return self.end.last if self.end else None

    @property
    def bounds(self) -> tuple[date, date]:
        """First and last day, an open end taken as the end of the calendar."""
        return self.earliest or date.min, self.latest or date.max

    def lies_within(self, other: "Stretch") -> bool:
        """Whether no day of this stretch is outside `other`."""
        (first, last), (other_first, other_last) = self.bounds, other.bounds
        return other_first <= first and last <= other_last

    def overlaps(self, other: "Stretch") -> bool:
        """Whether a day lies in both."""
        (first, last), (other_first, other_last) = self.bounds, other.bounds
        return first <= other_last and other_first <= last


def parse(edtf: str) -> Stretch:
    """Read an EDTF text, exactly as stored; raises InvalidEdtf for any other text."""
    start_text, slash, end_text = edtf.partition("/")
    if not slash:
        part = _part(edtf, edtf)
        return Stretch(part, part)
    if start_text == end_text == OPEN:
        raise InvalidEdtf(edtf)
    start = None if start_text == OPEN else _part(start_text, edtf)
    end = None if end_text == OPEN else _part(end_text, edtf)
    if start and end and start.first > end.last:
        raise InvalidEdtf(edtf)
    return Stretch(start, end)


def _part(text: str, edtf: str) -> Part:
    match = _PART.fullmatch(text)
    if match is None:
        raise InvalidEdtf(edtf)
    try:
        return _dated(int(match["year"]), _number(match["code"]), _number(match["day"]))
    except ValueError as error:
        raise InvalidEdtf(edtf) from error


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _dated(year: int, code: int | None, day: int | None) -> Part:
    """The part of these numbers; ValueError where the calendar has none."""
    if code is None:
        return _months(year, "year", year, 1, 12)
    if day is not None:
        only = date(year, code, day)
        return Part("day", year, only.day, only, only)
    if FIRST_QUARTER <= code < FIRST_QUARTER + 4:
        quarter = code - FIRST_QUARTER
        return _months(year, "quarter", quarter + 1, 3 * quarter + 1, 3 * quarter + 3)
    if FIRST_HALF <= code < FIRST_HALF + 2:
        half = code - FIRST_HALF
        return _months(year, "half", half + 1, 6 * half + 1, 6 * half + 6)
    return _months(year, "month", code, code, code)


def _months(year: int, unit: Unit, number: int, first_month: int, last_month: int) -> Part:
    first = date(year, first_month, 1)
    return Part(unit, year, number, first, date(year, last_month, days_in(year, last_month)))


def days_in(year: int, month: int) -> int:
    """How many days the month has."""
    return calendar.monthrange(year, month)[1]
