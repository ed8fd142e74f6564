"""How a date is drawn: a crisp mark for one day, a span with soft ends for a vague one.

All widths are in percent of the picture's, so that it stretches with the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from projects.timeline.axis import Window

NARROW = 1.6
"""Below this width a span would be a hairline: a soft mark of a fixed size stands in its middle."""

APART = 3.6
"""Marks nearer than this would cover each other on a telephone, so they take rows of their own."""


class End(StrEnum):
    """How an end of a span looks."""

    SOFT = "soft"
    """The last possible day, from which it fades a little."""
    OPEN = "open"
    """No such day is known: it fades out altogether."""
    CUT = "cut"
    """It goes on outside the window."""


@dataclass(frozen=True)
class Mark:
    """A day (no width) or a span, from `x` on, within 0 and 100."""

    x: float
    width: float = 0.0
    start: End = End.CUT
    end: End = End.CUT

    @property
    def exact(self) -> bool:
        """Whether it is a single day."""
        return self.width == 0

    @property
    def narrow(self) -> bool:
        """Whether it is a span too short to be drawn as one."""
        return 0 < self.width < NARROW

    @property
    def middle(self) -> float:
        """Where its middle lies."""
        return round(self.x + self.width / 2, 3)

    @property
    def right(self) -> float:
        """Where it ends."""
        return round(self.x + self.width, 3)

    @property
    def fade(self) -> str:
        """The name of the mask that softens both ends."""
        return f"{self.start}-{self.end}"

    @property
    def last_shown(self) -> bool:
        """Whether the last possible day is in the picture."""
        return self.exact or self.end == End.SOFT


def draw(earliest: date | None, latest: date | None, window: Window) -> Mark | None:
    """Draw a date by its first and last possible day (None: open); None where it is not shown."""
    if (earliest and earliest > window.last) or (latest and latest < window.first):
        return None
    if earliest and earliest == latest:
        return Mark(window.x(earliest, 0.5))
    start, left = End.OPEN, 0.0
    if earliest:
        shown = earliest >= window.first
        start, left = (End.SOFT, window.x(earliest)) if shown else (End.CUT, 0.0)
    end, right = End.OPEN, 100.0
    if latest:
        shown = latest <= window.last
        end, right = (End.SOFT, window.x(latest, 1)) if shown else (End.CUT, 100.0)
    return Mark(left, round(right - left, 3), start, end)


def pack(marks: Iterable[Mark]) -> list[int]:
    """The row of each mark, from 0: the first in which it is clear of those before it."""
    ends: list[float] = []
    rows = []
    for mark in marks:
        free = (row for row, end in enumerate(ends) if mark.x - end >= APART)
        row = next(free, len(ends))
        ends[row : row + 1] = [mark.right]
        rows.append(row)
    return rows
