"""Agreements with parties, signing and projects: the shipped facts by hand."""

import pytest

from projects.reports.agreements import agreement_rows, agreements
from tests import factories as make
from tests.reports.conftest import EVERYTHING, TODAY, as_of, group, places


def rows(reader, scope=EVERYTHING):
    found = agreement_rows(agreements(reader, scope), reader, scope)
    return {row.agreement.slug: row for row in found}


@pytest.mark.usefixtures("facts")
class TestFacts:
    def test_parties(self):
        parties = {
            slug: [one.organization.slug for one in row.parties]
            for slug, row in rows(TODAY).items()
        }
        assert parties == {
            "strategic-cooperation": ["cec", "chongqing-government"],
            "demonstration-base": ["cec-system-technology", "chongqing-hitech-zone"],
            "software-action-plan": ["chongqing-eic"],
        }

    def test_signed_and_adopted(self):
        assert {slug: row.signed.date for slug, row in rows(TODAY).items()} == {
            "strategic-cooperation": "2020-04-26",
            "demonstration-base": "2020-04",
            "software-action-plan": "2020-04-01/2020-04-10",
        }

    def test_projects(self):
        assert {slug: row.projects for slug, row in rows(TODAY).items()} == {
            "strategic-cooperation": 5,
            "demonstration-base": 1,
            "software-action-plan": 0,
        }

    def test_scope_and_day(self):
        assert rows(as_of("2020-03-31")) == {}
        assert rows(TODAY, group("kaifa")) == {}
        assert rows(TODAY, group("cec")).keys() == {"strategic-cooperation", "demonstration-base"}
        assert rows(TODAY, places("liangjiang")).keys() == {"strategic-cooperation"}


@pytest.mark.django_db
class TestRules:
    def test_other_steps_of_an_agreement_are_not_its_signing(self):
        step = make.milestone(agreement=make.agreement(), kind="other")
        make.milestone_date(milestone=step)
        (row,) = rows(TODAY).values()
        assert row.signed is None

    def test_drafts_are_left_out(self):
        draft = make.source(draft=True)
        party = make.agreement_party()
        make.agreement_party(agreement=party.agreement, source=draft)
        signed = make.milestone(agreement=party.agreement, kind="signed")
        make.milestone_date(milestone=signed, source=draft)
        make.participation(project=make.project(agreement=party.agreement), source=draft)
        (row,) = rows(TODAY).values()
        assert (row.parties, row.signed, row.projects) == ((party,), None, 0)
