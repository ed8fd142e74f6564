"""Parts of an investment: a tranche, a phase, one investor's share."""

import pytest

from projects.models import Investment
from tests import factories
from tests.models.builders import restating
from tests.models.refusing import problems

pytestmark = pytest.mark.django_db


def part(whole: Investment, **overrides) -> Investment:
    """A part of 1亿元 of another investment, in its project."""
    return factories.investment(**{"project": whole.project, "part_of": whole} | overrides)


@pytest.fixture
def whole():
    return factories.investment(amount="32亿元")


def test_a_part(whole):
    assert problems(part(whole)) == {}
    assert problems(whole) == {}


@pytest.mark.parametrize("basis", ["announced", "agreed", "contracted"])
def test_a_part_may_be_promised_in_another_way(whole, basis):
    assert problems(part(whole, basis=basis)) == {}


@pytest.mark.parametrize(
    "columns", [{"amount": "1亿美元"}, {"per": "year"}, {"basis": "paid"}], ids=str
)
def test_a_part_is_of_the_line_of_its_whole(whole, columns):
    assert list(problems(part(whole, **columns))) == ["part_of"]


def test_a_part_goes_into_the_same(whole):
    assert list(problems(part(whole, project=factories.project()))) == ["part_of"]
    elsewhere = part(whole, project=None, agreement=factories.agreement())
    assert list(problems(elsewhere)) == ["part_of"]


def test_a_part_has_no_parts(whole):
    assert list(problems(part(part(whole)))) == ["part_of"]


def test_a_whole_with_parts_is_not_made_a_part(whole):
    part(whole)
    whole.part_of = factories.investment(project=whole.project, amount="50亿元")
    assert list(problems(whole)) == ["part_of"]


def test_a_part_is_not_a_member_of_the_group_of_its_whole(whole):
    again = restating(whole, factories.investment)
    again.part_of = whole
    assert list(problems(again)) == ["part_of"]
    third = restating(whole, factories.investment)
    third.part_of = again
    assert list(problems(third)) == ["part_of"]


def test_a_whole_is_not_part_of_what_restates_it(whole):
    again = restating(whole, factories.investment)
    whole.part_of = again
    assert list(problems(whole)) == ["part_of"]
