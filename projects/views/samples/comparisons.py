"""Samples of totals and results, and of two days side by side."""

from dataclasses import replace
from typing import Any

from projects.models import RestatesHow
from projects.reports.changes import Outcome
from projects.reports.changes.comparison import Section
from projects.reports.changes.numbers import NumberChange, TotalChange
from projects.reports.changes.statements import Replaced, StatementChanges
from projects.reports.changes.states import (
    ProjectChange,
    ProjectStand,
    StepChange,
    StepStand,
    TargetChange,
)
from projects.reports.funding import Funding, LeftOut, Line, nothing
from projects.values.amounts import Amount, read_amount
from projects.views.samples import rows
from projects.views.samples.measures import results
from projects.views.samples.sample import Sample, Samples


def samples() -> Samples:
    """The samples of totals and comparisons."""
    since: dict[str, Any] = {"parameters": rows.parameters(since=rows.EARLIER)}
    states = ("met", "missed, met by the wider measure", "not decided", "not dated")
    return {
        "line.html": _lines(),
        "funding.html": _funding(),
        "result.html": [
            Sample(words, {"result": result})
            for words, result in zip(states, results(), strict=True)
        ],
        "outcome.html": [
            Sample("everything differs", {"outcome": _outcome(), "shown": ":", **since})
        ],
        "changed_statements.html": [Sample("all three", {"statements": _statements(), **since})],
    }


def _line(amount: Amount, parts: int, unit: str = "CNY", paid: bool = False) -> Line:
    return Line(unit, "once", paid, amount, parts)


def _lines() -> list[Sample]:
    vague = read_amount("数十亿元") + read_amount("32亿元")
    lines = {
        "a range": _line(vague, 2),
        "besides, without an amount": _line(vague + Amount() + Amount(), 4),
        "a part without a lower bound": _line(vague + read_amount("不超过5亿元"), 3),
        "without an amount only": _line(Amount(parts_not_stated=2), 2),
        "nothing": nothing(),
    }
    linked = {"line": _line(vague, 2), "address": "/investments/total/cny-once-promised/"}
    plain = [Sample(words, {"line": line, "address": ""}) for words, line in lines.items()]
    return [*plain, Sample("leads to its parts", linked)]


def _funding() -> list[Sample]:
    lines = (
        _line(read_amount("数十亿元"), 1),
        _line(read_amount("3000万美元"), 1, unit="USD"),
        _line(read_amount("2亿元"), 1, paid=True),
    )
    left_out = (LeftOut("restates", "restates another statement", 3),)
    whole = {"without_investment": 7, "filtered": False, "group": None}
    return [
        Sample(
            "of everything",
            {"funding": Funding(lines, left_out), "request": rows.asked(), **whole},
        ),
        Sample(
            "of a filter, none",
            {
                "funding": Funding((), ()),
                "without_investment": 0,
                "filtered": True,
                "group": None,
                "request": rows.asked("paid=true"),
            },
        ),
    ]


def _outcome() -> Outcome:
    was, now = _line(read_amount("20亿元"), 1), _line(read_amount("数十亿元"), 2)
    reached = rows.milestone_date("2023-11", "reached")
    signed = ProjectStand("signed", False, False, None, None)
    opened = ProjectStand("opened", False, False, reached, rows.SOURCE)
    silent = ProjectStand("started", True, True, None, rows.SOURCE)
    overdue = StepStand("overdue", 151, rows.milestone_date("2022"))
    arrived = StepStand("reached", None, reached)
    met, missed, *_others = results()
    before = replace(
        missed, verdict=replace(missed.verdict, outcome="not_decided"), decided_by=None
    )
    return Outcome(
        totals=(TotalChange(nothing(), now), TotalChange(was, now)),
        numbers=(NumberChange("silent", "silent projects", 2, 4),),
        projects=Section(
            (
                ProjectChange(rows.PROJECT, signed, opened),
                ProjectChange(rows.PROJECT, opened, silent),
                ProjectChange(rows.PROJECT, None, opened),
            ),
            more=2,
        ),
        steps=Section(
            (
                StepChange(rows.milestone(), overdue, arrived),
                StepChange(rows.milestone(), arrived, None),
            )
        ),
        targets=Section((TargetChange(before, missed), TargetChange(None, met))),
    )


def _statements() -> StatementChanges:
    old = rows.investment("20亿元", restates_how=RestatesHow.SUPERSEDED)
    new = rows.investment(source=rows.LATER_SOURCE)
    return StatementChanges(
        came=Section((rows.target(),), more=1),
        replaced=Section((Replaced(old, new),)),
        went=Section((rows.participation(),)),
    )
