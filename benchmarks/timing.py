"""Repetition and comparison on a machine that others use too."""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter
from typing import TypeVar

Name = TypeVar("Name")

ENOUGH = 60
"""After so many seconds nothing is asked once more."""


def interleaved(sides: Mapping[Name, Callable[[], float]], rounds: int) -> dict[Name, float]:
    """The median of each side, asked in turn, so that what slows the machine slows all of them.

    Fewer rounds have to do where a side is slow.
    """
    end = perf_counter() + ENOUGH
    taken: dict[Name, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            taken[name].append(side())
        if perf_counter() > end:
            break
    return {name: median(seconds) for name, seconds in taken.items()}


def seconds_of(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start
