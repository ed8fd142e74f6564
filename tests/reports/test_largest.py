"""The headline split by project, of which only the largest are added up."""

import pytest

from projects.models import Investment
from projects.reports.funding import summed
from projects.reports.largest import promised_to_largest
from projects.reports.money import together
from projects.reports.portfolio import portfolio_counts, silent_and_largest
from projects.values.amounts import Amount
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, as_of

YI = 100_000_000


def bars(most, reader=TODAY):
    rows = summed(Investment.objects.all(), reader)
    _silent, largest = silent_and_largest(reader, EVERYTHING, 3, most)
    promised = portfolio_counts(reader, EVERYTHING).promised
    return promised_to_largest(rows, largest, promised, reader)


def promise(slug, *amounts, **columns):
    project = make.project(slug=slug)
    for amount in amounts:
        make.investment(project=project, amount=amount, **columns)
    return project


@pytest.mark.usefixtures("facts")
def test_the_facts():
    found = bars(1)
    assert [(one.code, one.line.parts) for one in found] == [
        ("kaifa-smart-device-park", 1),
        ("", 3),
    ]
    assert together(one.line for one in found).amount.low == 5_200_000_000


@pytest.mark.usefixtures("facts")
def test_before_anything_is_published():
    assert bars(5, as_of("2000-01-01")) == ()


@pytest.mark.django_db
class TestRules:
    def test_the_others_are_what_is_left(self):
        promise("small", "1亿元", "2亿元")
        promise("large", "9亿元")
        promise("open", "超过5亿元")
        promise("words", "未说明")
        promise("about", "约4亿元")
        make.investment(agreement=make.agreement(), amount="7亿元")
        large, vague, others, none = bars(2)
        assert (large.code, large.line.amount) == ("large", Amount(9 * YI, 9 * YI))
        assert vague.line.amount == Amount(5 * YI, None, low_included=False)
        assert (others.code, others.label, others.line.parts) == ("", "其余3个合计", 4)
        assert others.line.amount == Amount(7 * YI, 7 * YI, approximate=True, parts_not_stated=1)
        assert others.exact == Amount(3 * YI, 3 * YI)
        assert (none.code, none.line.amount) == ("none", Amount(7 * YI, 7 * YI))

    def test_nothing_is_left_of_as_many_as_are_asked(self):
        promise("one", "1亿元")
        promise("two", "2亿元")
        assert [one.code for one in bars(2)] == ["two", "one"]

    def test_what_is_not_in_the_headline_makes_nobody_large(self):
        promise("paid", "9亿元", basis="paid")
        promise("dollars", "9亿美元", unit="USD")
        promise("yearly", "9亿元", per="year")
        promise("one", "1亿元")
        assert [one.code for one in bars(2)] == ["one"]
