"""Delivery: the kinds of milestones, their state on a day, a project's stage, and its silence.

The rules are those of the description of the domain, on plain values. Whoever derives them in the
database can be checked against these functions.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum

from projects.values.words import Language

NOT_STATED = "not_stated"
"""The stage of a project for which no reached milestone is known."""


class Kind(StrEnum):
    """What kind of step a milestone is, in the order of the field; the last three are outside."""

    PLANNED = "planned"
    SIGNED = "signed"
    INVESTED = "invested"
    STARTED = "started"
    COMPLETED = "completed"
    OPENED = "opened"
    AT_CAPACITY = "at_capacity"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    OTHER = "other"


class State(StrEnum):
    """Where a milestone stands on a day, in the order in which the rules are tried."""

    REACHED = "reached"
    PASSED_OVER = "passed_over"
    NOT_DATED = "not_dated"
    OVERDUE = "overdue"
    POSSIBLY_DUE = "possibly_due"
    SCHEDULED = "scheduled"


HALTS = (Kind.SUSPENDED, Kind.CANCELLED)
"""The kinds that halt a project, the weaker one first."""

STEPS = tuple(kind for kind in Kind if kind not in (*HALTS, Kind.OTHER))
"""The kinds that have a place in the order, the earliest first."""


@dataclass(frozen=True)
class Reached:
    """A milestone of that kind was reached within these days (None: no earliest or latest day)."""

    kind: Kind
    earliest: date | None
    latest: date | None


def rank(kind: Kind) -> int | None:
    """The place of a kind in the order, from 0 (planned) to 6 (at capacity), or None."""
    return STEPS.index(kind) if kind in STEPS else None


def state_of(
    day: date,
    due_earliest: date | None,
    due_latest: date | None,
    reached: bool,
    passed_over: bool,
    dated: bool,
) -> State:
    """The state of a milestone on `day`: the first rule that holds.

    `dated` says whether a due date is stated at all; its bounds are None where they are open, and
    an open latest end is never overdue. The bounds count only where `dated` is true.
    """
    if reached:
        return State.REACHED
    if passed_over:
        return State.PASSED_OVER
    if not dated:
        return State.NOT_DATED
    if due_latest is not None and due_latest < day:
        return State.OVERDUE
    if due_earliest is None or due_earliest <= day:
        return State.POSSIBLY_DUE
    return State.SCHEDULED


def stage_of(reached: Iterable[Reached]) -> str:
    """The stage of a project by what was reached (with its agreement's *signed*): a kind's value.

    It is the furthest kind in the order, or suspended or cancelled where no step of the order was
    reached later; *other* neither counts nor lifts a halt. Later is what has the later latest day
    (an open end is the furthest), then the later earliest day; *cancelled* goes before *suspended*.
    Nothing of these: `NOT_STATED`.
    """
    reached = list(reached)
    steps = [one for one in reached if one.kind in STEPS]
    halts = [one for one in reached if one.kind in HALTS]
    last_halt = max(halts, key=lambda halt: (_when(halt), HALTS.index(halt.kind)), default=None)
    if last_halt and all(_when(last_halt) >= _when(step) for step in steps):
        return str(last_halt.kind)
    furthest = max(steps, key=lambda step: STEPS.index(step.kind), default=None)
    return str(furthest.kind) if furthest else NOT_STATED


def silent(last_reported: date | None, day: date, months: int, stage: str) -> bool:
    """Whether, on `day`, nothing has been reported about a project for so many calendar months.

    `last_reported` is the latest day of the newest publication that states anything about it. The
    silence begins on the day `months_after` it. A cancelled project and one at capacity are never
    silent, nor is one that no publication ever stated anything about: there is no "since" to show.
    """
    if last_reported is None or stage in (Kind.CANCELLED, Kind.AT_CAPACITY):
        return False
    return months_after(last_reported, months) <= day


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months later, or the month's last where it has no such day.

    What would lie after the year 9999 becomes its last day. Raises ValueError for negative months.
    """
    if months < 0:
        raise ValueError(f"Months after a day cannot be negative: {months}")
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _when(reached: Reached) -> tuple[bool, date, date]:
    """Sorts the last reached to the end: by latest day, an open one last, then earliest day."""
    return reached.latest is None, reached.latest or date.max, reached.earliest or date.min


def silent_up_to(day: date, months: int) -> date:
    """The last day such that a project last reported then is silent on `day`.

    The inverse of `months_after`, so that a database can compare days without calendar arithmetic.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < MINYEAR:
        return date.min
    last = date(year, month + 1, calendar.monthrange(year, month + 1)[1])
    while months_after(last, months) > day:
        last -= timedelta(days=1)
    return last


def months_since(reported: date, day: date) -> int:
    """How many whole months have passed; 0 where the day reported may still be ahead.

    A project last reported then is silent on `day` where this reaches the number of months.
    """
    months = max(0, (day.year - reported.year) * 12 + day.month - reported.month)
    return months if months_after(reported, months) <= day or not months else months - 1


def age_words(months: int, language: Language) -> str:
    """A number of months in years and months: 6年7个月, 6 years 7 months."""
    years, rest = divmod(months, 12)
    if language == "zh-hans":
        words = [f"{years}年"] * bool(years) + [f"{rest}个月"] * bool(rest)
        return "".join(words) or "不足1个月"
    words = [_counted(years, "year")] * bool(years) + [_counted(rest, "month")] * bool(rest)
    return " ".join(words) or "less than a month"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
