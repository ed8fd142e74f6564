"""Rows in any order, across files: parents after children, groups, swaps, circles."""

import pytest
from django.db import connection

from projects.imports import check, store
from projects.models import Indicator, Investment, MilestoneDate, Place, Target
from tests import factories
from tests.imports.files import contents, file, said, stored

pytestmark = pytest.mark.django_db


def test_children_before_their_parents(publisher):
    lines = [
        {"slug": "c", "name_en": "C", "parent": "b"},
        {"slug": "b", "name_en": "B", "parent": "a"},
        {"slug": "a", "name_en": "A", "parent": ""},
    ]
    stored(file("places", *lines), user=publisher)
    assert Place.objects.get(slug="c").parent.parent.slug == "a"


def test_a_tree_is_turned_round(publisher):
    top = factories.place(slug="a")
    factories.place(slug="b", parent=top)
    lines = [{"slug": "a", "parent": "b"}, {"slug": "b", "parent": ""}]
    stored(file("places", *lines), user=publisher)
    assert Place.objects.get(slug="a").parent.slug == "b"


def test_new_rows_in_a_circle_are_named(publisher):
    lines = [
        {"slug": "a", "name_en": "A", "parent": "b"},
        {"slug": "b", "name_en": "B", "parent": "a"},
        {"slug": "c", "name_en": "C", "parent": ""},
    ]
    report = check([file("places", *lines)], publisher)
    assert [(line, column) for _table, line, column, _words in said(report)] == [(2, ""), (3, "")]
    assert all("a" in words and "b" in words for *_place, words in said(report))


def test_stored_rows_in_a_circle_are_refused(publisher):
    factories.place(slug="a")
    factories.place(slug="b")
    lines = [{"slug": "a", "parent": "b"}, {"slug": "b", "parent": "a"}]
    before = contents()
    assert not store([file("places", *lines)], publisher).stored
    assert contents() == before


def test_files_in_any_order(publisher):
    files = [
        file("projects", {"slug": "p", "name_en": "P", "agreement": "a", "places": "x"}),
        file("agreements", {"slug": "a", "name_en": "A"}),
        file("places", {"slug": "x", "name_en": "X"}),
    ]
    assert stored(*files, user=publisher).counts["added"] == 3


def test_a_wider_indicator_below_the_narrow_one(publisher):
    factories.place(slug="x")
    same = {"unit": "CNY", "place": "x"}
    lines = [
        {"slug": "narrow", "name_en": "N", "wider": "wide"} | same,
        {"slug": "wide", "name_en": "W", "wider": ""} | same,
    ]
    stored(file("indicators", *lines), user=publisher)
    assert Indicator.objects.get(slug="narrow").wider.slug == "wide"


@pytest.fixture
def group():
    """A target that stands and one that it superseded."""
    measured = factories.indicator(slug="i", unit="m²")
    source = factories.source(slug="s")
    stands = factories.target(key="stands", indicator=measured, source=source, amount_low=5)
    other = factories.target(
        key="other", indicator=measured, source=source, amount_low=4, restates=stands
    )
    return stands, other


def standing():
    return {row.key: row.restates and row.restates.key for row in Target.objects.all()}


def test_a_whole_group_comes_in_one_file(publisher):
    factories.indicator(slug="i", unit="m²")
    factories.source(slug="s")
    line = {"indicator": "i", "period": "2022", "amount_low": "5", "source": "s"}
    lines = [
        line | {"statement_id": "b", "restates": "a", "restates_how": "repeats"},
        line | {"statement_id": "a", "restates": "", "restates_how": ""},
    ]
    stored(file("targets", *lines), user=publisher)
    assert standing() == {"a": None, "b": "a"}


@pytest.mark.parametrize("reverse", [False, True])
def test_a_swap_is_said_by_a_file(publisher, group, reverse):
    lines = [
        {"statement_id": "stands", "restates": "other", "restates_how": "superseded"},
        {"statement_id": "other", "restates": "", "restates_how": ""},
    ]
    stored(file("targets", *(lines[::-1] if reverse else lines)), user=publisher, reason="Why")

    assert standing() == {"stands": "other", "other": None}
    assert group[1].history.latest().history_change_reason == "Why"


def test_a_new_statement_takes_the_place_of_one_that_stands(publisher, group):
    lines = [
        {"statement_id": "new", "restates": "", "restates_how": "", "amount_low": "7"},
        {"statement_id": "stands", "restates": "new", "amount_low": "5"},
        {"statement_id": "other", "restates": "new", "amount_low": "4"},
    ]
    same = {"indicator": "i", "period": "2022", "source": "s"}
    how = {"restates_how": "superseded"}
    files = [file("targets", *(how | line | same for line in lines))]

    stored(*files, user=publisher, reason="Why")

    assert standing() == {"new": None, "stands": "new", "other": "new"}
    # It was entered as restating the one that stood, and swapped in with the reason.
    history = Target.objects.get(key="new").history.order_by("history_id")
    assert [state.restates_id for state in history] == [group[0].pk, None]
    assert check(files, publisher).counts["same"] == 3


def test_half_a_swap_is_refused(publisher, group):
    line = {"statement_id": "other", "restates": "", "restates_how": ""}
    report = store([file("targets", line)], publisher)
    assert not report.stored
    assert "stands already" in said(report)[0][3] or "已" in said(report)[0][3]
    assert standing() == {"stands": None, "other": "stands"}


def test_both_of_a_pair_are_changed_together(publisher):
    """Each alone would no longer agree with the other."""
    stands = factories.investment(key="a", amount="3亿元")
    factories.investment(
        key="b", project=stands.project, amount="3亿元", restates=stands, restates_how="repeats"
    )
    lines = [
        {"statement_id": key, "amount_low": "400000000", "amount_high": "400000000"} for key in "ab"
    ]
    assert not check([file("investments", lines[0])], publisher).accepted
    stored(file("investments", *lines), user=publisher)
    assert {row.amount_low for row in Investment.objects.all()} == {400_000_000}


def test_what_only_one_may_have_goes_from_row_to_row_as_the_file_says(publisher):
    """The one that was stored last leaves its period first, and the other takes it."""
    if connection.vendor == "postgresql":
        # It then joins in the order of the ids, whatever the order in which it is given rows.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL enable_hashjoin = off")
    indicator = factories.indicator()
    for key, period in (("a", "2020"), ("b", "2021")):
        factories.target(key=key, indicator=indicator, period=period)
    lines = [{"statement_id": "b", "period": "2022"}, {"statement_id": "a", "period": "2021"}]

    stored(file("targets", *lines), user=publisher)

    assert dict(Target.objects.values_list("key", "period")) == {"a": "2021", "b": "2022"}
    back = [{"statement_id": "b", "period": "2021"}, {"statement_id": "a", "period": "2020"}]
    assert not check([file("targets", *back)], publisher).accepted


def test_parts_before_their_whole(publisher):
    factories.project(slug="p")
    factories.source(slug="s")
    line = {"project": "p", "source": "s", "amount_low": "5"}
    lines = [
        line | {"statement_id": "part", "part_of": "whole"},
        line | {"statement_id": "whole", "part_of": ""},
    ]
    stored(file("investments", *lines), user=publisher)
    assert Investment.objects.get(key="part").part_of.key == "whole"


def test_a_new_date_comes_with_the_one_it_is_instead_of(publisher):
    """The stored one moves to another side, and the new one takes what it leaves."""
    old = factories.milestone_date(key="old", date="2019-05")
    lines = [
        {"statement_id": "new", "milestone": old.milestone.slug, "side": "reached"}
        | {"date": "2019-06", "source": old.source.slug},
        {"statement_id": "old", "milestone": old.milestone.slug, "side": "due"}
        | {"date": "2019-05", "source": old.source.slug},
    ]
    stored(file("milestone-dates", *lines), user=publisher)
    assert dict(MilestoneDate.objects.values_list("key", "side")) == {
        "new": "reached",
        "old": "due",
    }
