"""What is known of projects and of milestones, day of publication by day of publication.

The rules of the description of the domain, for every day at once: what a reader sees on a day is
what the stretch says that holds on it. Rows are plain tuples, as a portfolio has millions of them.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from projects.values.delivery import HALTS, NOT_STATED, STEPS, Kind
from projects.values.stretches import Stretches, combined, derived, held

Said = tuple[date, date | None, int, str, date | None, date | None]
"""A date of a milestone: stands from, until before; its id, EDTF text, first and last day."""

Step = tuple[int, str, Sequence[Said], Sequence[Said]]
"""A milestone: its id, its kind, when it is due and when it was reached."""

Report = tuple[date, date | None, int, str]
"""A publication: its last and its first possible day, its id, and its EDTF text."""

Promise = tuple[date, date | None, int | None, int | None]
"""A sum: counts from, until before (unless the project is cancelled); its bounds."""

Promised = tuple[int | None, int | None, int]
"""What is promised: the bounds that are stated, added up, and how many sums there are."""

StageFacts = tuple[str, int | None, str, date | None, date | None]
"""A stage; the statement that decides it; since when, as EDTF text and its first and last day."""

StepFacts = tuple[int | None, date | None, date | None, int | None, date | None, date | None, bool]
"""When a milestone is due and when it was reached (statement, first and last day); passed over."""

ProjectFacts = tuple[
    str, int | None, str, date | None, date | None,
    int | None, str, date | None,
    int | None, int | None, int,
    bool,
    date | None,
]  # fmt: skip
"""The stage as in `StageFacts`; the last report (id, EDTF text, last day); the bounds of what is
promised, and how many promises they add; whether any investment is stated; the day from which some
milestone is overdue."""

_PLACE = {kind.value: place for place, kind in enumerate(STEPS)}
_HALT = {kind.value: place for place, kind in enumerate(reversed(HALTS))}
_DECIDING = frozenset((*_PLACE, *_HALT))
_CANCELLED = Kind.CANCELLED.value
_NOTHING, _OUTSIDE, _END = -1, len(_PLACE), len(_PLACE) + 1
"""The places of no step at all, of a kind outside the order, and of a project's cancellation."""

_NO_STAGE: StageFacts = (NOT_STATED, None, "", None, None)
_NO_DATE = (None,) * 6
_NO_REPORT = (None, None, None, "")
_NO_PROMISE = (None, None, 0)
_ONE_DAY = timedelta(days=1)
_OPEN = -date.max.toordinal() - 1

_Reached = tuple[tuple[int, int, int, int], int, StageFacts]
"""What was reached: its order, the last first; the place of its kind; what it makes the stage."""


def known_of_project(
    steps: Sequence[Step],
    signing: Sequence[Step],
    reports: Iterable[Report],
    promises: Iterable[Promise],
    stated: date | None,
) -> tuple[Stretches[ProjectFacts], list[Stretches[StepFacts]]]:
    """What is known of a project, and of each of its milestones.

    `signing` are the milestones of kind *signed* of its agreement; `stated` is the first day of
    publication of any investment.
    """
    reached = [_reached(step) for step in steps]
    progress = _of_order([*steps, *signing], [*reached, *map(_reached, signing)])
    passed = derived(progress, _passed_of_project)
    milestones = [_of_step(*one, passed) for one in zip(steps, reached, strict=True)]
    parts = (
        derived(progress, _stage),
        _last_reports(reports),
        _promised(promises),
        held([(stated, None, True)] if stated else ()),
        derived(combined(milestones), _late_from),
    )
    return derived(combined(parts), _project), milestones


def known_of_agreement(steps: Sequence[Step]) -> list[Stretches[StepFacts]]:
    """What is known of each milestone of an agreement; no halt passes over those."""
    reached = [_reached(step) for step in steps]
    passed = derived(_of_order(steps, reached), _furthest)
    return [_of_step(*one, passed) for one in zip(steps, reached, strict=True)]


def _reached(step: Step) -> Stretches[_Reached | None]:
    milestone, kind, _due, reached = step
    return held([(said[0], said[1], _one_reached(milestone, kind, said)) for said in reached])


def _of_order(
    steps: Sequence[Step], reached: Sequence[Stretches[_Reached | None]]
) -> Stretches[tuple[_Reached | None, ...]]:
    """What was reached of the milestones that have to do with a stage, together."""
    together = zip(steps, reached, strict=True)
    return combined([one for step, one in together if step[3] and step[1] in _DECIDING])


def _one_reached(milestone: int, kind: str, said: Said) -> _Reached:
    _start, _end, statement, edtf, earliest, latest = said
    order = (
        # An open end may lie anywhere in the future, so it goes first.
        -latest.toordinal() if latest else _OPEN,
        -earliest.toordinal() if earliest else 0,
        # A halt goes before a step of the same date.
        _HALT.get(kind, len(_HALT)),
        milestone,
    )
    return order, _PLACE.get(kind, _NOTHING), (kind, statement, edtf, earliest, latest)


def _stage(reached: tuple[_Reached | None, ...]) -> StageFacts:
    """A halt that was reached last; otherwise the furthest step of the order."""
    found = [one for one in reached if one]
    if not found:
        return _NO_STAGE
    last = min(found)
    if last[1] != _NOTHING:
        last = min(found, key=_furthest_first)
    return last[2]


def _furthest_first(reached: _Reached) -> tuple[int, tuple[int, int, int, int]]:
    return -reached[1], reached[0]


def _passed_of_project(reached: tuple[_Reached | None, ...]) -> int:
    """The place before which every step is passed over; all of them where it is cancelled."""
    return _END if _stage(reached)[0] == _CANCELLED else _furthest(reached)


def _furthest(reached: tuple[_Reached | None, ...]) -> int:
    """The place of the furthest step that was reached."""
    return max([one[1] for one in reached if one], default=_NOTHING)


def _of_step(
    step: Step, reached: Stretches[_Reached | None], passed: Stretches[int]
) -> Stretches[StepFacts]:
    """When it is due and was reached, and whether a later step or a cancellation passes it over."""
    place = _PLACE.get(step[1], _OUTSIDE)

    def facts(values: tuple[Said | None, _Reached | None, int]) -> StepFacts:
        due, reached, furthest = values
        _start, _end, statement, _edtf, earliest, latest = due or _NO_DATE
        _kind, by, _since, first, last = reached[2] if reached else _NO_STAGE
        return statement, earliest, latest, by, first, last, by is None and furthest > place

    due = held([(said[0], said[1], said) for said in step[2]])
    return derived(combined((due, reached, passed)), facts)


def _late_from(steps: tuple[StepFacts, ...]) -> date | None:
    """The day after the first due date that is neither reached nor passed over."""
    open_until = [
        due_latest
        for _due, _earliest, due_latest, reached, _first, _last, passed_over in steps
        if due_latest is not None and reached is None and not passed_over
    ]
    first = min(open_until, default=date.max)
    return None if first == date.max else first + _ONE_DAY


def _last_reports(reports: Iterable[Report]) -> Stretches[Report | None]:
    """The newest publication: of one day the one whose first day is later, then the first id."""
    newest: dict[date, Report] = {}
    for report in reports:
        rival = newest.get(report[0])
        if rival is None or _newest_first(report) < _newest_first(rival):
            newest[report[0]] = report
    return held([(day, None, report) for day, report in newest.items()])


def _newest_first(report: Report) -> tuple[int, int]:
    _latest, earliest, source, _edtf = report
    return -earliest.toordinal() if earliest else 0, source


def _promised(promises: Iterable[Promise]) -> Stretches[Promised]:
    """The sums of the lower and of the upper bounds that are stated; None where none is."""
    changes: list[tuple[date, int, int, int, int, int]] = [(date.min, 0, 0, 0, 0, 0)]
    for start, end, low, high in promises:
        bounds = low or 0, int(low is not None), high or 0, int(high is not None)
        changes.append((start, *bounds, 1))
        if end is not None:
            changes.append((end, -bounds[0], -bounds[1], -bounds[2], -bounds[3], -1))
    lower, lowers, upper, uppers, parts = 0, 0, 0, 0, 0
    sums: dict[date, Promised] = {}
    for day, *change in sorted(changes):
        lower, lowers = lower + change[0], lowers + change[1]
        upper, uppers = upper + change[2], uppers + change[3]
        parts += change[4]
        sums[day] = (lower if lowers else None, upper if uppers else None, parts)
    return list(sums.items())


def _project(values: tuple[Any, ...]) -> ProjectFacts:
    """All facts in one row; nothing counts that was promised to a cancelled project."""
    stage, report, promised, stated, late_from = values
    _latest, _earliest, source, edtf = report or _NO_REPORT
    promise = promised if stage[0] != _CANCELLED else _NO_PROMISE
    latest = report[0] if report else None
    return (*stage, source, edtf, latest, *promise, bool(stated), late_from)
