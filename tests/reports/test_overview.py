"""The first screen: the shipped facts by hand."""

import pytest

from projects.reports.overview import overview
from tests.reports.conftest import EVERYTHING, TODAY, as_of, group, on, places


@pytest.mark.usefixtures("facts")
class TestFacts:
    def test_today(self):
        found = overview(TODAY, EVERYTHING)
        assert found.counts.projects == 11
        assert found.funding.headline.amount.low == 5_200_000_000
        assert found.funding.headline.amount.high == 13_200_000_000
        assert found.funding.headline.without_amount == 2
        assert (found.without_investment, found.disagreements) == (7, 1)
        assert [step.milestone.slug for step in found.overdue] == [
            "software-park-opened",
            "itai-demonstration-centre-opened",
        ]
        assert found.counts.silent == 11
        assert [one.indicator.slug for one in found.targets.performances] == [
            "software-business-revenue",
            "software-main-business-revenue",
        ]

    def test_silent_the_longest_first(self):
        found = overview(TODAY, EVERYTHING)
        assert len(found.silent) == 6
        assert found.silent[0].project.slug == "smart-transport-platform"
        assert "software-park" not in {row.project.slug for row in found.silent}

    def test_silent_only_the_software_park_is_not(self):
        assert overview(on("2022-04-29"), EVERYTHING).silent == ()

    def test_at_the_signing(self):
        found = overview(as_of("2020-04-30"), EVERYTHING)
        assert (found.counts.projects, found.without_investment, found.disagreements) == (11, 7, 1)
        assert (found.overdue, found.silent) == ((), ())
        assert [one.indicator.slug for one in found.targets.performances] == [
            "software-business-revenue"
        ]

    def test_before_the_publications(self):
        found = overview(as_of("2020-03-31"), EVERYTHING)
        assert (found.counts.projects, found.without_investment, found.disagreements) == (0, 0, 0)
        assert found.funding.lines == ()
        assert found.targets.performances == ()
        assert {one.count for one in found.states} == {0}

    def test_of_a_group_and_of_a_place(self):
        kaifa = overview(TODAY, group("kaifa"))
        assert kaifa.counts.projects == 1
        assert kaifa.funding.headline.amount.low == kaifa.funding.headline.amount.high
        assert (kaifa.without_investment, kaifa.disagreements, kaifa.overdue) == (0, 0, ())
        zone = overview(TODAY, places("hitech-zone"))
        assert (zone.counts.projects, zone.without_investment, zone.disagreements) == (4, 3, 0)
        assert len(zone.overdue) == 2
