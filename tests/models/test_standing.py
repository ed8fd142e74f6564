"""Which statements are out for a reader, and which one of a group stands."""

from datetime import date

import pytest

from projects.models import Investment, MilestoneDate, Source
from projects.values.readers import Reader
from tests import factories
from tests.models.builders import ANY_STATEMENT, restating

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 1)
NOW = Reader(TODAY)


def as_of(*day: int) -> Reader:
    return Reader(TODAY, as_of=date(*day))


def said(published: str, draft: bool = False) -> Source:
    return factories.source(published=published, draft=draft)


@ANY_STATEMENT
class TestOut:
    def test_a_draft_is_not_out(self, build):
        shown, hidden = build(), build(source=said("2020", draft=True))
        assert list(type(shown).objects.out(NOW)) == [shown]
        assert hidden not in type(shown).objects.standing(NOW)

    def test_from_the_last_possible_day_of_the_publication(self, build):
        row = build(source=said("2020-04"))
        rows = type(row).objects
        assert not rows.out(as_of(2020, 4, 29)).exists()
        assert list(rows.out(as_of(2020, 4, 30))) == [row]
        assert list(rows.out(NOW)) == [row]

    def test_without_a_day_what_is_published_later_counts_too(self, build):
        row = build(source=said("2030"))
        assert list(type(row).objects.out(NOW)) == [row]


def test_sources_are_out_by_the_same_rule():
    shown, later = said("2020-04"), said("2021")
    said("2019", draft=True)
    assert set(Source.objects.out(NOW)) == {shown, later}
    assert set(Source.objects.out(as_of(2020, 4, 30))) == {shown}
    assert list(Source.objects.out(NOW).newest_first()) == [later, shown]


@ANY_STATEMENT
class TestStanding:
    def test_the_one_that_the_others_restate(self, build):
        standing = build(source=said("2018"))
        restating(standing, build, source=said("2021"))
        assert list(type(standing).objects.standing(NOW)) == [standing]

    @pytest.mark.parametrize(
        ("source", "reader"),
        [(("2022", True), NOW), (("2022", False), as_of(2021, 12, 31))],
        ids=["a draft", "not yet published"],
    )
    def test_the_one_published_last_stands_in(self, build, source, reader):
        standing = build(source=said(*source))
        restating(standing, build, source=said("2019"))
        newer = restating(standing, build, source=said("2021"))
        restating(standing, build, source=said("2020"))
        restating(standing, build, source=said("2021-12", draft=True))
        assert list(type(standing).objects.standing(reader)) == [newer]

    def test_nothing_stands_where_nothing_is_out(self, build):
        standing = build(source=said("2022"))
        restating(standing, build, source=said("2023"))
        assert not type(standing).objects.standing(as_of(2021, 1, 1)).exists()

    def test_of_the_same_last_day_the_one_with_the_later_first_day(self, build):
        standing = build(source=said("2022", draft=True))
        restating(standing, build, source=said("2021"))
        exact = restating(standing, build, source=said("2021-12-31"))
        restating(standing, build, source=said("../2021"))
        assert list(type(standing).objects.standing(NOW)) == [exact]

    def test_of_the_same_days_the_one_with_the_lower_id(self, build):
        standing = build(source=said("2022", draft=True))
        first = restating(standing, build, source=said("2021"))
        restating(standing, build, source=said("2021"))
        assert list(type(standing).objects.standing(NOW)) == [first]

    def test_each_group_has_one(self, build):
        one, other = build(), build()
        restating(one, build)
        restating(other, build)
        assert set(type(one).objects.standing(NOW)) == {one, other}

    def test_it_is_marked_in_place(self, build):
        standing = build(source=said("2022"))
        again = restating(standing, build, source=said("2020"))
        rows = type(standing).objects.order_by("pk")
        assert [row.stands for row in rows.with_stands(NOW)] == [True, False]
        assert [row.stands for row in rows.with_stands(as_of(2021, 1, 1))] == [False, True]
        assert again.restates == standing


class TestPreferring:
    def reader(self, *rows, **columns) -> Reader:
        prefer = frozenset((row.kind_of_statement, row.pk) for row in rows)
        return Reader(TODAY, prefer=prefer, **columns)

    @ANY_STATEMENT
    def test_a_rival_stands_in_its_group_only(self, build):
        standing, elsewhere = build(), build()
        rival = restating(standing, build)
        assert set(type(standing).objects.standing(self.reader(rival))) == {rival, elsewhere}

    def test_one_that_is_not_out_does_not_stand(self):
        standing = factories.investment()
        draft = restating(standing, factories.investment, source=said("2021", draft=True))
        later = restating(standing, factories.investment, source=said("2022"))
        reader = self.reader(draft, later, as_of=date(2021, 1, 1))
        assert list(Investment.objects.standing(reader)) == [standing]

    def test_the_number_of_another_kind_is_another_statement(self):
        standing = factories.investment()
        rival = restating(standing, factories.investment)
        reader = Reader(TODAY, prefer=frozenset({("milestone-date", rival.pk)}))
        assert list(Investment.objects.standing(reader)) == [standing]

    def test_of_two_the_one_that_stands_otherwise(self):
        standing = factories.milestone_date()
        older = restating(standing, factories.milestone_date, source=said("2019"))
        newer = restating(standing, factories.milestone_date, source=said("2021"))
        rows = MilestoneDate.objects
        assert list(rows.standing(self.reader(older, newer))) == [newer]
        assert list(rows.standing(self.reader(older, standing))) == [standing]
