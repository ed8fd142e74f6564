"""Which investments enter the totals, and the first reason that holds for those that do not."""

from datetime import date

import pytest

from projects.models import Investment, Side
from projects.values.readers import Reader
from tests import factories
from tests.models.builders import restating

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 1)
NOW = Reader(TODAY)


def reason(row: Investment, reader: Reader = NOW, group: set | None = None) -> str:
    members = None if group is None else frozenset(one.pk for one in group)
    return Investment.objects.with_counted(reader, members).get(pk=row.pk).not_counted_because


def cancel(project, published="2020", on="2020"):
    step = factories.milestone(project=project, kind="cancelled")
    source = factories.source(published=published)
    return factories.milestone_date(milestone=step, side=Side.REACHED, date=on, source=source)


@pytest.fixture
def whole():
    return factories.investment(amount="32亿元", source=factories.source(published="2020"))


def part(whole, **overrides):
    return factories.investment(**{"project": whole.project, "part_of": whole} | overrides)


def test_one_that_stands_counts_also_where_its_amount_is_not_stated(whole):
    assert reason(whole) == ""
    assert reason(factories.investment(amount="未说明")) == ""


def test_counted_are_those_without_a_reason_that_are_out(whole):
    restating(whole, factories.investment)
    factories.investment(source=factories.source(draft=True))
    assert list(Investment.objects.counted(NOW)) == [whole]


def test_promised_and_paid_are_apart(whole):
    received = factories.investment(basis="paid")
    assert list(Investment.objects.promised()) == [whole]
    assert list(Investment.objects.paid()) == [received]


class TestOrderOfReasons:
    def test_each_is_covered_by_the_one_before(self, whole):
        """All four hold; taking the first away each time leaves the next."""
        insider, outsider = factories.organization(), factories.organization()
        standing = part(whole, organizations=[insider, outsider])
        row = restating(
            standing, factories.investment, part_of=whole, organizations=[insider, outsider]
        )
        cancellation = cancel(whole.project)
        group = {insider}
        assert reason(row, group=group) == "restates"
        row.restates, row.restates_how = None, ""
        row.save()
        assert reason(row, group=group) == "part_of"
        row.part_of = None
        row.save()
        assert reason(row, group=group) == "cancelled"
        cancellation.delete()
        assert reason(row, group=group) == "joint"
        assert reason(row, group={insider, outsider}) == ""
        assert reason(row) == ""


class TestRestates:
    def test_the_preferred_one_counts_instead(self, whole):
        rival = restating(whole, factories.investment)
        assert (reason(whole), reason(rival)) == ("", "restates")
        prefer = Reader(TODAY, prefer=frozenset({("investment", rival.pk)}))
        assert (reason(whole, prefer), reason(rival, prefer)) == ("restates", "")

    def test_the_one_that_stands_in_counts(self, whole):
        early = restating(whole, factories.investment, source=factories.source(published="2019"))
        assert reason(early) == "restates"
        assert reason(early, Reader(TODAY, as_of=date(2019, 12, 31))) == ""


class TestParts:
    def test_a_part_counts_only_where_its_whole_is_not_out(self, whole):
        row = part(whole, source=factories.source(published="2019"))
        assert reason(row) == "part_of"
        assert reason(row, Reader(TODAY, as_of=date(2020, 12, 30))) == ""
        assert reason(row, Reader(TODAY, as_of=date(2020, 12, 31))) == "part_of"
        whole.source.draft = True
        whole.source.save()
        assert reason(row) == ""

    def test_a_member_stands_in_for_a_whole_that_is_not_out(self, whole):
        row = part(whole, source=factories.source(published="2018"))
        restating(whole, factories.investment, source=factories.source(published="2019"))
        assert reason(row, Reader(TODAY, as_of=date(2019, 12, 31))) == "part_of"
        assert reason(row, Reader(TODAY, as_of=date(2018, 12, 31))) == ""

    def test_a_part_of_a_member_is_a_part_of_its_group(self, whole):
        member = restating(whole, factories.investment, source=factories.source(published="2019"))
        row = part(member, source=factories.source(published="2018"))
        assert reason(row, Reader(TODAY, as_of=date(2019, 12, 31))) == "part_of"
        member.source.draft = True
        member.source.save()
        assert reason(row) == "part_of"

    def test_what_stands_in_for_a_part_is_a_part(self, whole):
        row = part(whole, source=factories.source(published="2021"))
        early = restating(row, factories.investment, source=factories.source(published="2020"))
        assert early.part_of is None
        assert reason(early, Reader(TODAY, as_of=date(2020, 12, 31))) == "part_of"


class TestCancelled:
    def test_a_promise_goes_and_what_was_paid_stays(self, whole):
        received = factories.investment(project=whole.project, basis="paid")
        cancel(whole.project)
        assert (reason(whole), reason(received)) == ("cancelled", "")

    @pytest.mark.parametrize("basis", ["announced", "agreed", "contracted"])
    def test_every_kind_of_promise(self, basis):
        row = factories.investment(basis=basis)
        cancel(row.project)
        assert reason(row) == "cancelled"

    def test_from_the_report_of_the_cancellation_on(self, whole):
        cancel(whole.project, published="2021-06")
        assert reason(whole, Reader(TODAY, as_of=date(2021, 6, 29))) == ""
        assert reason(whole, Reader(TODAY, as_of=date(2021, 6, 30))) == "cancelled"

    def test_not_where_it_was_resumed(self, whole):
        cancel(whole.project, on="2020-05")
        resumed = factories.milestone(project=whole.project, kind="started")
        factories.milestone_date(milestone=resumed, date="2020-06")
        assert reason(whole) == ""

    def test_not_where_it_is_only_due(self, whole):
        step = factories.milestone(project=whole.project, kind="cancelled")
        factories.milestone_date(milestone=step, side=Side.DUE, date="2020")
        assert reason(whole) == ""

    def test_suspended_is_not_cancelled(self, whole):
        step = factories.milestone(project=whole.project, kind="suspended")
        factories.milestone_date(milestone=step, date="2020")
        assert reason(whole) == ""

    def test_an_agreement_has_no_stage(self):
        row = factories.investment(agreement=factories.agreement())
        cancel(factories.project(agreement=row.agreement))
        assert reason(row) == ""


class TestJoint:
    def test_only_where_a_group_is_asked(self):
        one, two = factories.organization(), factories.organization()
        row = factories.investment(organizations=[one, two])
        assert reason(row) == ""
        assert reason(row, group={one}) == "joint"
        assert reason(row, group={one, two}) == ""

    def test_a_single_member_is_not_joint(self):
        one = factories.organization()
        assert reason(factories.investment(organizations=[one]), group={one}) == ""
