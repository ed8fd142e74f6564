"""A small picture of an indicator's figures that the server draws: for print, and without a script.

Every period has a track on which targets are lines and observations shapes, each at its amount. All
widths are in percent of the track's, so that it stretches with the page.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from django.utils.translation import gettext as _

from projects.charts import drawn_as
from projects.languages import page_language
from projects.models import Observation, Target
from projects.reports.performance import Performance
from projects.values.amounts import Amount

ROW = 18
"""The height of an observation's row in CSS pixels."""

HEADROOM = Decimal("1.12")
"""An open end needs room to fade out in."""

Row = Observation | Target


@dataclass(frozen=True)
class Place:
    """Where an amount lies: its first known bound, and from where to where it may lie beyond."""

    x: float
    left: float
    width: float
    fade: str
    """Towards which side it is open: left, right, or neither."""


@dataclass(frozen=True)
class Figure:
    """A target or an observation on its track."""

    statement: Row
    shape: str
    """Its shape's name: target, final, preliminary, forecast, or part (of a year)."""
    outcome: str
    """The verdict of a target, empty for an observation."""
    place: Place
    y: int
    """The middle of its row, in CSS pixels from the track's top."""

    @property
    def top(self) -> int:
        """The top of its span."""
        return self.y - 4


@dataclass(frozen=True)
class Track:
    """The figures of one period: its targets first, then what was observed."""

    period: str
    targets: tuple[Figure, ...]
    observations: tuple[Figure, ...]

    @property
    def height(self) -> int:
        """Room for a row of each observation, in CSS pixels."""
        return ROW * max(1, len(self.observations))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them."""
        return self.targets + self.observations


def progress_strip(performance: Performance) -> tuple[Track, ...]:
    """The tracks of an indicator, in the order of their periods; the undated ones last."""
    outcomes = {result.target: result.verdict.outcome for result in performance.targets}
    observations = [reading.observation for reading in performance.readings]
    scale = _Scale.of(row.amount for row in chain(outcomes, observations))
    tracks: dict[tuple[date, date, str], tuple[list[Target], list[Observation]]] = defaultdict(
        lambda: ([], [])
    )
    for target in outcomes:
        tracks[_period(target)][0].append(target)
    for observation in observations:
        tracks[_period(observation)][1].append(observation)
    return tuple(
        Track(
            period=period[-1],
            targets=tuple(
                Figure(row, "target", outcomes[row], scale.place(row.amount), ROW // 2)
                for row in targets
            ),
            observations=tuple(
                Figure(row, drawn_as(row), "", scale.place(row.amount), ROW * number + ROW // 2)
                for number, row in enumerate(observed)
            ),
        )
        for period, (targets, observed) in sorted(tracks.items())
    )


@dataclass(frozen=True)
class _Scale:
    """From the lowest amount, or 0, to above the highest."""

    bottom: Decimal
    top: Decimal

    @classmethod
    def of(cls, amounts: Iterable[Amount]) -> "_Scale":
        bounds = [Decimal(0)]
        bounds += [
            Decimal(bound)
            for amount in amounts
            for bound in (amount.low, amount.high)
            if bound is not None
        ]
        return cls(min(bounds), max(bounds) * HEADROOM or Decimal(1))

    def x(self, bound: int | Decimal) -> float:
        """Where a bound lies, from 0 to 100."""
        return round(float((Decimal(bound) - self.bottom) / (self.top - self.bottom) * 100), 2)

    def place(self, amount: Amount) -> Place:
        """Where an amount lies; an open end reaches the border."""
        left = 0.0 if amount.low is None else self.x(amount.low)
        right = 100.0 if amount.high is None else self.x(amount.high)
        fade = "left" if amount.low is None else "right" if amount.high is None else ""
        return Place(right if fade == "left" else left, left, round(right - left, 2), fade)


def _period(row: Row) -> tuple[date, date, str]:
    """Sorts by the last and the first day, what is not dated last; the words of the period."""
    last, first = row.period_latest, row.period_earliest
    if row.stretch is not None:
        words = row.stretch.format(page_language())
    else:
        words = (row.period_as_written if isinstance(row, Target) else "") or _("not dated")
    return last or date.max, first or date.min, words
