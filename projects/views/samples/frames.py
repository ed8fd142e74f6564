"""Samples of what stands around the content of a page: the day, the view, messages, problems."""

from datetime import date

from projects.notes import Notes
from projects.parameters import Problem
from projects.reports.days import Neighbours
from projects.reports.frame import Frame, Preferred
from projects.views.samples import rows
from projects.views.samples.sample import Sample, Samples

EARLIEST, LATEST = date(2020, 4, 26), date(2024, 1, 15)


def samples() -> Samples:
    """The samples of the frame."""
    return {
        "day.html": _days(),
        "view.html": _views(),
        "messages.html": [Sample("done", {"messages": ["Saved: the other one stands now."]})],
        "problems.html": [
            Sample("two", {"problems": [_problem("as_of"), _problem("colour")]}),
            Sample("none: nothing", {"problems": []}),
        ],
        "synthetic.html": [
            Sample("made up", {"frame": Frame(Neighbours(None, None), (), True)}),
            Sample("none: nothing", {"frame": Frame(Neighbours(None, None), (), False)}),
        ],
        "source_notes.html": [Sample("two publications, in print only", {"parameters": _noted()})],
    }


def _days() -> list[Sample]:
    between = Frame(Neighbours(EARLIEST, LATEST), (), False)
    last = Frame(Neighbours(LATEST, None), (), False)
    compared = rows.parameters(since=rows.EARLIER)
    return [
        Sample("today", {"parameters": rows.parameters(), "frame": last, "request": rows.asked()}),
        Sample(
            "another day",
            {
                "parameters": rows.parameters(as_of=rows.EARLIER),
                "frame": between,
                "request": rows.asked("as_of=2023-06-01"),
            },
        ),
        Sample(
            "compared with an earlier day",
            {"parameters": compared, "frame": last, "request": rows.asked("since=2023-06-01")},
        ),
    ]


def _views() -> list[Sample]:
    preferred = (Preferred(rows.investment("30亿元"), True), Preferred(rows.target(), False))
    none = Frame(Neighbours(None, None), (), False)
    narrowed = rows.parameters(
        as_of=rows.EARLIER,
        since=EARLIEST,
        group=rows.GROUP,
        direct=True,
        place=rows.PLACE,
        prefer=frozenset({("investment", 1), ("target", 2)}),
    )
    return [
        Sample(
            "narrowed in every way",
            {
                "parameters": narrowed,
                "frame": Frame(Neighbours(None, None), preferred, False),
                "request": rows.asked("as_of=2023-06-01&group=made-up&direct=1"),
            },
        ),
        Sample(
            "compared with an earlier day only",
            {
                "parameters": rows.parameters(since=EARLIEST),
                "frame": none,
                "request": rows.asked("since=2020-04-26"),
            },
        ),
        Sample(
            "the whole record: nothing",
            {"parameters": rows.parameters(), "frame": none, "request": rows.asked()},
        ),
    ]


def _problem(name: str) -> Problem:
    return Problem(name, "A sentence that says what is wrong, and what to do.")


def _noted() -> object:
    notes = Notes()
    notes.number(rows.SOURCE)
    notes.number(rows.LATER_SOURCE)
    return rows.parameters(notes=notes)
