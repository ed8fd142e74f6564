"""Charts: what a report says, in the units and words of the axis, and how vague it is."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from projects.charts import indicator_chart, unit_name
from projects.models import Indicator
from projects.reports.performance import indicators, performances
from projects.values.amounts import Amount
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests import factories

REVENUE = "software-business-revenue"
MAIN_REVENUE = "software-main-business-revenue"


@pytest.fixture
def shipped(db):
    call_command("loaddata", "signing", "follow_ups", verbosity=0)


@pytest.fixture
def indicator(db):
    return factories.indicator()


def chart(slug: str, wider: str = "", language: str = "zh-hans") -> Any:
    """The chart as the page's script reads it: through JSON."""
    reader = Reader(date(2026, 11, 23))
    rows = {one.slug: one for one in indicators(reader, Scope())}
    chosen = [rows[slug], *([rows[wider]] if wider else [])]
    with translation.override(language):
        return json.loads(json.dumps(indicator_chart(*performances(chosen, reader))))


def series(drawn: dict[str, Any], style: str) -> dict[str, Any]:
    """The points of a style by the text of their year."""
    found = next(one for one in drawn["series"] if one["style"] == style)
    years = [year["text"] for year in drawn["years"]]
    return {year: point for year, point in zip(years, found["points"], strict=True) if point}


def only_point(indicator: Indicator, style: str = "final") -> dict[str, Any]:
    (point,) = series(chart(indicator.slug), style).values()
    return point


def test_figures_are_exact_in_the_unit_of_the_axis(shipped):
    final = series(chart(REVENUE), "final")
    assert {year: point["low"] for year, point in final.items()} == {
        "2020年": 2008.2,
        "2022年": 2705.0,
    }
    assert final["2020年"] == {
        "style": "final",
        "low": 2008.2,
        "high": 2008.2,
        "open": "",
        "approximate": False,
    }


def test_the_unit_of_the_axis_follows_the_language(shipped):
    drawn = chart(REVENUE, language="en")
    assert drawn["axis"]["title"] == "CNY billion"
    assert series(drawn, "final")["2020"]["low"] == 200.82
    assert chart(REVENUE)["axis"]["title"] == "亿元"


def test_the_ticks_have_words_and_leave_room_above_the_highest_figure(shipped):
    ticks = chart(REVENUE)["axis"]["ticks"]
    assert [tick["text"] for tick in ticks] == [
        "0", "1000", "2000", "3000", "4000", "5000", "6000",
    ]  # fmt: skip
    assert [tick["value"] for tick in ticks][-1] == 6000.0
    english = chart(REVENUE, language="en")["axis"]["ticks"]
    assert [tick["text"] for tick in english][:3] == ["0", "100", "200"]


def test_every_year_between_the_first_and_the_last_has_its_place(shipped):
    years = [year["text"] for year in chart(REVENUE)["years"]]
    assert years == ["2020年", "2021年", "2022年", "2023年", "2024年", "2025年"]


def test_an_open_bound_is_flagged_and_has_no_figure(shipped):
    assert series(chart(REVENUE), "forecast")["2022年"] == {
        "style": "forecast",
        "low": 3000.0,
        "high": None,
        "open": "above",
        "approximate": False,
    }


def test_statuses_are_told_apart_and_to_date_is_no_full_year(shipped):
    drawn = chart(REVENUE)
    assert [one["style"] for one in drawn["series"]] == [
        "part", "forecast", "preliminary", "final",
    ]  # fmt: skip
    assert series(drawn, "preliminary")["2022年"]["low"] == 2750.0
    part = series(drawn, "part")
    assert {year: point["low"] for year, point in part.items()} == {
        "2022年": 1558.9,
        "2023年": 806.5,
    }


def test_targets_lie_over_their_period(shipped):
    targets = chart(REVENUE)["targets"]
    assert [(one["from"], one["to"], one["low"]) for one in targets] == [
        (0.0, 1.0, 2000.0),
        (2.0, 3.0, 3000.0),
        (3.0, 4.0, 3600.0),
        (5.0, 6.0, 5000.0),
    ]
    assert {one["open"] for one in targets} == {"above"}


def test_the_wider_indicator_is_one_series_of_its_own(shipped):
    drawn = chart(REVENUE, MAIN_REVENUE)
    assert [one["wider"] for one in drawn["series"]] == [False, False, False, False, True]
    wider = series(drawn, "wider")
    assert {year: (point["style"], point["low"]) for year, point in wider.items()} == {
        "2021年": ("final", 2824.0),
        "2022年": ("final", 3036.0),
        "2025年": ("forecast", 5000.0),
    }
    assert wider["2025年"]["open"] == "above"


def test_the_words_of_a_year_name_every_figure_over_it(shipped):
    years = {year["text"]: year["lines"] for year in chart(REVENUE, MAIN_REVENUE, "en")["years"]}
    assert [line["text"] for line in years["2022"]] == [
        "target: at least CNY 300 billion",
        "final: CNY 270.5 billion",
        "preliminary: CNY 275 billion",
        "forecast: above CNY 300 billion",
        "to date (January–July 2022): CNY 155.89 billion",
        "wider indicator, final: CNY 303.6 billion",
    ]
    assert [line["wider"] for line in years["2022"]] == [*[False] * 5, True]
    assert years["2024"] == []


def test_the_words_of_a_figure_come_with_its_publication(indicator):
    source = factories.source(title="年度公报", published="2021-02-03")
    factories.observation(indicator=indicator, source=source)
    (line,) = chart(indicator.slug)["years"][0]["lines"]
    assert line == {"text": "最终数据：90亿元", "source": "年度公报，2021年2月3日", "wider": False}


def test_the_path_still_needed_leads_to_the_next_target(shipped):
    # From 2022 to 2023, the third and the fourth year; 3600 / 2705 is 1.3309, rounded up 33.1 %.
    drawn = chart(REVENUE, language="en")
    assert drawn["path"] == {"from": 2, "to": 3, "start": 270.5, "end": 360.0}
    words = {entry["mark"]: entry["text"] for entry in drawn["legend"]}
    assert words["path"] == "path still needed: growth of 33.1% a year"


def test_without_a_next_target_there_is_no_path(indicator):
    factories.observation(indicator=indicator, period="2022")
    factories.target(indicator=indicator, period="2022")
    drawn = chart(indicator.slug)
    assert drawn["path"] is None
    assert "path" not in [entry["mark"] for entry in drawn["legend"]]


def test_the_wider_indicator_is_named_where_it_is_drawn(shipped):
    assert chart(REVENUE, MAIN_REVENUE, "en")["wider"].startswith("Main business revenue")
    assert chart(REVENUE)["wider"] == ""


def test_the_legend_names_only_what_is_drawn(shipped):
    marks = [entry["mark"] for entry in chart(MAIN_REVENUE)["legend"]]
    assert marks == ["final", "forecast", "target", "path", "vague"]


def test_without_dated_figures_there_is_no_chart(shipped):
    assert chart("kaifa-park-annual-sales") is None
    assert chart("software-park-floor-area") is None


def test_a_count_up_to_a_month_stands_in_its_year(shipped):
    drawn = chart("zhichuang-introduced")
    assert drawn["axis"]["title"] == "家"
    assert series(drawn, "part")["2020年"]["low"] == 35.0


def test_undated_targets_are_left_to_the_table(indicator):
    factories.observation(indicator=indicator, period="2020")
    factories.target(indicator=indicator, period="", period_as_written="达产后")
    drawn = chart(indicator.slug)
    assert (drawn["targets"], drawn["left_out"]) == ([], 1)


def test_of_several_parts_of_a_year_the_last_one_is_drawn(indicator):
    for month, amount in (("03", "30亿元"), ("06", "60亿元")):
        factories.observation(
            indicator=indicator, period=f"2022-01/2022-{month}", amount=amount, status="to_date"
        )
    assert only_point(indicator, "part")["low"] == 60.0
    assert chart(indicator.slug)["left_out"] == 1


def test_a_final_figure_of_half_a_year_is_no_full_year(indicator):
    factories.observation(indicator=indicator, period="2022-01/2022-06", amount="60亿元")
    assert [one["style"] for one in chart(indicator.slug)["series"]] == ["part"]


def test_a_figure_over_several_years_is_left_out_and_a_target_spans_them(indicator):
    factories.observation(indicator=indicator, period="2020")
    factories.observation(indicator=indicator, period="2020/2022", amount="300亿元")
    factories.target(indicator=indicator, period="2021/2023")
    drawn = chart(indicator.slug)
    assert drawn["left_out"] == 1
    assert [year["text"] for year in drawn["years"]] == ["2020年", "2021年", "2022年", "2023年"]
    assert (drawn["targets"][0]["from"], drawn["targets"][0]["to"]) == (1.0, 4.0)


def test_a_target_for_half_a_year_covers_half_of_its_place(indicator):
    # 181 of the 365 days of 2022 are over on 30 June
    factories.target(indicator=indicator, period="2022-01/2022-06")
    target = chart(indicator.slug)["targets"][0]
    assert (target["from"], target["to"]) == (0.0, 0.496)


@pytest.mark.parametrize(
    ("amount", "low", "high", "open_end"),
    [
        ("20亿元至不足100亿元", 20.0, 100.0, ""),
        ("不足100亿元", None, 100.0, "below"),
        ("不超过100亿元", None, 100.0, "below"),
        ("100亿元以上", 100.0, None, "above"),
    ],
)
def test_bounds_are_kept_as_they_are(indicator, amount, low, high, open_end):
    factories.observation(indicator=indicator, amount=amount)
    point = only_point(indicator)
    assert (point["low"], point["high"], point["open"]) == (low, high, open_end)


def test_an_approximate_figure_is_flagged(indicator):
    factories.observation(indicator=indicator, amount="约50亿元")
    assert only_point(indicator)["approximate"] is True


def test_small_figures_keep_their_own_unit(db):
    indicator = factories.indicator(unit="percent")
    factories.observation(
        indicator=indicator, amount=Amount(low=0, high=0, unit="percent"), period="2021"
    )
    drawn = chart(indicator.slug)
    assert drawn["axis"]["title"] == "%"
    assert [tick["value"] for tick in drawn["axis"]["ticks"]] == [0.0, 1.0]


def test_years_far_apart_do_not_fill_the_axis_with_empty_ones(indicator):
    factories.observation(indicator=indicator, period="1900")
    factories.target(indicator=indicator, period="2022")
    assert [year["text"] for year in chart(indicator.slug)["years"]] == ["1900年", "2022年"]


def test_a_unit_has_a_name_in_both_languages():
    with translation.override("en"):
        assert (unit_name("CNY"), unit_name("m²")) == ("CNY", "m²")
    with translation.override("zh-hans"):
        assert (unit_name("CNY"), unit_name("m²")) == ("元", "平方米")
