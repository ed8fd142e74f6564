"""The picture: groups of lanes with the dates of milestones on them, and the axis above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from projects.languages import page_language
from projects.models import Milestone, MilestoneDate, MilestoneState, Side
from projects.reports.delivery import Step
from projects.timeline.axis import Tick, Window, ticks, whole_years
from projects.timeline.marks import Mark, draw, pack, words_fit
from projects.values.readers import Reader

ROW = 24
"""The height of a row of marks in CSS pixels, so that each is large enough to hit."""

MARGIN = 4
"""What a lane leaves free above and below its rows, in CSS pixels."""


class Subject(Protocol):
    """What has a lane: a project, an agreement, or a milestone."""

    @property
    def name(self) -> str: ...

    def get_absolute_url(self) -> str: ...


@dataclass(frozen=True)
class Entry:
    """A stated date of a milestone, drawn on a row of its lane."""

    step: Step
    statement: MilestoneDate
    mark: Mark
    row: int = 0
    words: str = ""
    """The milestone's name, where it has room beside the mark."""

    @property
    def sign(self) -> str:
        """The name of its shape: reached, due, overdue, passed_over or not_yet."""
        due = self.statement.side == Side.DUE
        apart = (MilestoneState.OVERDUE, MilestoneState.PASSED_OVER)
        return str(self.step.state if due and self.step.state in apart else self.statement.side)

    @property
    def overdue(self) -> bool:
        """Whether it has the sign of what is overdue."""
        return self.sign == MilestoneState.OVERDUE

    @property
    def extent(self) -> tuple[float, float]:
        """From where to where it takes room on its row."""
        return self.mark.extent(self.overdue)

    @property
    def words_start(self) -> tuple[float, int]:
        """Where its words begin: a place in percent, and CSS pixels behind it."""
        return self.mark.words_start(self.overdue)

    @property
    def y(self) -> int:
        """The middle of its row, in CSS pixels from the lane's top."""
        return MARGIN + self.row * ROW + ROW // 2

    @property
    def top(self) -> int:
        """The top of a span on its row."""
        return self.y - 6


@dataclass(frozen=True)
class Lane:
    """One subject with its dates, the earliest first."""

    subject: Subject
    entries: tuple[Entry, ...]

    @property
    def height(self) -> int:
        """Room for all its rows, in CSS pixels."""
        return 2 * MARGIN + ROW * (1 + max(entry.row for entry in self.entries))


@dataclass(frozen=True)
class Heading:
    """What lanes stand under, with their number on all pages; `place` counts headings from 1."""

    label: str
    place: int = 1
    count: int = 1
    continued: bool = False
    """Whether its first lanes stand on an earlier page."""


@dataclass(frozen=True)
class Group:
    """Lanes under one heading; an empty one is not shown."""

    heading: Heading
    lanes: tuple[Lane, ...]


@dataclass(frozen=True)
class Timeline:
    """A whole picture; without any lanes there is nothing to draw."""

    window: Window
    ticks: tuple[Tick, ...]
    reader: Reader
    now: float | None
    """Where the reader's day lies, None where it is not shown."""
    groups: tuple[Group, ...]

    @property
    def crowded(self) -> bool:
        """Whether a telephone has room for only every second label on the axis."""
        return len(self.ticks) > 6


def draw_timeline(
    groups: Iterable[tuple[Heading, Iterable[tuple[Subject, Sequence[Step]]]]],
    window: Window,
    reader: Reader,
) -> Timeline:
    """Draw subjects with their steps under headings; what is not in the window has no lane."""
    drawn = [(heading, tuple(_lanes(subjects, window))) for heading, subjects in groups]
    shown = window.first <= reader.day <= window.last
    return Timeline(
        window=window,
        ticks=ticks(window, page_language()),
        reader=reader,
        now=window.x(reader.day, 0.5) if shown else None,
        groups=tuple(Group(heading, lanes) for heading, lanes in drawn if lanes),
    )


def project_timeline(steps: Sequence[Step], reader: Reader) -> Timeline:
    """Draw the steps of one project, each on a lane of its own, the earliest first."""
    days = [day for step in steps for one in dates(step) for day in bounds(one)]
    window = whole_years([*days, reader.day])
    in_order = sorted((step for step in steps if dates(step)), key=_first_dates)
    lanes = [(step.milestone, [step]) for step in in_order]
    return draw_timeline([(Heading(""), lanes)], window, reader)


def dates(step: Step) -> list[MilestoneDate]:
    """The statements that date a step."""
    stated = (step.due, step.reached, step.not_yet)
    return [one for one in stated if one is not None and one.date]


def bounds(statement: MilestoneDate) -> list[date]:
    """The first and last possible day of a date, as far as they are known."""
    return [day for day in (statement.date_earliest, statement.date_latest) if day is not None]


def _first_dates(step: Step) -> list[date]:
    return min(bounds(one) for one in dates(step))


def _lanes(subjects: Iterable[tuple[Subject, Sequence[Step]]], window: Window) -> Iterable[Lane]:
    for subject, steps in subjects:
        if entries := _entries(steps, window):
            # The lane of a milestone is named by it already.
            yield Lane(subject, entries if isinstance(subject, Milestone) else _named(entries))


def _entries(steps: Sequence[Step], window: Window) -> tuple[Entry, ...]:
    found = []
    for step in steps:
        for statement in dates(step):
            if mark := draw(statement.date_earliest, statement.date_latest, window):
                found.append(Entry(step, statement, mark))
    found.sort(key=lambda entry: (entry.mark.x, entry.mark.right, entry.statement.pk))
    rows = pack(entry.extent for entry in found)
    return tuple(replace(entry, row=row) for entry, row in zip(found, rows, strict=True))


def _named(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The same with the names of milestones where they end before the next mark of their row."""
    ends: dict[int, float] = {}
    named = []
    for entry in reversed(entries):
        name = entry.step.milestone.name
        fits = words_fit(name, entry.words_start, ends.get(entry.row, 100.0))
        named.append(replace(entry, words=name) if fits else entry)
        ends[entry.row] = entry.extent[0]
    return tuple(reversed(named))
