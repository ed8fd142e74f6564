"""The table of a run: what a figure is held against, how it is written, how the run ends."""

import math

import pytest

from benchmarks.table import (
    Mark,
    Row,
    broken,
    exit_code,
    marked,
    summary,
    table,
    unmeasured,
    written,
)

TWICE = Mark("at most", 2.0, "×")
MET, MISSED = marked("a", 2.0, TWICE), marked("b", 2.01, TWICE)


@pytest.mark.parametrize(
    ("mark", "met", "missed"),
    [
        (TWICE, [0.5, 2.0], [2.01, math.inf, math.nan]),
        (Mark("at least", 40, "×"), [40, 41], [39.9, 0, math.nan]),
        (Mark("exactly", 0, "rows"), [0], [1, -1, math.nan]),
    ],
)
def test_a_mark_is_met_up_to_its_bound(mark, met, missed):
    assert [figure for figure in [*met, *missed] if mark.met_by(figure)] == met


@pytest.mark.parametrize(
    ("figure", "unit", "words"),
    [
        (1.304, "×", "1.30 ×"),
        (475_000.4, "rows/s", "475 000 rows/s"),
        (0.94, "ms", "0.9 ms"),
        (math.inf, "×", "no answer"),
        (51.6, "%", "52 %"),
    ],
)
def test_a_figure_has_as_many_digits_as_say_something(figure, unit, words):
    assert written(figure, unit) == words


def test_one_missed_mark_ends_with_1():
    assert exit_code([MET, MET]) == 0
    assert exit_code([MET, MISSED, MET]) == 1


def test_a_measurement_that_broke_ends_with_1():
    assert exit_code([MET, broken("c", "the site answers 500")]) == 1


def test_what_cannot_be_measured_here_speaks_against_nobody():
    assert exit_code([MET, unmeasured("c", "sqlite3 is not installed")]) == 0


def test_a_figure_for_orientation_is_held_against_nothing():
    row = Row("d", 10_000, "rows/s")

    assert exit_code([row]) == 0
    assert row.verdict == ""


def test_no_answer_is_never_at_most_anything():
    assert exit_code([marked("a", math.inf, TWICE)]) == 1


def test_the_table_can_be_read_and_pasted():
    rows = [
        marked("export", 1.5, TWICE, "3 s against 2 s"),
        unmeasured("shell", "sqlite3 is missing"),
        broken("page", "a | b"),
    ]

    assert table(rows).splitlines() == [
        "| what   | figure | mark           | met          | beside |",
        "| ------ | ------ | -------------- | ------------ | --- |",
        "| export | 1.50 × | at most 2.00 × | yes          | 3 s against 2 s |",
        "| shell  | -      |                | not measured | sqlite3 is missing |",
        "| page   | -      |                | failed       | a / b |",
    ]


def test_the_summary_counts_every_kind():
    rows = [MET, MET, MISSED, broken("c", ""), unmeasured("d", ""), Row("e", 1, "s")]

    assert summary(rows) == "Marks met: 2, missed: 1, failed: 1, not measured: 1."
