"""EDTF texts of every form that is stored, for tests over many of them."""

import calendar
from datetime import date

from hypothesis import strategies as st

YEARS = st.one_of(st.integers(1, 9999), st.integers(2010, 2030))
CODES = (*range(1, 13), *range(33, 37), 40, 41)
DAYS = st.one_of(st.dates(), st.dates(date(2019, 1, 1), date(2021, 12, 31)))
PARTS = st.one_of(
    DAYS.map(date.isoformat),
    YEARS.map("{:04d}".format),
    st.builds("{:04d}-{:02d}".format, YEARS, st.sampled_from(CODES)),
)


def first_and_last(part: str) -> tuple[date, date]:
    """The days of one part, counted out here a second time."""
    year, *rest = (int(number) for number in part.split("-"))
    if len(rest) == 2:
        return date(year, *rest), date(year, *rest)
    low, high = 1, 12
    if rest:
        code = rest[0]
        spans = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
        low, high = spans.get(code, (code, code))
    return date(year, low, 1), date(year, high, calendar.monthrange(year, high)[1])


def _in_order(pair: tuple[str, str]) -> bool:
    return first_and_last(pair[0])[0] <= first_and_last(pair[1])[1]


INTERVALS = st.tuples(PARTS, PARTS).filter(_in_order).map("/".join)
TEXTS = st.one_of(PARTS, INTERVALS, PARTS.map("../{}".format), PARTS.map("{}/..".format))
