"""What is asked of a run: its size and its parts."""

import pytest

from benchmarks.__main__ import CONCERNS, asked, measured
from benchmarks.client import BadAnswer
from benchmarks.sizes import SIZES, UnknownSize, read_size
from benchmarks.table import Mark, Unmeasured, marked


def test_the_full_size_is_that_of_the_marks():
    name, size = read_size({})

    assert name == "full"
    assert (size.projects, size.counted, size.peer_rows, size.page) == (
        100_000,
        12_000,
        200_000,
        1_000,
    )


def test_a_size_may_have_other_numbers_of_projects():
    name, size = read_size({"SIZE": "quick", "PROJECTS": "500"})

    assert (name, size.projects) == ("quick, 500 projects", 500)
    assert size.counted == SIZES["quick"].counted


@pytest.mark.parametrize(
    "variables",
    [{"SIZE": "huge"}, {"PROJECTS": "many"}, {"PROJECTS": "٣٠٠"}, {"PROJECTS": "11"}],
)
def test_a_size_that_cannot_be_used_is_named(variables):
    with pytest.raises(UnknownSize, match="=".join(*variables.items())):
        read_size(variables)


def test_only_some_parts_in_the_order_asked():
    assert asked("lists,csv") == ["lists", "csv"]
    assert asked("") == list(CONCERNS)


def test_a_part_that_is_not_known_is_named():
    with pytest.raises(UnknownSize, match="lines is none of csv, "):
        asked("csv,lines")


def rows_of(monkeypatch, concern):
    monkeypatch.setitem(CONCERNS, "csv", concern)
    return [(row.what, row.verdict, row.beside) for row in measured("csv", None)]


def test_what_was_measured_stays_where_the_rest_breaks_off(monkeypatch):
    def concern(run):
        yield marked("first", 1, Mark("at most", 2, "×"))
        raise BadAnswer("/ answers 500")

    assert rows_of(monkeypatch, concern) == [
        ("first", "yes", ""),
        ("csv", "failed", "BadAnswer: / answers 500"),
    ]


def test_what_is_missing_here_is_said(monkeypatch):
    def concern(run):
        raise Unmeasured("sqlite3 is not installed")
        yield

    assert rows_of(monkeypatch, concern) == [("csv", "not measured", "sqlite3 is not installed")]
