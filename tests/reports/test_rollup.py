"""What each organization comes to: the shipped facts by hand, and the rules of trees."""

import pytest

from projects.models import Investment, Organization, Project
from projects.reports.rollup import organization_rows, organizations, roll_up
from projects.reports.tree import trees
from projects.values.amounts import Amount
from projects.values.readers import Reader
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, as_of, group, places

PROJECTS = {
    "cec": 11,
    "cec-system-technology": 1,
    "cecgw": 1,
    "cec-optics-valley": 2,
    "chongqing-cec-optics-valley": 1,
    "cec-investment": 3,
    "cec-credit": 0,
    "kaifa": 1,
    "kaifa-chongqing-branch": 0,
    "cec-data": 2,
    "china-greatwall": 1,
    "chongqing-government": 0,
    "chongqing-eic": 0,
    "chongqing-hitech-zone": 1,
    "chengtou-biaoxin": 1,
    "chongqing-mobile-finance": 1,
    "mechanical-engineering-society-chongqing": 0,
    "science-city-federation": 0,
    "high-end-equipment-alliance": 0,
    "cec-pudong-software-park": 0,
}


def rows(reader, scope=EVERYTHING, direct=False):
    found = organization_rows(organizations(reader, scope), reader, direct)
    return {row.organization.slug: row for row in found}


def projects(reader, direct=False):
    return {slug: row.projects for slug, row in rows(reader, direct=direct).items()}


@pytest.mark.usefixtures("facts")
class TestFacts:
    def test_each_project_counts_once_in_a_group(self):
        assert projects(TODAY) == PROJECTS

    def test_direct_leaves_out_what_lies_below(self):
        """CEC itself: software park (investor), demonstration centre, R&D centre, data centre."""
        assert projects(TODAY, direct=True) == PROJECTS | {"cec": 4}
        found = rows(TODAY, direct=True)["cec"].promised.amount
        assert found == Amount(2_000_000_000, 10_000_000_000, high_included=False)

    def test_promised(self):
        found = rows(TODAY)
        assert found["cec"].promised.amount == Amount(
            5_200_000_000, 13_200_000_000, high_included=False, parts_not_stated=2
        )
        assert found["cec"].promised.parts == 4
        assert found["kaifa"].promised.amount == Amount(3_200_000_000, 3_200_000_000)
        assert found["cec-investment"].promised.amount == Amount(parts_not_stated=1)
        assert found["chongqing-government"].promised.parts == 0

    def test_preferring_the_rival_moves_the_project(self):
        rival = Investment.objects.get(key="b-mobile-finance-deal")
        preferring = Reader(TODAY.today, None, frozenset([("investment", rival.pk)]))
        assert projects(preferring) == PROJECTS | {"cec-investment": 2, "cec-credit": 1}
        before, after = rows(TODAY), rows(preferring)
        assert after["cec"].promised == before["cec"].promised
        assert before["cec-credit"].promised.parts == 0
        assert after["cec-credit"].promised.parts == 1
        assert after["cec-investment"].promised.parts == 0

    def test_preferring_what_is_not_out_yet_changes_nothing(self):
        rival = Investment.objects.get(key="b-mobile-finance-deal")
        early = Reader(
            TODAY.today, as_of("2020-03-31").as_of, frozenset([("investment", rival.pk)])
        )
        assert rows(early) == {}

    def test_group_of_each(self):
        found = rows(TODAY)
        assert found["chongqing-cec-optics-valley"].total.group == "cec"
        assert found["chongqing-eic"].total.group == "chongqing-government"
        assert found["chengtou-biaoxin"].total.group == "chengtou-biaoxin"

    def test_organizations_of_a_group_and_a_place(self):
        assert len(rows(TODAY)) == 20
        assert len(rows(TODAY, group("cec"))) == 11
        assert rows(TODAY, group("kaifa")).keys() == {"kaifa", "kaifa-chongqing-branch"}
        assert rows(TODAY, places("yubei")).keys() == {"kaifa"}
        assert rows(TODAY, places("hitech-zone")).keys() == {
            "cec",
            "cec-investment",
            "cec-data",
            "cec-system-technology",
            "chongqing-hitech-zone",
        }

    def test_nothing_before_the_publications(self):
        assert rows(as_of("2020-03-31")) == {}

    def test_trees(self):
        found = {branch.row.organization.slug: branch for branch in trees(rows(TODAY).values())}
        assert len(found) == 9
        assert {child.row.organization.slug for child in found["cec"].children} == {
            "cec-system-technology",
            "cecgw",
            "cec-optics-valley",
            "cec-investment",
            "cec-credit",
            "kaifa",
            "cec-data",
            "china-greatwall",
        }
        kaifa = next(one for one in found["cec"].children if one.row.organization.slug == "kaifa")
        assert [one.row.organization.slug for one in kaifa.children] == ["kaifa-chongqing-branch"]

    def test_tree_of_a_part_begins_where_the_parent_is_missing(self):
        (branch,) = trees(rows(TODAY, group("kaifa")).values())
        assert branch.row.organization.slug == "kaifa"


@pytest.mark.django_db
class TestRules:
    def test_draft_takes_no_part(self):
        found = make.participation(source=make.source(draft=True))
        assert roll_up(TODAY)[found.organization_id].projects == set()

    def test_cycle_that_got_in_ends_by_itself(self):
        one = make.organization()
        two = make.organization(parent=one)
        Organization.objects.filter(pk=one.pk).update(parent=two, parent_source=two.parent_source)
        taking_part = make.participation(organization=two)
        totals = roll_up(TODAY)
        expected = {taking_part.project_id}
        assert (totals[one.pk].projects, totals[two.pk].projects) == (expected, expected)
        assert Organization.objects.below(one.slug).count() == 2
        rows = Organization.objects.with_known_parent().order_by("pk")
        (branch,) = trees(organization_rows(rows, TODAY))
        assert branch.row.organization == one
        assert [child.row.organization for child in branch.children] == [two]
        assert branch.children[0].children == ()

    def test_joint_investment_counts_only_above_all_its_organizations(self):
        root = make.organization()
        one, two = make.organization(parent=root), make.organization(parent=root)
        make.investment(organizations=[one, two], amount="6亿元")
        totals = roll_up(TODAY)
        assert totals[root.pk].promised.amount.low == 6 * 10**8
        assert totals[one.pk].promised.parts == totals[two.pk].promised.parts == 0
        assert totals[one.pk].projects == totals[two.pk].projects == totals[root.pk].projects
        assert roll_up(TODAY, direct=True)[root.pk].promised.parts == 0

    def test_project_under_an_agreement_alone_is_no_project_of_its_investor(self):
        member = make.organization()
        make.investment(agreement=make.agreement(), organizations=[member], amount="6亿元")
        total = roll_up(TODAY)[member.pk]
        assert (total.projects, total.promised.parts) == (set(), 1)
        assert Project.objects.count() == 0
