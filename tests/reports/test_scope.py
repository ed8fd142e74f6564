"""What of each table belongs to a group and to a place, counted by hand in the shipped facts."""

import pytest

from projects.models import (
    Agreement,
    AgreementParty,
    Indicator,
    Investment,
    Milestone,
    MilestoneDate,
    Observation,
    Organization,
    Participation,
    Place,
    Project,
    Sector,
    Source,
    Target,
)
from projects.reports.scope import narrow
from projects.values.readers import Reader
from projects.values.scopes import Scope
from tests.reports.conftest import EVERYTHING, TODAY, as_of, group, places

TABLES = (
    Project,
    Organization,
    Agreement,
    Indicator,
    Milestone,
    Place,
    Sector,
    Source,
    Participation,
    AgreementParty,
    Investment,
    MilestoneDate,
    Target,
    Observation,
)


def counts(scope, reader=TODAY):
    return tuple(narrow(model.objects.all(), scope, reader).count() for model in TABLES)


def slugs(model, scope, reader=TODAY):
    return {row.slug for row in narrow(model.objects.all(), scope, reader)}


def keys(model, scope):
    return {row.key for row in narrow(model.objects.all(), scope, TODAY)}


@pytest.mark.usefixtures("facts")
class TestFacts:
    def test_everything_leaves_nothing_out(self):
        assert EVERYTHING.everything
        assert counts(EVERYTHING) == tuple(model.objects.count() for model in TABLES)

    def test_kaifa(self):
        """One project with three steps and one indicator; two statements of the builder."""
        scope = group("kaifa")
        assert slugs(Project, scope) == {"kaifa-smart-device-park"}
        assert slugs(Place, scope) == {"linkong"}
        assert slugs(Sector, scope) == {"smart-terminals"}
        assert slugs(Indicator, scope) == {"kaifa-park-annual-sales"}
        assert keys(Investment, scope) == {"a-kaifa-park-total"}
        assert keys(Participation, scope) == {"a-kaifa-park-builder", "b-kaifa-park-builder"}
        assert counts(scope) == (1, 2, 0, 1, 3, 1, 1, 2, 2, 0, 1, 3, 1, 0)

    def test_the_planning_commission(self):
        """Owner of the plan; it takes part in no project."""
        scope = group("chongqing-eic")
        assert slugs(Agreement, scope) == {"software-action-plan"}
        assert keys(AgreementParty, scope) == {"b-action-plan-owner"}
        assert keys(MilestoneDate, scope) == {"b-action-plan-adopted"}
        assert counts(scope) == (0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0)

    def test_hitech_zone_as_a_body(self):
        """Host of the base and party of its agreement."""
        scope = group("chongqing-hitech-zone")
        assert slugs(Project, scope) == {"itai-demonstration-base"}
        assert slugs(Agreement, scope) == {"demonstration-base"}
        assert slugs(Place, scope) == {"hitech-zone"}
        assert counts(scope) == (1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0)

    def test_hitech_zone_as_a_place(self):
        """Four projects under two agreements; the indicator is the software park's floor area."""
        scope = places("hitech-zone")
        assert slugs(Agreement, scope) == {"strategic-cooperation", "demonstration-base"}
        assert slugs(Indicator, scope) == {"software-park-floor-area"}
        assert slugs(Sector, scope) == {"itai", "digital-city", "software-park", "data-centre"}
        assert keys(Investment, scope) == {"b-software-park-total"}
        assert counts(scope) == (4, 5, 2, 1, 5, 1, 4, 3, 8, 6, 1, 6, 1, 0)

    def test_indicators_of_the_places_of_a_group(self):
        """The smart-transport platform is in the city, whose revenue is measured."""
        assert slugs(Indicator, group("cecgw")) == {
            "software-business-revenue",
            "software-main-business-revenue",
        }

    def test_place_and_group_together(self):
        both = Scope(group("cec-investment").organizations, places("hitech-zone").places)
        assert slugs(Project, both) == {"software-park"}
        assert keys(Participation, both) == {"a-software-park-cec-investment"}

    def test_narrowed_by_what_stands_for_the_reader(self):
        rival = Investment.objects.get(key="b-mobile-finance-deal")
        preferring = Reader(TODAY.today, None, frozenset([("investment", rival.pk)]))
        credit = group("cec-credit")
        assert slugs(Project, credit) == set()
        assert slugs(Project, credit, preferring) == {"mobile-finance"}
        assert slugs(Project, group("cec"), as_of("2020-03-31")) == set()

    def test_unknown_place_below(self):
        assert counts(places("no-such-place")) == (0,) * len(TABLES)
