"""How often the database is asked for a file: as often for 20 rows as for 10."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.exports import EXPORTS, writing
from projects.models import Investment, MilestoneDate, Organization, Side
from tests import factories
from tests.exports.reading import asked, content, lines

pytestmark = pytest.mark.django_db

AT_MOST = {
    "projects": 5,
    "organizations": 7,
    "places": 2,
    "sectors": 1,
    "agreements": 5,
    "indicators": 4,
    "sources": 7,
    "milestones": 4,
    "participations": 5,
    "agreement-parties": 5,
    "investments": 7,
    "milestone-dates": 4,
    "targets": 6,
    "observations": 4,
}


def one_of_each():
    """One row of every table, with everything that a row can refer to."""
    spot = factories.place(parent=factories.place())
    field = factories.sector()
    parent = factories.organization()
    member = factories.organization(parent=parent)
    pact = factories.agreement(sectors=[field])
    project = factories.project(agreement=pact, places=[spot], sectors=[field])
    factories.participation(project=project, organization=member)
    factories.agreement_party(agreement=pact, organization=member)
    signing = factories.milestone(agreement=pact, kind="signed")
    factories.milestone_date(milestone=signing)
    step = factories.milestone(project=project)
    factories.milestone_date(milestone=step, side=Side.DUE)
    whole = factories.investment(project=project, organizations=[member, parent])
    factories.investment(project=project, organizations=[member], part_of=whole, amount="1000万元")
    factories.investment(project=project, restates=whole)
    wider = factories.indicator(place=spot)
    measured = factories.indicator(place=spot, wider=wider)
    stands = factories.target(indicator=measured, stands_in=pact)
    factories.target(indicator=measured, restates=stands)
    factories.observation(indicator=measured)
    factories.observation(indicator=wider)


def queries(name, parameters=None):
    with CaptureQueriesContext(connection) as caught:
        content(name, parameters)
    return len(caught)


@pytest.mark.parametrize("name", EXPORTS)
def test_twice_the_rows_ask_no_more(name):
    for _ in range(10):
        one_of_each()
    ten, before = queries(name), len(lines(name))
    for _ in range(10):
        one_of_each()

    assert queries(name) == ten <= AT_MOST[name]
    assert len(lines(name)) == 2 * before >= 20


@pytest.mark.parametrize("name", EXPORTS)
def test_what_is_preferred_is_looked_up_as_often_however_many_parts_a_file_has(name, monkeypatch):
    for _ in range(4):
        one_of_each()
    rival = Investment.objects.filter(restates__isnull=False).first()
    step = MilestoneDate.objects.first()
    group = Organization.objects.values_list("pk", flat=True)
    preferring = asked(prefer=[("investment", rival.pk), ("milestone-date", step.pk)], group=group)

    def in_parts_of(length):
        monkeypatch.setattr(writing, "CHUNK", length)
        return queries(name, preferring) - queries(name, asked(group=group))

    assert in_parts_of(2) == in_parts_of(900)


def test_there_is_a_limit_for_every_file():
    assert set(AT_MOST) == set(EXPORTS)
