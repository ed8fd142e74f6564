"""A total taken apart: its parts, what it leaves out and why, and the totals beside it."""

import pytest

from projects.models import Investment
from tests import factories as make
from tests.views.reading import keys, text

CNY = "/investments/total/cny-once-promised/"


def reasons(response):
    """What is left out: the keys of the investments by reason."""
    return {
        reason.code: [row.key for row in reason.investments]
        for reason in response.context["left_out"]
    }


class TestShippedFacts:
    def test_the_parts_and_the_rival_with_its_reason(self, facts, english):
        page = english.get(CNY)
        words = text(page)
        assert "CNY 5.2 billion to below 13.2 billion" in words
        assert "1 exact amount" in words
        assert "1 between two bounds" in words
        assert "2 without an amount: counted, not added" in words
        assert page.context["count"] == 4
        # The rival of the mobile-finance deal, and the second text on the first stake.
        assert reasons(page) == {"restates": ["b-smart-transport-stake", "b-mobile-finance-deal"]}
        assert "restates another statement (2)" in words
        assert page.context["others"] == []

    def test_before_the_texts_were_published_all_of_it_is_yet_to_come(self, facts, english):
        page = english.get(f"{CNY}?as_of=2020-03-31")
        assert page.context["count"] == 0
        found = reasons(page)
        assert found.keys() == {"not_yet"}
        assert len(found["not_yet"]) == 6
        assert "not yet published on the day asked (6)" in text(page)
        assert reasons(english.get(f"{CNY}?as_of=2020-04-30")).keys() == {"restates"}

    def test_of_one_organization_and_of_one_project(self, facts, english):
        of_kaifa = english.get(f"{CNY}?group=kaifa")
        assert [row.project.slug for row in of_kaifa.context["page"]] == ["kaifa-smart-device-park"]
        of_credit = english.get(f"{CNY}?group=cec-credit")
        assert (of_credit.context["count"], len(reasons(of_credit)["restates"])) == (0, 1)
        of_park = english.get(f"{CNY}?project=software-park")
        assert "CNY 2 billion to below 10 billion" in text(of_park)

    def test_totals_lead_to_it(self, facts, english):
        for path, address in {
            "/investments/?basis=agreed&totals=1": f"{CNY}?basis=agreed",
            "/organizations/kaifa/": f"{CNY}?group=kaifa",
            "/projects/?as_of=2020-04-30": f"{CNY}?as_of=2020-04-30&amp;project=software-park",
            "/projects/software-park/?group=cec": f"{CNY}?group=cec&amp;project=software-park",
            "/organizations/?group=cec": f"{CNY}?group=cec-investment",
        }.items():
            assert f'href="{address}"' in english.get(path).content.decode(), path


@pytest.fixture
def money(db):
    """A joint deal, a part of it, a dollar, a yearly sum, what was paid, and a dead promise."""
    cec, other = make.organization(slug="cec"), make.organization()
    project = make.project()
    whole = make.investment(
        key="whole", project=project, organizations=[cec, other], amount="10亿元"
    )
    make.investment(key="part", project=project, organizations=[cec], amount="4亿元", part_of=whole)
    make.investment(key="dollar", unit="USD", organizations=[cec], amount_low=1, amount_high=1)
    make.investment(key="yearly", per="year", organizations=[cec])
    make.investment(key="paid", basis="paid", organizations=[cec])
    dead = make.milestone(kind="cancelled")
    make.milestone_date(milestone=dead)
    make.investment(key="dead", project=dead.project, organizations=[cec])
    make.investment(key="draft", source=make.source(draft=True))


def test_each_reason_and_each_total_of_its_own(money, english):
    page = english.get(CNY)
    assert keys(page) == [Investment.objects.get(key="whole").pk]
    assert reasons(page) == {"part_of": ["part"], "cancelled": ["dead"]}
    others = [line.code for line in page.context["others"]]
    assert sorted(others) == ["cny-once-paid", "cny-year-promised", "usd-once-promised"]
    content = page.content.decode()
    for code in others:
        assert f'href="/investments/total/{code}/?' in content
    dollars = english.get("/investments/total/usd-once-promised/")
    assert "Promised, once, USD" in text(dollars)
    assert reasons(dollars) == {}


def test_in_the_total_of_a_group_the_joint_one_is_left_out(money, english):
    page = english.get(f"{CNY}?group=cec")
    assert page.context["count"] == 0
    assert reasons(page) == {"joint": ["whole"], "part_of": ["part"], "cancelled": ["dead"]}


def test_an_empty_total_is_a_page_too(db, english):
    words = text(english.get("/investments/total/eur-year-paid/"))
    assert "Paid, per year, EUR" in words
    assert "Nothing is stated that counts in this total." in words
    assert "Nothing is left out." in words


@pytest.mark.parametrize("code", ["nonsense", "cny-once", "CNY-once-paid", "cny-twice-paid"])
def test_there_is_no_other_total(db, english, code):
    assert english.get(f"/investments/total/{code}/").status_code == 404


def test_a_long_list_of_one_reason_is_cut_with_a_link_to_all(db, english):
    whole = make.investment()
    for _number in range(52):
        make.investment(project=whole.project, part_of=whole)
    page = english.get(CNY)
    (reason,) = page.context["left_out"]
    assert (reason.count, len(reason.investments), reason.more) == (52, 50, 2)
    address = "/investments/?line=cny-once-promised&amp;not_counted_because=part_of"
    assert address in page.content.decode()
    assert english.get(address.replace("&amp;", "&")).context["count"] == 52
