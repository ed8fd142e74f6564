"""What `full_clean()` says of entities and of values, in words that lead to the column."""

import pytest
from django.utils.translation import override

from projects.models import Indicator, Milestone, Organization, Place, RestatesHow, Side
from tests import factories
from tests.models.builders import ANY_STATEMENT, restating
from tests.models.refusing import problems

pytestmark = pytest.mark.django_db


@ANY_STATEMENT
def test_a_valid_statement(build):
    standing = build()
    assert problems(standing) == {}
    assert problems(restating(standing, build)) == {}


def test_a_key_is_made_up_from_the_source():
    row = factories.milestone_date(key="", source=factories.source(slug="daily-2020"))
    assert row.key.startswith("daily-2020-")
    assert len(row.key) == len("daily-2020-") + 8


@pytest.mark.parametrize("build", [factories.organization, factories.place, factories.project])
def test_a_name_in_one_of_the_languages(build):
    assert problems(build(name_zh="")) == {}
    assert problems(build(name_en="")) == {}
    assert list(problems(build(name_zh="", name_en=""))) == ["name_zh"]


def test_a_locator_needs_its_publication():
    named = factories.organization(parent_locator="第3版")
    assert list(problems(named)) == ["parent_source"]
    named.parent_source = factories.source()
    assert problems(named) == {}


class TestVagueDates:
    @pytest.mark.parametrize(
        "edtf",
        ["2016-13", "2016-02-30", "2016/2015", "2016年", "20160101", "0000", "../..", "2016~"],
    )
    @pytest.mark.parametrize(
        ("language", "words"),
        [("zh-hans", "不是可用的日期"), ("en", "is not a date that can be stored")],
    )
    def test_other_texts_are_refused_in_the_language_of_the_page(self, edtf, language, words):
        row = factories.milestone_date()
        row.date = edtf
        with override(language):
            said = problems(row)
        assert list(said) == ["date"]
        assert words in said["date"][0]
        assert edtf in said["date"][0]

    def test_checking_sets_both_days(self):
        row = factories.milestone_date(side=Side.DUE, date="2020")
        row.date = "2016-02"
        assert problems(row) == {}
        assert (str(row.date_earliest), str(row.date_latest)) == ("2016-02-01", "2016-02-29")

    @pytest.mark.parametrize("column", ["period", "growth_since"])
    def test_every_column_is_checked(self, column):
        row = factories.observation(growth_since="2019")
        setattr(row, column, "sometime")
        assert list(problems(row)) == [column]

    def test_a_date_may_be_taken_away_again(self):
        row = factories.milestone_date(side=Side.DUE, date="2020")
        row.date = ""
        assert problems(row) == {}
        assert (row.date_earliest, row.date_latest) == (None, None)

    def test_a_publication_has_a_date(self):
        row = factories.source()
        row.published = ""
        assert "published" in problems(row)

    def test_a_publication_has_a_last_possible_day(self):
        row = factories.source()
        row.published = "2020/.."
        assert "published" in problems(row)
        row.published = "../2020"
        assert problems(row) == {}


def test_an_address_opens_a_web_page():
    row = factories.source()
    for column in ("address", "archive_address"):
        setattr(row, column, "javascript:alert(1)")
    assert {"address", "archive_address"} <= set(problems(row))


class TestAmounts:
    def test_an_open_bound_is_not_included(self):
        row = factories.investment(amount="32亿元")
        row.amount_high = None
        assert problems(row) == {}
        assert (row.amount_low_included, row.amount_high_included) == (True, False)

    def test_saving_puts_the_flag_out_too(self):
        row = factories.investment(amount="32亿元")
        row.amount_low = None
        row.save()
        row.refresh_from_db()
        assert row.amount_low_included is False

    def test_bounds_out_of_order(self):
        row = factories.investment(amount="32亿元")
        row.amount_high = 1
        assert problems(row)

    @pytest.mark.parametrize("unit", ["cny", "RMBY", "¥"])
    def test_a_currency_is_a_code_of_three_letters(self, unit):
        row = factories.investment()
        row.unit = unit
        assert "unit" in problems(row)


class TestCircles:
    @pytest.mark.parametrize(
        ("build", "name"),
        [
            (factories.organization, "parent"),
            (factories.place, "parent"),
            (factories.indicator, "wider"),
        ],
    )
    @pytest.mark.parametrize("length", [2, 3, 5])
    def test_a_chain_does_not_come_back(self, build, name, length):
        shared = {"place": factories.place()} if name == "wider" else {}
        top = build(**shared)
        chain = [top]
        while len(chain) < length:
            chain.append(build(**shared, **{name: chain[-1]}))
            assert problems(chain[-1]) == {}
        if build is factories.organization:
            top.parent_source = factories.source()
        setattr(top, name, chain[-1])
        with override("en"):
            said = f"This would close a circle: {top} lies below itself."
            assert problems(top) == {name: [said]}

    @pytest.mark.parametrize("build", [factories.organization, factories.place])
    def test_one_that_got_in_hangs_nothing(self, build):
        top = build()
        middle = build(parent=top)
        low = build(parent=middle)
        model, source = type(top), {}
        if model is Organization:
            source = {"parent_source": factories.source()}
        model.objects.filter(pk=top.pk).update(parent=low, **source)
        beside = build()
        for one in (top, middle, low):
            assert set(model.objects.below(one.slug)) == {top, middle, low}
        assert list(model.objects.below(beside.slug)) == [beside]
        beside.parent = model.objects.get(pk=low.pk)
        assert "parent" in problems(beside)


def test_below_is_the_entity_and_all_below_it():
    top = factories.place()
    middle, beside = factories.place(parent=top), factories.place(parent=top)
    low = factories.place(parent=middle)
    assert set(Place.objects.below(top.slug)) == {top, middle, beside, low}
    assert set(Place.objects.below(middle.slug)) == {middle, low}
    assert set(Place.objects.below("nowhere")) == set()


class TestWider:
    def test_it_has_the_same_unit_and_measures_the_same(self):
        here = factories.place()
        narrow = factories.indicator(place=here, unit="CNY")
        for other in ({"place": here, "unit": "m²"}, {"unit": "CNY"}):
            narrow.wider = factories.indicator(**other)
            assert list(problems(narrow)) == ["wider"]
        narrow.wider = factories.indicator(place=here, unit="CNY")
        assert problems(narrow) == {}


@pytest.mark.parametrize("model", [Milestone, Indicator])
def test_one_subject_is_asked_for(model):
    row = model(slug="nothing", name_zh="无", kind="started") if model is Milestone else None
    row = row or model(slug="nothing", name_zh="无", unit="CNY")
    assert list(problems(row)) == ["__all__"]


def test_the_message_of_a_constraint_is_in_the_language_of_the_page():
    row = factories.milestone_date()
    row.restates_how = RestatesHow.REPEATS
    with override("en"):
        english = problems(row)
    with override("zh-hans"):
        chinese = problems(row)
    assert english == {
        "__all__": [
            "A statement that restates another one says how; one that stands says nothing of it."
        ]
    }
    assert "陈述" in chinese["__all__"][0]
