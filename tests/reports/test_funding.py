"""What is promised: the totals of the shipped facts, and rules that they do not reach."""

from datetime import date

import pytest

from projects.models import Investment, Project
from projects.reports.funding import (
    Line,
    count_without_investment,
    funding,
    nothing,
    projects_without_investment,
    promised_by_project,
)
from projects.reports.scope import narrow
from projects.values.amounts import Amount
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, as_of, group, places

HEADLINE = Line(
    "CNY",
    "once",
    False,
    Amount(5_200_000_000, 13_200_000_000, high_included=False, parts_not_stated=2),
    parts=4,
)
"""Stated amounts 52亿元 to below 132亿元; besides, 2 investments without an amount."""


def totals(reader, scope=EVERYTHING):
    rows = narrow(Investment.objects.all(), scope, reader)
    return funding(rows, reader, scope.organizations)


def left_out(found):
    return {one.reason: one.count for one in found.left_out}


def mobile_finance(key):
    return Investment.objects.get(key=key).pk


@pytest.mark.usefixtures("facts")
class TestFacts:
    @pytest.mark.parametrize("reader", [TODAY, as_of("2020-04-30"), as_of("2023-07-01")])
    def test_headline(self, reader):
        found = totals(reader)
        assert found.lines == (HEADLINE,)
        assert found.headline.without_amount == 2
        assert found.headline.code == "cny-once-promised"
        assert found.others == ()

    def test_headline_in_words(self):
        amount = totals(TODAY).headline.amount
        assert amount.format("zh-hans") == "52亿元至不足132亿元"
        assert amount.format("en") == "CNY 5.2 billion to below 13.2 billion"

    def test_rival_and_repeat_are_left_out(self):
        assert left_out(totals(TODAY)) == {"restates": 2}
        rows = Investment.objects.out(TODAY).with_counted(TODAY)
        assert {row.key for row in rows if row.not_counted_because} == {
            "b-smart-transport-stake",
            "b-mobile-finance-deal",
        }

    def test_nothing_before_the_publications(self):
        found = totals(as_of("2020-03-31"))
        assert (found.lines, found.left_out) == ((), ())
        assert found.headline == nothing()
        assert projects_without_investment(as_of("2020-03-31"), EVERYTHING).count() == 0

    def test_nothing_while_the_month_of_publication_is_not_over(self):
        assert totals(as_of("2020-04-29")).lines == ()

    @pytest.mark.parametrize("reader", [TODAY, as_of("2020-04-30")])
    def test_seven_projects_without_investment(self, reader):
        assert {one.slug for one in projects_without_investment(reader, EVERYTHING)} == {
            "zhichuang-park",
            "industry-consulting",
            "itai-demonstration-centre",
            "itai-demonstration-base",
            "digital-city-rd-centre",
            "health-big-data",
            "liangjiang-data-centre",
        }
        assert count_without_investment(reader, EVERYTHING) == 7
        assert count_without_investment(reader.by_definition, EVERYTHING) == 7

    def test_by_project(self):
        ids = dict(Project.objects.values_list("slug", "pk"))
        lines = promised_by_project(ids.values(), TODAY)
        assert lines.keys() == {
            ids["smart-transport-platform"],
            ids["mobile-finance"],
            ids["kaifa-smart-device-park"],
            ids["software-park"],
        }
        assert lines[ids["kaifa-smart-device-park"]].amount == Amount(3_200_000_000, 3_200_000_000)
        assert lines[ids["mobile-finance"]].amount == Amount(parts_not_stated=1)
        assert lines[ids["mobile-finance"]].parts == 1

    def test_group_below_place_and_both(self):
        software_park = Amount(2_000_000_000, 10_000_000_000, high_included=False)
        assert totals(TODAY, group("cec")).headline == HEADLINE
        assert totals(TODAY, group("cec", direct=True)).headline.amount == software_park
        assert totals(TODAY, places("hitech-zone")).headline.amount == software_park
        assert totals(TODAY, places("yubei")).headline.amount == Amount(
            3_200_000_000, 3_200_000_000
        )
        assert totals(TODAY, group("chongqing-government")).lines == ()

    def test_preferring_the_rival_moves_the_deal_and_no_total(self):
        rival = ("investment", mobile_finance("b-mobile-finance-deal"))
        preferring = Reader(TODAY.today, None, frozenset([rival]))
        assert totals(TODAY, group("cec-investment")).headline.parts == 1
        assert totals(TODAY, group("cec-credit")).headline.parts == 0
        assert totals(preferring, group("cec-investment")).headline.parts == 0
        assert totals(preferring, group("cec-credit")).headline.parts == 1
        assert totals(preferring).headline == HEADLINE
        assert totals(preferring, group("cec")).headline == HEADLINE


@pytest.mark.django_db
class TestRules:
    def test_lines_are_never_added_up(self):
        for amount, columns in [
            ("1亿元", {}),
            ("2亿元", {"basis": "paid"}),
            ("3亿元", {"per": "year"}),
            ("4亿美元", {"unit": "USD"}),
        ]:
            make.investment(amount=amount, **columns)
        found = totals(TODAY)
        assert [(line.code, line.amount.low) for line in found.lines] == [
            ("cny-once-promised", 10**8),
            ("cny-year-promised", 3 * 10**8),
            ("usd-once-promised", 4 * 10**8),
            ("cny-once-paid", 2 * 10**8),
        ]
        assert found.headline.parts == 1
        assert len(found.others) == 3

    def test_sum_is_open_and_approximate_where_a_part_is(self):
        project = make.project()
        for amount in ("超过5亿元", "不足2亿元", "约3亿元", "未说明"):
            make.investment(project=project, amount=amount)
        assert totals(TODAY).headline.amount == Amount(
            low=8 * 10**8,
            low_included=False,
            approximate=True,
            parts_not_stated=1,
            parts_open_below=1,
        )

    def test_amount_not_stated_is_not_zero(self):
        make.investment(amount="未说明")
        amount = totals(TODAY).headline.amount
        assert (amount.stated, amount.low, amount.parts_not_stated) == (False, None, 1)

    def test_part_is_left_out_where_a_stand_in_of_the_whole_is_out(self):
        project = make.project()
        draft = make.source(draft=True)
        whole = make.investment(project=project, amount="32亿元", source=draft)
        part = make.investment(project=project, amount="10亿元", part_of=whole)
        assert totals(TODAY).headline.amount.low == 10 * 10**8
        make.investment(project=project, amount="30亿元", restates=whole)
        found = totals(TODAY)
        assert found.headline.amount.low == 30 * 10**8
        assert left_out(found) == {"part_of": 1}
        assert Investment.objects.counted(TODAY).filter(pk=part.pk).count() == 0

    def test_stand_in_of_a_part_is_part_of_the_same_whole(self):
        project = make.project()
        whole = make.investment(project=project, amount="32亿元")
        draft = make.source(draft=True)
        part = make.investment(project=project, amount="10亿元", part_of=whole, source=draft)
        make.investment(project=project, amount="9亿元", restates=part)
        assert totals(TODAY).headline.amount == Amount(32 * 10**8, 32 * 10**8)

    def test_what_was_paid_to_a_cancelled_project_stays_paid(self):
        project = make.project()
        make.investment(project=project, amount="5亿元")
        make.investment(project=project, amount="1亿元", basis="paid")
        cancelled = make.milestone(project=project, kind="cancelled")
        make.milestone_date(milestone=cancelled, date="2020-04-20")
        found = totals(TODAY)
        assert [(line.code, line.amount.low) for line in found.lines] == [("cny-once-paid", 10**8)]
        assert left_out(found) == {"cancelled": 1}

    def test_joint_investment_counts_where_all_its_organizations_are(self):
        cec = make.organization()
        below, outside = make.organization(parent=cec), make.organization()
        make.investment(organizations=[cec, below], amount="2亿元")
        make.investment(organizations=[cec, outside], amount="3亿元")
        found = totals(TODAY, Scope(organizations=frozenset([cec.pk, below.pk])))
        assert found.headline.amount == Amount(2 * 10**8, 2 * 10**8)
        assert left_out(found) == {"joint": 1}
        alone = totals(TODAY, Scope(organizations=frozenset([cec.pk])))
        assert (alone.headline, left_out(alone)) == (nothing(), {"joint": 2})

    def test_headline_of_a_project_in_a_group_is_that_of_the_group(self):
        """The investment of nobody stated is no member's, on the project's row as in the total."""
        member, project = make.organization(), make.project()
        make.investment(project=project, amount="7亿元")
        make.investment(project=project, amount="2亿元", organizations=[member])
        lines = promised_by_project([project.pk], TODAY, frozenset([member.pk]))
        assert lines[project.pk].amount.low == 2 * 10**8

    def test_investment_in_a_draft_leaves_its_project_without_one(self):
        draft = make.investment(source=make.source(draft=True))
        stated = make.participation(project=draft.project).project
        make.investment(project=make.project(), amount="未说明")
        make.investment(agreement=make.agreement())
        assert list(projects_without_investment(TODAY, EVERYTHING)) == [stated]

    def test_sum_of_the_largest_investments_fits(self):
        for _ in range(3):
            make.investment(amount=Amount(10**13, 10**13))
        assert totals(Reader(date(2026, 1, 1))).headline.amount.low == 3 * 10**13
