"""The roll-up of organizations: the same figures as the page of each one."""

import pytest

from projects.models import Investment, Organization
from projects.reports.funding import funding
from projects.reports.rollup import roll_up
from projects.reports.scope import projects_of_group
from tests import factories
from tests.exports.reading import asked

pytestmark = pytest.mark.django_db
READER = asked().reader


@pytest.fixture
def family():
    """A group of three steps and a company beside it, with money of every kind."""
    root = factories.organization(slug="root")
    middle = factories.organization(slug="middle", parent=root)
    leaf = factories.organization(slug="leaf", parent=middle)
    other = factories.organization(slug="other", parent=root)
    beside = factories.organization(slug="beside")
    shared = factories.project()
    factories.participation(project=shared, organization=leaf)
    factories.participation(project=shared, organization=other)
    factories.participation(organization=beside)
    deal = factories.investment(project=shared, organizations=[leaf], amount="3亿元")
    factories.investment(project=shared, organizations=[other], amount="9亿元", restates=deal)
    factories.investment(organizations=[leaf, other], amount="数十亿元")
    factories.investment(organizations=[leaf, beside], amount="7亿元")
    factories.investment(organizations=[middle], amount="40亿元以上")
    factories.investment(organizations=[other], amount="不超过5亿元")
    factories.investment(organizations=[other], amount="未说明")
    factories.investment(organizations=[beside], unit="USD", amount_low=5, amount_high=5)
    factories.investment(organizations=[beside], amount="2亿元", per="year")
    factories.investment(organizations=[beside], amount="2亿元", basis="paid")
    factories.investment(amount="11亿元")
    factories.investment(
        project=None, agreement=factories.agreement(), organizations=[beside], amount="1亿元"
    )
    return root


def test_figures_by_hand(family):
    found = roll_up(READER)
    by_slug = {one.slug: found[one.pk] for one in Organization.objects.all()}

    def bounds(slug):
        total = by_slug[slug]
        promised = total.promised
        bounds = (promised.amount.low, promised.amount.high, promised.without_amount)
        return (total.group, len(total.projects), *bounds)

    # 3 + 20 to below 100 (joint of leaf and other) + at least 40 + up to 5; one is not stated.
    assert bounds("root") == ("root", 6, 6_300_000_000, None, 1)
    assert bounds("middle") == ("root", 4, 4_300_000_000, None, 0)
    assert bounds("leaf") == ("root", 3, 300_000_000, 300_000_000, 0)
    assert bounds("other") == ("root", 4, 0, 500_000_000, 1)
    assert bounds("beside") == ("beside", 5, 100_000_000, 100_000_000, 0)


@pytest.mark.parametrize("direct", [False, True])
def test_figures_are_those_of_the_totals(family, direct):
    found = roll_up(READER, direct)

    for one in Organization.objects.all():
        below = Organization.objects.below(one.slug).values_list("pk", flat=True)
        members = frozenset([one.pk] if direct else below)
        theirs = Investment.objects.filter(organizations__in=members)
        headline = funding(theirs, READER, members).headline
        total = found[one.pk]
        assert total.promised == headline
        assert total.projects == set(
            projects_of_group(members, READER).values_list("pk", flat=True)
        )


def test_a_cycle_of_parents_ends(family):
    leaf = Organization.objects.get(slug="leaf")
    Organization.objects.filter(slug="root").update(parent=leaf, parent_source=factories.source())

    assert len(roll_up(READER)) == 5


def test_an_organization_that_came_in_between_has_an_empty_total(family):
    total = roll_up(READER)[10**6]

    assert (total.group, total.projects, total.promised.parts) == ("", set(), 0)
