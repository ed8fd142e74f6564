"""How a date is drawn: a crisp mark for one day, a span with soft ends for a vague one.

All widths are in percent of the picture's, so that it stretches with the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from projects.timeline.axis import Window

NARROW = 2.0
"""Below this width a span would be a hairline: a soft mark of a fixed size stands in its middle."""

PIXEL = 100 / 320
"""A CSS pixel on a telephone, where the picture is narrowest and marks cover each other first."""

HALF = 9
"""Half the width of a mark of a fixed size with the gap beside it, in CSS pixels."""

HALF_WIDE = 12
"""The same for a short span and for the sign of what is overdue, which are wider."""

LABELLED = 480
"""Where words stand beside marks, on desks and on paper, the picture is at least so wide."""


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

    def extent(self, overdue: bool = False) -> tuple[float, float]:
        """From where to where it takes room on a telephone, with its sign where it is overdue."""
        left, right = self.x, self.right
        if self.exact or self.narrow:
            half = (HALF_WIDE if overdue or self.narrow else HALF) * PIXEL
            left, right = min(left, self.middle - half), max(right, self.middle + half)
        if overdue and self.narrow:
            right += HALF_WIDE * PIXEL  # the sign stands behind it
        elif overdue and self.last_shown:
            right = max(right, self.right + HALF_WIDE * PIXEL)
        return left, right

    def words_start(self, overdue: bool = False) -> tuple[float, int]:
        """Where words beside it begin: behind which place, and by how many CSS pixels."""
        if self.exact or self.narrow:
            pixels = 26 if overdue and self.narrow else 14 if overdue or self.narrow else 11
            return self.middle, pixels
        return self.right, 14 if overdue and self.last_shown else 6

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


def pack(extents: Iterable[tuple[float, float]]) -> list[int]:
    """The row of each mark, from 0: the first in which it covers none of those before it."""
    ends: list[float] = []
    rows = []
    for left, right in extents:
        row = next((row for row, end in enumerate(ends) if left >= end), len(ends))
        ends[row : row + 1] = [right]
        rows.append(row)
    return rows


def words_fit(words: str, start: tuple[float, int], end: float) -> bool:
    """Whether words that begin there end before the next mark's room, in wide fonts too."""
    place, pixels = start
    width = sum(13 if ord(character) >= 0x2E80 else 8 for character in words)
    return pixels + width <= (end - place) / 100 * LABELLED
