"""Bars: where each part of an amount ends on the axis, and the same for the page's script."""

import json

import pytest
from django.utils import translation

from projects.bars import picture, script_data
from projects.models import Investment
from projects.reports.money import Way, promised_by
from tests import factories
from tests.reports.conftest import TODAY


@pytest.fixture(autouse=True)
def database(db):
    """Every bar here comes from stored investments."""


def drawn(*amounts: str, way: Way = Way.PLACE):
    """The bars of these investments, in one project if the way is by place, else in one each."""
    project = factories.project()
    for amount in amounts:
        into = {} if way == Way.PROJECT else {"project": project}
        factories.investment(amount=amount, **into)
    return picture(promised_by(way, Investment.objects.all(), TODAY))


def only(*amounts: str):
    (bar,) = drawn(*amounts).bars
    return bar


def ticks(*amounts: str, language: str = "zh-hans"):
    with translation.override(language):
        found = drawn(*amounts)
    return found.title, [tick.text for tick in found.ticks]


def test_an_exact_amount_is_solid_to_its_end():
    bar = only("32亿元")
    assert (bar.exact, bar.sure, bar.unsure) == (80.0, 0, 0)
    assert (bar.open_above, bar.open_below, bar.partly_exact) == (False, False, False)
    assert drawn().marks == {"exact"}


def test_bounds_are_lighter_to_the_lower_and_hatched_to_the_upper():
    bar = only("20亿元至100亿元")
    assert (bar.exact, bar.sure, bar.low, bar.unsure) == (0, 20.0, 20.0, 80.0)
    assert drawn().marks == {"sure", "unsure"}


def test_of_a_sum_the_exact_part_comes_first():
    bar = only("32亿元", "20亿元至100亿元")
    # 52亿 to 132亿 on an axis to 150亿.
    assert (bar.exact, bar.sure, bar.unsure) == (21.333, 13.333, 53.334)
    assert bar.partly_exact


def test_open_above_is_hatched_to_the_end_of_the_axis_and_fades():
    bar = only("超过5亿元")
    assert (bar.sure, bar.high, bar.open_above) == (83.333, 100.0, True)
    assert drawn().marks == {"sure", "open"}


def test_open_below_is_hatched_from_nothing_and_fades_in():
    bar = only("不足10亿元")
    assert (bar.low, bar.unsure, bar.open_below) == (0, 100.0, True)
    assert drawn().marks == {"unsure", "open"}


def test_open_below_beside_a_known_amount_does_not_fade():
    bar = only("不足10亿元", "5亿元")
    # 5亿 to 15亿 on an axis to 15亿.
    assert (bar.exact, bar.unsure, bar.open_below) == (33.333, 66.667, False)


def test_about_so_much_has_a_mark_and_is_not_exact():
    bar = only("约5亿元")
    assert (bar.exact, bar.sure) == (0, 100.0)
    assert drawn().marks == {"sure", "approximate"}


def test_without_an_amount_there_is_nothing_to_draw():
    found = drawn("未说明")
    assert (found.ticks, found.marks, script_data(found)) == ((), frozenset(), None)
    assert [bar.bar.line.without_amount for bar in found.bars] == [1]


def test_an_amount_of_nothing_needs_no_axis():
    assert drawn("0元").ticks == ()


def test_no_bars():
    assert drawn().bars == ()


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        ("100亿元", ("亿元", ["0", "20", "40", "60", "80", "100"]),
         ("CNY billion", ["0", "2", "4", "6", "8", "10"])),
        ("132亿元", ("亿元", ["0", "50", "100", "150"]), ("CNY billion", ["0", "5", "10", "15"])),
        ("6000亿元", ("亿元", ["0", "2000", "4000", "6000"]),
         ("CNY billion", ["0", "200", "400", "600"])),
        ("5亿元", ("亿元", ["0", "1", "2", "3", "4", "5"]),
         ("CNY million", ["0", "100", "200", "300", "400", "500"])),
        ("30万元", ("万元", ["0", "10", "20", "30"]),
         ("CNY", ["0", "100,000", "200,000", "300,000"])),
        ("3元", ("元", ["0", "1", "2", "3"]), ("CNY", ["0", "1", "2", "3"])),
    ],
)  # fmt: skip
def test_the_axis_has_few_round_figures(amount, chinese, english):
    assert ticks(amount) == chinese
    Investment.objects.all().delete()
    assert ticks(amount, language="en") == english


def test_the_script_gets_the_same_bars_with_their_words():
    with translation.override("en"):
        found = json.loads(json.dumps(script_data(drawn("32亿元", "20亿元至100亿元", "未说明"))))
    assert found["title"] == "CNY billion"
    assert [tick["value"] for tick in found["ticks"]] == [0, 5, 10, 15]
    assert found["bars"] == [
        {
            "label": "no place stated",
            "exact": 3.2,
            "sure": 2.0,
            "unsure": 8.0,
            "open": "",
            "approximate": False,
            "lines": [
                "CNY 5.2 billion to 13.2 billion",
                "of it stated exactly: CNY 3.2 billion",
                "3 investments",
                "of them 1 without an amount",
            ],
        }
    ]


@pytest.mark.parametrize(("amount", "side"), [("超过5亿元", "above"), ("不足5亿元", "below")])
def test_the_script_is_told_which_side_is_open(amount, side):
    assert script_data(drawn(amount))["bars"][0]["open"] == side
