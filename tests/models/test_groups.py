"""Groups of statements about the same thing: one stands, the others point to it."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from projects.models import RestatesHow, Side
from tests import factories
from tests.models.builders import ANY_STATEMENT, restating
from tests.models.refusing import problems

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    "participation": lambda: {"project": factories.project()},
    "agreement-party": lambda: {"organization": factories.organization()},
    "investment": lambda: {"project": factories.project()},
    "milestone-date": lambda: {"milestone": factories.milestone()},
    "target": lambda: {"indicator": factories.indicator()},
    "observation": lambda: {"indicator": factories.indicator()},
}


@ANY_STATEMENT
class TestAnyKind:
    def test_one_that_restates_is_not_restated(self, build):
        standing = build()
        second = restating(standing, build)
        third = restating(standing, build)
        third.restates = second
        assert list(problems(third)) == ["restates"]

    def test_both_are_about_the_same_thing(self, build):
        standing = build()
        other = restating(standing, build, **ELSEWHERE[standing.kind_of_statement]())
        assert list(problems(other)) == ["restates"]

    def test_the_one_that_stands_does_not_restate_while_others_restate_it(self, build):
        standing = build()
        restating(standing, build)
        another = build(**ELSEWHERE[standing.kind_of_statement]())
        for name in ELSEWHERE[standing.kind_of_statement]():
            setattr(another, name, getattr(standing, name))
        standing.restates, standing.restates_how = another, RestatesHow.DISPUTED
        said = problems(standing)
        assert "restates" in said

    def test_the_one_that_stands_does_not_leave_its_group(self, build):
        standing = build()
        member = restating(standing, build)
        assert problems(standing) == {}
        for name, value in ELSEWHERE[standing.kind_of_statement]().items():
            setattr(standing, name, value)
        with override("en"):
            said = problems(standing)
        assert said == {
            "__all__": [f"{member.key} restates this statement and is about something else."]
        }


def test_a_role_and_a_side_and_a_period_and_a_status_tell_things_apart():
    part = factories.participation(role="builder")
    assert "restates" in problems(restating(part, factories.participation, role="operator"))
    due = factories.milestone_date(side=Side.DUE)
    assert "restates" in problems(restating(due, factories.milestone_date, side=Side.REACHED))
    target = factories.target(period="2022")
    assert "restates" in problems(restating(target, factories.target, period="2023"))
    figure = factories.observation(status="final")
    assert "restates" in problems(restating(figure, factories.observation, status="forecast"))


def test_the_same_period_may_be_written_otherwise():
    target = factories.target(period="2022")
    assert problems(restating(target, factories.target, period="2022-01/2022-12")) == {}


@pytest.mark.parametrize("build", [factories.target, factories.observation])
@pytest.mark.parametrize("left_out", [(), ("period_earliest", "period_latest")])
def test_a_second_one_of_a_period_is_told_to_join(build, left_out):
    """Also by a form, which leaves out the days because nobody types them."""
    first = build(period="2022")
    second = build(indicator=first.indicator, period="2023")
    second.period = "2022-01/2022-12"
    with override("en"), pytest.raises(ValidationError, match="stands already; say that this one"):
        second.full_clean(exclude=left_out)
    second.restates, second.restates_how = first, RestatesHow.DISPUTED
    second.full_clean(exclude=left_out)


AGREEING = [
    (factories.milestone_date, {"date": "2019"}, {"date": "2019-05"}),
    (factories.milestone_date, {"date": "2019-05"}, {"date": "2019"}),
    (factories.milestone_date, {"date": "", "side": "due"}, {"date": "2019"}),
    (factories.target, {"amount": "至少100亿元"}, {"amount": "120亿元"}),
    (factories.observation, {"amount": "90亿元"}, {"amount": "80亿—90亿元"}),
    (factories.investment, {"amount": "32亿元"}, {"amount": "30亿—40亿元"}),
    (factories.investment, {"amount": "未说明"}, {"amount": "32亿元"}),
    (factories.investment, {"date": "2019"}, {"date": "2019-05"}),
    (factories.investment, {"date": ""}, {"date": "2019-05"}),
]

DISAGREEING = [
    (factories.milestone_date, {"date": "2019"}, {"date": "2020"}),
    (factories.milestone_date, {"date": "2019-05/2019-07"}, {"date": "2019-06/2019-08"}),
    (factories.target, {"amount": "至少100亿元"}, {"amount": "90亿元"}),
    (factories.observation, {"amount": "90亿元"}, {"amount": "91亿元"}),
    (factories.investment, {"amount": "32亿元"}, {"amount": "33亿元"}),
    (factories.investment, {"amount": "5亿元"}, {"amount": "5亿美元"}),
    (factories.investment, {"per": "once"}, {"per": "year"}),
    (factories.investment, {"date": "2019"}, {"date": "2020"}),
]


@pytest.mark.parametrize(("build", "one", "other"), AGREEING)
def test_values_agree_where_one_lies_within_the_other(build, one, other):
    assert problems(restating(build(**one), build, RestatesHow.REPEATS, **other)) == {}


@pytest.mark.parametrize(("build", "one", "other"), DISAGREEING)
@pytest.mark.parametrize("how", RestatesHow)
def test_only_values_that_agree_repeat_each_other(build, one, other, how):
    said = problems(restating(build(**one), build, how, **other))
    assert list(said) == (["restates_how"] if how == RestatesHow.REPEATS else [])


def test_another_organization_does_not_repeat():
    part = factories.participation()
    other = restating(
        part, factories.participation, RestatesHow.REPEATS, organization=factories.organization()
    )
    assert list(problems(other)) == ["restates_how"]
    other.organization = part.organization
    assert problems(other) == {}


@pytest.mark.parametrize(
    ("mine", "theirs", "agree"),
    [("AB", "AB", True), ("A", "AB", False), ("A", "B", False), ("", "AB", True), ("A", "", True)],
)
def test_investors_are_equal_or_not_stated(mine, theirs, agree):
    firms = {name: factories.organization() for name in "AB"}
    deal = factories.investment(organizations=[firms[name] for name in mine])
    again = restating(
        deal,
        factories.investment,
        RestatesHow.REPEATS,
        organizations=[firms[name] for name in theirs],
    )
    assert list(problems(again)) == ([] if agree else ["restates_how"])


def test_the_one_that_stands_goes_on_agreeing_with_what_repeats_it():
    due = factories.milestone_date(date="2019")
    repeating = restating(due, factories.milestone_date, RestatesHow.REPEATS, date="2019-05")
    due.date = "2020"
    with override("en"):
        assert problems(due) == {
            "__all__": [f"{repeating.key} repeats this statement, and the values no longer agree."]
        }
    type(repeating).objects.filter(pk=repeating.pk).update(restates_how=RestatesHow.DISPUTED)
    assert problems(due) == {}


class TestValuesThatCannotBeRead:
    """They are refused for themselves, and comparing them breaks nothing."""

    def test_a_date(self):
        due = factories.milestone_date(date="2019")
        again = restating(due, factories.milestone_date, RestatesHow.REPEATS, date="2019")
        again.date = "2019-13"
        assert "date" in problems(again)
        due.date = "2019-13"
        assert "date" in problems(due)

    @pytest.mark.parametrize("build", [factories.investment, factories.observation])
    def test_an_amount(self, build):
        standing = build(amount="90亿元")
        again = restating(standing, build, RestatesHow.REPEATS, amount="90亿元")
        for row in (again, standing):
            row.amount_low, row.amount_high = 2, 1
            assert problems(row)

    def test_money_below_nothing(self):
        standing = factories.investment()
        again = restating(standing, factories.investment, RestatesHow.REPEATS)
        again.amount_low, again.amount_high = -1, -1
        assert problems(again)
