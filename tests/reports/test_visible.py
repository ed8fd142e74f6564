"""What is there for a reader: entities from the first publication that states anything of them."""

import pytest

from projects.models import (
    Agreement,
    Indicator,
    Milestone,
    Organization,
    Participation,
    Place,
    Project,
    Sector,
    Source,
)
from projects.reports.visible import visible
from tests import factories as make
from tests.reports.conftest import TODAY, as_of

ENTITIES = (Project, Organization, Agreement, Indicator, Milestone, Place, Sector, Source)


def counts(reader):
    return {
        model.__name__.lower(): visible(model.objects.all(), reader).count() for model in ENTITIES
    }


@pytest.mark.usefixtures("facts")
class TestFacts:
    def test_everything_today(self):
        assert counts(TODAY) == {
            "project": 11,
            "organization": 20,
            "agreement": 3,
            "indicator": 5,
            "milestone": 12,
            "place": 9,
            "sector": 8,
            "source": 9,
        }

    def test_nothing_before_the_publications(self):
        assert set(counts(as_of("2020-03-31")).values()) == {0}

    def test_at_the_signing(self):
        """The wider indicator and the floor area were first stated later."""
        assert counts(as_of("2020-04-30")) == {
            "project": 11,
            "organization": 20,
            "agreement": 3,
            "indicator": 3,
            "milestone": 10,
            "place": 9,
            "sector": 8,
            "source": 2,
        }


@pytest.mark.django_db
class TestRules:
    def test_entity_of_which_nothing_is_stated_is_there_without_a_day(self):
        project, organization = make.project(), make.organization()
        assert list(visible(Project.objects.all(), TODAY)) == [project]
        assert list(visible(Organization.objects.all(), TODAY)) == [organization]
        assert not visible(Project.objects.all(), as_of("2026-10-31")).exists()

    def test_entity_of_which_only_drafts_speak_is_not(self):
        draft = make.source(draft=True)
        make.investment(
            agreement=make.agreement(), organizations=[make.organization()], source=draft
        )
        make.milestone_date(source=draft)
        make.target(source=draft, indicator=make.indicator(project=make.project()))
        make.participation(source=draft)
        found = counts(TODAY)
        assert {name for name, count in found.items() if count} <= {"place", "sector"}
        assert not visible(Participation.objects.all(), TODAY).exists()

    def test_parent_is_there_from_who_names_it(self):
        child = make.organization(parent=make.organization())
        make.organization(parent=make.organization(), parent_source=make.source(draft=True))
        assert set(visible(Organization.objects.all(), TODAY)) == {child, child.parent}
        assert not visible(Organization.objects.all(), as_of("2020-04-25")).exists()
        assert visible(Organization.objects.all(), as_of("2020-04-26")).count() == 2

    def test_places_above_one_that_is_there_are_there(self):
        city = make.place()
        district = make.place(parent=city)
        make.place(parent=city)
        make.participation(project=make.project(places=[district]))
        assert set(visible(Place.objects.all(), as_of("2020-04-26"))) == {city, district}

    def test_sector_of_an_agreement_that_is_there_is_there(self):
        sector = make.sector()
        make.sector()
        make.agreement_party(agreement=make.agreement(sectors=[sector]))
        assert list(visible(Sector.objects.all(), as_of("2020-04-26"))) == [sector]
