"""The headline split by project, of which only the largest are added up."""

import pytest
from django.utils.translation import override

from projects.models import Investment
from projects.reports.funding import summed
from projects.reports.largest import headline_of, promised_to_largest, promised_to_projects
from projects.reports.money import Way, promised_by, together
from projects.reports.portfolio import portfolio_counts, silent_and_largest
from projects.values.amounts import Amount
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, as_of

YI = 100_000_000


@pytest.fixture(autouse=True)
def chinese():
    with override("zh-hans"):
        yield


def bars(most, reader=TODAY):
    rows = summed(Investment.objects.all(), reader)
    _silent, largest = silent_and_largest(reader, EVERYTHING, 3, most)
    promised = portfolio_counts(reader, EVERYTHING).promised
    own = headline_of([one.pk for one in largest], Investment.objects.all(), reader)
    return promised_to_largest(rows, own, promised)


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


@pytest.mark.django_db
class TestOfSome:
    """Of the investments of a filter: `asked` are the projects with most in all."""

    def bars(self, rows, most, asked, queries, django_assert_num_queries):
        sums = summed(rows, TODAY)
        with django_assert_num_queries(queries):
            found = promised_to_projects(rows, sums, TODAY, None, most, asked)
        assert found == promised_by(Way.PROJECT, rows, TODAY, None, most)
        return [(one.code, one.line.parts) for one in found]

    def test_the_largest_in_all_are_the_largest(self, django_assert_num_queries):
        for yi in (1, 2, 5, 9):
            promise(f"of-{yi}", f"{yi}亿元")
        found = self.bars(Investment.objects.all(), 1, 3, 3, django_assert_num_queries)
        assert found == [("of-9", 1), ("", 3)]

    def test_one_that_was_not_asked_may_be_larger_here(self, django_assert_num_queries):
        promise("most", "1亿元", "9亿元")
        promise("more", "8亿元")
        rows = Investment.objects.filter(amount_low__lt=9 * YI)
        found = self.bars(rows, 1, 1, 4, django_assert_num_queries)
        assert found == [("more", 1), ("", 1)]

    def test_as_much_as_the_last_one_asked_is_not_surely_the_largest(
        self, django_assert_num_queries
    ):
        promise("one", "5亿元")
        promise("open", "至少5亿元")
        found = self.bars(Investment.objects.all(), 1, 1, 4, django_assert_num_queries)
        assert found == [("open", 1), ("", 1)]

    def test_of_many_it_is_not_said_how_many_the_others_are(self, django_assert_num_queries):
        for yi in (1, 2, 5, 9):
            promise(f"of-{yi}", f"{yi}亿元")
        rows = Investment.objects.all()
        for counted, queries, label in ((3, 1, "其余合计"), (4, 2, "其余3个合计")):
            sums = summed(rows, TODAY)
            with django_assert_num_queries(queries + 1):
                found = promised_to_projects(rows, sums, TODAY, None, 1, 3, counted)
            assert [(one.code, one.line.parts) for one in found] == [("of-9", 1), ("", 3)]
            assert found[1].label == label

    def test_where_all_were_asked_nothing_is_left_to_find(self, django_assert_num_queries):
        promise("one", "未说明")
        make.investment(agreement=make.agreement(), amount="7亿元")
        found = self.bars(Investment.objects.all(), 5, 2, 3, django_assert_num_queries)
        assert found == [("one", 1), ("none", 1)]
