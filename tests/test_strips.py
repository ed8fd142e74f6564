"""The small picture of an indicator, with places worked out by hand in percent of the width."""

from datetime import date

import pytest
from django.utils import translation

from projects.reports.performance import indicators, performances
from projects.strips import ROW, Place, progress_strip
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests import factories

pytestmark = pytest.mark.django_db

READER = Reader(date(2026, 11, 23))


@pytest.fixture
def indicator():
    return factories.indicator()


def strip(language="en"):
    (performance,) = performances(indicators(READER, Scope()), READER)
    with translation.override(language):
        return progress_strip(performance)


def only_place():
    (track,) = strip()
    (figure,) = track.figures
    return figure.place


def test_every_period_has_a_track_and_the_undated_ones_come_last(indicator):
    factories.target(indicator=indicator, period="", period_as_written="达产后")
    factories.target(indicator=indicator, period="2025")
    factories.observation(indicator=indicator, period="2022", status="forecast")
    factories.observation(indicator=indicator, period="2022")
    factories.observation(indicator=indicator, period="2022-01/2022-07", status="to_date")

    tracks = strip()

    assert [(track.period, [figure.shape for figure in track.figures]) for track in tracks] == [
        ("January–July 2022", ["part"]),
        ("2022", ["forecast", "final"]),
        ("2025", ["target"]),
        ("达产后", ["target"]),
    ]
    assert [track.height for track in tracks] == [ROW, 2 * ROW, ROW, ROW]
    assert [figure.y for figure in tracks[1].observations] == [9, 27]


def test_an_exact_figure_lies_at_its_amount(indicator):
    # The highest figure of all, 100, lies at 100 / 112 of the width.
    factories.observation(indicator=indicator, amount="100亿元")
    assert only_place() == Place(89.29, 89.29, 0.0, "")


@pytest.mark.parametrize(
    ("amount", "place"),
    [
        # 50 of 112, and 100 of 112
        ("50亿元至100亿元", Place(44.64, 44.64, 44.65, "")),
        ("100亿元以上", Place(89.29, 89.29, 10.71, "right")),
        ("不足100亿元", Place(89.29, 0.0, 89.29, "left")),
    ],
)
def test_a_vague_figure_takes_all_the_room_it_may(indicator, amount, place):
    factories.observation(indicator=indicator, amount=amount)
    assert only_place() == place


def test_a_target_has_its_verdict(indicator):
    factories.target(indicator=indicator)
    factories.observation(indicator=indicator, period="2022")
    (track,) = strip()
    assert [(figure.shape, figure.outcome) for figure in track.figures] == [
        ("target", "missed"),
        ("final", ""),
    ]


def test_nothing_but_zero_has_its_place_too(indicator):
    factories.observation(indicator=indicator, amount="0元")
    assert only_place() == Place(0.0, 0.0, 0.0, "")


def test_periods_are_written_in_the_pages_language(indicator):
    factories.observation(indicator=indicator, period="2022")
    assert [track.period for track in strip("zh-hans")] == ["2022年"]


def test_without_figures_there_is_no_track(indicator):
    factories.target(indicator=indicator)
    (performance,) = performances(indicators(READER, Scope()), READER)
    assert progress_strip(performance) != ()
    bare = type(performance)(performance.indicator, (), (), None)
    assert progress_strip(bare) == ()
