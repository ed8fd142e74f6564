"""What is promised, split: the shipped facts by hand, and rules that they do not reach."""

import pytest
from django.utils import translation

from projects.models import Investment
from projects.models.derived import derive
from projects.reports.bar_rows import of_bar
from projects.reports.funding import funding
from projects.reports.money import Way, promised_by, together
from projects.reports.scope import narrow
from projects.values.amounts import Amount
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, as_of, group

YI = 10**8
KAIFA = Amount(32 * YI, 32 * YI)
SOFTWARE_PARK = Amount(20 * YI, 100 * YI, high_included=False)
TWO_NOT_STATED = Amount(parts_not_stated=2)
ONE_NOT_STATED = Amount(parts_not_stated=1)


def split(way, reader=TODAY, scope=EVERYTHING, most=20):
    rows = narrow(Investment.objects.all(), scope, reader)
    return promised_by(way, rows, reader, scope.organizations, most)


def amounts(way, **asked):
    return {bar.code: bar.line.amount for bar in split(way, **asked)}


def parts(way):
    return {bar.code: bar.line.parts for bar in split(way)}


@pytest.mark.usefixtures("facts")
class TestFacts:
    def test_by_project_the_largest_first(self):
        assert list(amounts(Way.PROJECT).items()) == [
            ("kaifa-smart-device-park", KAIFA),
            ("software-park", SOFTWARE_PARK),
            ("mobile-finance", ONE_NOT_STATED),
            ("smart-transport-platform", ONE_NOT_STATED),
        ]

    def test_by_group_all_of_it_is_china_electronics(self):
        (bar,) = split(Way.GROUP)
        rows = Investment.objects.all()
        assert (bar.code, bar.line) == ("cec", funding(rows, TODAY).headline)
        assert bar.exact == KAIFA

    def test_by_sector(self):
        assert amounts(Way.SECTOR) == {
            "smart-terminals": KAIFA,
            "finance-and-citizen-services": ONE_NOT_STATED,
            "smart-transport": ONE_NOT_STATED,
            "several": SOFTWARE_PARK,
        }

    def test_by_place(self):
        assert amounts(Way.PLACE) == {
            "linkong": KAIFA,
            "hitech-zone": SOFTWARE_PARK,
            "chongqing": TWO_NOT_STATED,
        }

    def test_by_year_the_amounts_are_not_dated(self):
        assert list(amounts(Way.YEAR).items()) == [
            ("2016", ONE_NOT_STATED),
            ("2020", ONE_NOT_STATED),
            ("not_dated", Amount(52 * YI, 132 * YI, high_included=False)),
        ]

    @pytest.mark.parametrize("way", Way)
    @pytest.mark.parametrize("asked", [{}, {"scope": "kaifa"}, {"reader": as_of("2020-03-31")}])
    def test_bars_add_up_to_the_headline(self, way, asked):
        scope = group(asked["scope"]) if "scope" in asked else EVERYTHING
        reader = asked.get("reader", TODAY)
        rows = narrow(Investment.objects.all(), scope, reader)
        bars = split(way, reader, scope)
        assert together(bar.line for bar in bars) == (
            funding(rows, reader, scope.organizations).headline
        )


@pytest.mark.django_db
class TestRules:
    def test_a_joint_investment_of_one_group_is_that_groups(self):
        top, other = make.organization(slug="top"), make.organization(slug="other")
        below = make.organization(parent=make.organization(parent=top))
        make.investment(organizations=[top, below], amount="2亿元")
        make.investment(organizations=[below, other], amount="3亿元")
        make.investment(organizations=[other], amount="5亿元")
        make.investment(amount="7亿元")
        assert amounts(Way.GROUP) == {
            "other": Amount(5 * YI, 5 * YI),
            "top": Amount(2 * YI, 2 * YI),
            "several": Amount(3 * YI, 3 * YI),
            "none": Amount(7 * YI, 7 * YI),
        }

    def test_a_circle_of_parents_loses_no_amount(self):
        one = make.organization(slug="one")
        two = make.organization(slug="two", parent=one)
        type(one).objects.filter(pk=one.pk).update(parent=two, parent_source=two.parent_source)
        derive({type(one): [one.pk, two.pk]})
        make.investment(organizations=[two], amount="2亿元")
        assert amounts(Way.GROUP) == {"two": Amount(2 * YI, 2 * YI)}

    def test_under_an_agreement_its_sectors_count_and_it_has_no_place(self):
        fields = [make.sector(slug="a"), make.sector(slug="b")]
        make.investment(agreement=make.agreement(sectors=fields[:1]), amount="2亿元")
        make.investment(agreement=make.agreement(sectors=fields), amount="3亿元")
        make.investment(project=make.project(sectors=fields[1:]), amount="5亿元")
        make.investment(amount="7亿元")
        assert parts(Way.SECTOR) == {"a": 1, "b": 1, "several": 1, "none": 1}
        assert amounts(Way.SECTOR)["b"] == Amount(5 * YI, 5 * YI)
        assert amounts(Way.PLACE) == {"none": Amount(17 * YI, 17 * YI)}
        assert parts(Way.PROJECT)["none"] == 2

    def test_a_place_stands_without_what_lies_below_it(self):
        city = make.place(slug="city")
        district = make.place(slug="district", parent=city)
        make.investment(project=make.project(places=[city]))
        make.investment(project=make.project(places=[district]))
        make.investment(project=make.project(places=[city, district]))
        assert parts(Way.PLACE) == {"city": 1, "district": 1, "several": 1}

    @pytest.mark.parametrize(
        ("date", "code"),
        [
            ("2020-04-26", "2020"),
            ("2020", "2020"),
            ("0016", "16"),
            ("2020/2021", "between"),
            ("2020-12-31/2021-01-01", "between"),
            ("2020-04-26/..", "between"),
            ("../2020-04-26", "between"),
            ("", "not_dated"),
        ],
    )
    def test_the_year_of_a_date(self, date, code):
        make.investment(date=date)
        assert parts(Way.YEAR) == {code: 1}

    def test_years_stand_in_their_order(self):
        for date in ("2021", "0016", "", "2020", "2020/2021"):
            make.investment(date=date)
        assert list(parts(Way.YEAR)) == ["16", "2020", "2021", "between", "not_dated"]

    def test_what_is_not_promised_once_in_yuan_is_in_no_bar(self):
        make.investment(basis="paid")
        make.investment(per="year")
        make.investment(unit="USD")
        assert [split(way) for way in Way] == [()] * 5

    def test_the_largest_have_a_bar_and_the_others_share_one(self):
        for amount in ("5亿元", "超过5亿元", "4亿元", "未说明", "不足9亿元"):
            make.investment(amount=amount)
        make.investment(agreement=make.agreement(), amount="1亿元")
        with translation.override("zh-hans"):
            bars = split(Way.PROJECT, most=2)
        assert [bar.line.amount.low for bar in bars] == [5 * YI, 5 * YI, 4 * YI, YI]
        assert bars[0].line.amount.high is None
        assert (bars[2].code, bars[2].label, bars[2].query) == ("", "其余3个合计", {})
        assert bars[2].line.amount == Amount(
            4 * YI, 13 * YI, high_included=False, parts_not_stated=1, parts_open_below=1
        )
        assert bars[3].code == "none"

    def test_exact_is_only_what_is_stated_to_the_yuan(self):
        project = make.project()
        for amount in ("3亿元", "约2亿元", "1亿元至2亿元", "超过5亿元"):
            make.investment(project=project, amount=amount)
        (bar,) = split(Way.PROJECT)
        assert bar.exact == Amount(3 * YI, 3 * YI)
        assert bar.line.amount.low == 11 * YI

    def test_the_query_of_a_bar_names_its_line(self):
        place = make.place(slug="here")
        make.investment(project=make.project(places=[place]))
        (bar,) = split(Way.PLACE)
        assert bar.query == {
            "counted": "true",
            "line": "cny-once-promised",
            "in_place": "here",
        }

    def test_rows_of_a_bar(self):
        made = make.investment(date="2020-05")
        make.investment(date="2021")
        assert list(of_bar(Investment.objects.all(), Way.YEAR, "2020")) == [made]
