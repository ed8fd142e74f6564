"""The days on which something was published, as steps from the day shown."""

from datetime import date

import pytest

from projects.reports.days import PublicationDay, day_before_all, earlier_days, neighbours
from projects.values.readers import Reader
from tests import factories as make
from tests.reports.conftest import TODAY, as_of


@pytest.mark.usefixtures("facts")
class TestFacts:
    """Published by 30 April 2020, 16 April and 26 December 2021, 21 September 2022, 10 January, 30
    May and 30 June 2023, and 31 December 2025.
    """

    @pytest.mark.parametrize(
        ("reader", "previous", "following"),
        [
            (TODAY, "2025-12-31", None),
            (as_of("2025-12-31"), "2023-06-30", None),
            (as_of("2025-12-30"), "2023-06-30", "2025-12-31"),
            (as_of("2022-10-01"), "2022-09-21", "2023-01-10"),
            (as_of("2022-09-21"), "2021-12-26", "2023-01-10"),
            (as_of("2020-04-30"), None, "2021-04-16"),
            (as_of("2020-04-26"), None, "2020-04-30"),
            (as_of("0001-01-01"), None, "2020-04-30"),
        ],
    )
    def test_neighbours(self, reader, previous, following):
        found = neighbours(reader)
        assert (found.previous and found.previous.isoformat()) == previous
        assert (found.following and found.following.isoformat()) == following

    def test_earlier_days_the_last_first(self):
        assert earlier_days(as_of("2022-09-21"), 10) == [
            PublicationDay(date(2021, 12, 26), 1),
            PublicationDay(date(2021, 4, 16), 1),
            PublicationDay(date(2020, 4, 30), 2),
        ]
        assert [one.day.year for one in earlier_days(TODAY, 2)] == [2025, 2023]
        assert earlier_days(as_of("2020-04-30"), 10) == []

    def test_day_before_all(self):
        assert day_before_all(TODAY) == date(2020, 4, 29)
        assert day_before_all(as_of("2020-04-30")) == date(2020, 4, 29)
        assert day_before_all(as_of("2020-04-29")) is None


@pytest.mark.django_db
class TestRules:
    def test_a_draft_is_not_published(self):
        make.source(published="2021", draft=True)
        assert (neighbours(TODAY).previous, earlier_days(TODAY, 9)) == (None, [])
        assert day_before_all(TODAY) is None

    def test_no_step_beyond_today(self):
        make.source(published="2026-11")
        assert neighbours(Reader(date(2026, 11, 1))).following is None
        assert neighbours(Reader(date(2026, 11, 29), date(2026, 11, 1))).following is None
        followed = neighbours(Reader(date(2026, 11, 30), date(2026, 11, 1))).following
        assert followed == date(2026, 11, 30)

    def test_nothing_comes_before_the_first_day_of_all(self):
        make.source(published="0001-01-01")
        assert day_before_all(TODAY) is None

    def test_one_query_each(self, django_assert_num_queries):
        make.source()
        for report in (neighbours, day_before_all, lambda reader: earlier_days(reader, 5)):
            with django_assert_num_queries(1):
                report(as_of("2022-10-01"))
