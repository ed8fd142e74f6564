"""Samples of what is drawn: bars of money, charts, strips and timelines."""

from typing import Any

from projects.bars import picture, script_data
from projects.charts import indicator_chart
from projects.reports.delivery import Step
from projects.reports.funding import Line
from projects.reports.money import Bar, Way
from projects.strips import progress_strip
from projects.timeline.lanes import project_timeline
from projects.values.amounts import Amount, read_amount
from projects.views.indicators import target_row
from projects.views.samples import rows
from projects.views.samples.lists import steps
from projects.views.samples.measures import performance, wider_performance
from projects.views.samples.sample import Sample, Samples
from projects.views.sentences import chart_label, growth_needed_sentence


def samples() -> Samples:
    """The samples of pictures."""
    measured = performance()
    targets = [target_row(result, measured) for result in measured.targets]
    needed = measured.growth_needed
    sentence = growth_needed_sentence(needed) if needed else ""
    strip = {"tracks": progress_strip(measured)}
    label = chart_label(measured.indicator, (row.sentence for row in targets))
    chart = indicator_chart(measured, wider_performance())
    known = [target_row(result, measured) for result in measured.targets[:2]]
    return {
        "bars.html": _bars(),
        "bars_chart.html": [
            Sample("the same bars", {"data": script_data(_picture()), "label": "Sample bars"})
        ],
        "chart.html": [
            Sample(
                "with a wider measure, and figures that stand only in the table",
                {"chart": chart, "label": label, "table": "observations"},
            )
        ],
        "strip.html": [
            Sample("alone", {**strip, "beside": False}),
            Sample("beside tables", {**strip, "beside": True}),
        ],
        "verdict_lines.html": [
            Sample(
                "with the growth still needed",
                {
                    "targets": targets,
                    "growth_needed": needed,
                    "growth_needed_sentence": sentence,
                },
            ),
            Sample(
                "no target ahead",
                {"targets": known, "growth_needed": None, "growth_needed_sentence": ""},
            ),
        ],
        "timeline.html": [
            Sample("every mark", _timeline([*steps(), *_vague_steps()])),
            Sample("years that zoom in", _timeline(steps(), rows.asked("range=all"))),
            Sample("no dates: nothing", _timeline([])),
        ],
    }


def _bars() -> list[Sample]:
    by_page = {"way": Way.PROJECT, "request": rows.asked("by=project"), "group": None}
    of_group = {"way": Way.PROJECT, "request": None, "group": "made-up"}
    missing = picture([_bar("", Amount(parts_not_stated=2), exact=0, parts=2)])
    return [
        Sample("every kind of amount", {"picture": _picture(), "compact": False, **by_page}),
        Sample("compact, of a group", {"picture": _picture(), "compact": True, **of_group}),
        Sample("no amount stated", {"picture": missing, "compact": False, **of_group}),
    ]


def _picture() -> Any:
    exact, about = read_amount("32亿元"), read_amount("约12亿元")
    partly = read_amount("32亿元") + read_amount("数亿元")
    besides = exact + Amount()
    return picture(
        [
            _bar("exact", exact, exact=32),
            _bar("vague", read_amount("数十亿元")),
            _bar("partly exact", partly, exact=32, parts=2),
            _bar("approximate", about),
            _bar("open above", read_amount("不低于40亿元")),
            _bar("open below", read_amount("不超过5亿元")),
            _bar("besides, one without an amount", besides, exact=32, parts=2),
            _bar("without an amount", Amount(parts_not_stated=1)),
        ]
    )


def _bar(words: str, amount: Amount, exact: int = 0, parts: int = 1) -> Bar:
    line = Line("CNY", "once", False, amount, parts)
    stated = exact * 10**8
    code = words.replace(" ", "-")
    return Bar(Way.PROJECT, code, words, line, Amount(low=stated, high=stated))


def _vague_steps() -> list[Step]:
    """Steps reached in a month and in a year, due with an open end, and not yet reached."""
    month, year = (rows.milestone_date(edtf, "reached") for edtf in ("2022-05", "2022"))
    open_end = rows.milestone_date("2023-09/..")
    not_yet = rows.milestone_date("2021", "not_yet")
    return [
        Step(rows.milestone("某月", "In a month"), "reached", None, month, None, None),
        Step(rows.milestone("某年", "In a year"), "reached", None, year, None, None),
        Step(rows.milestone("此后", "After a day"), "possibly_due", open_end, None, None, None),
        Step(rows.milestone("尚未", "Not yet"), "not_dated", None, None, not_yet, None),
    ]


def _timeline(found: list[Step], request: Any = None) -> dict[str, Any]:
    return {"timeline": project_timeline(found, rows.parameters().reader), "request": request}
