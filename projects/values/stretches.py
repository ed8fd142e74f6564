"""Stretches of days: a value with the day from which it holds, until the next one does."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

Value = TypeVar("Value")
Derived = TypeVar("Derived")

Stretches = Sequence[tuple[date, Value]]
"""Values by the first day of each, in order: they cover all days, and no two neighbours agree.

Plain tuples, because a portfolio has millions of them.
"""


def held(said: Iterable[tuple[date, date | None, Value]]) -> Stretches[Value | None]:
    """What stands of values from a day until before another, never two at once; else None."""
    stands = list(said)
    changes: dict[date, Value | None] = {date.min: None}
    for _start, end, _value in stands:
        if end is not None:
            changes[end] = None
    for start, _end, value in stands:
        changes[start] = value
    return sorted(changes.items(), key=_day)


def combined(parts: Sequence[Stretches[Any]]) -> Stretches[tuple[Any, ...]]:
    """What all of these say together; of no parts nothing, for ever."""
    changes: dict[date, list[tuple[int, Any]]] = {date.min: []}
    for place, part in enumerate(parts):
        for day, value in part:
            if day in changes:
                changes[day].append((place, value))
            else:
                changes[day] = [(place, value)]
    values: list[Any] = [None] * len(parts)
    found = []
    for day in sorted(changes):
        for place, value in changes[day]:
            values[place] = value
        found.append((day, tuple(values)))
    return found


def derived(
    stretches: Iterable[tuple[date, Value]], rule: Callable[[Value], Derived]
) -> Stretches[Derived]:
    """What follows from each value; neighbours from which the same follows become one."""
    found: list[tuple[date, Derived]] = []
    for day, value in stretches:
        follows = rule(value)
        if not found or found[-1][1] != follows:
            found.append((day, follows))
    return found


def on(stretches: Stretches[Value], day: date) -> Value:
    """The value that holds on a day."""
    return max((one for one in stretches if one[0] <= day), key=_day)[1]


def _day(stretch: tuple[date, Any]) -> date:
    return stretch[0]
