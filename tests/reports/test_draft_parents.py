"""What only a draft says of who controls an organization is known to no reader."""

import pytest
from django.test import Client

from projects.models import Organization
from tests import factories
from tests.views.reading import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def naming():
    """The draft that names a head of a company which others speak of too."""
    draft = factories.source(draft=True)
    head = factories.organization(slug="head", name_en="The head")
    member = factories.organization(
        slug="member", name_en="The member", parent=head, parent_source=draft
    )
    below = factories.organization(slug="below", parent=member)
    project = factories.project()
    factories.participation(project=project, organization=below)
    factories.investment(project=project, organizations=[below], amount="32亿元")
    factories.participation(project=factories.project(), organization=head)
    return draft


def publish(draft):
    draft.draft = False
    draft.save()


def slugs(rows):
    return set(rows.values_list("slug", flat=True))


def test_groups(naming):
    assert slugs(Organization.objects.below("head")) == {"head"}
    below = Organization.objects.get(slug="below")
    assert slugs(Organization.objects.above([below.pk])) == {"below", "member"}
    assert {"head", "member"} <= slugs(Organization.objects.heads())
    publish(naming)
    assert slugs(Organization.objects.below("head")) == {"head", "member", "below"}
    assert slugs(Organization.objects.above([below.pk])) == {"below", "member", "head"}
    assert "member" not in slugs(Organization.objects.heads())


def shown(path):
    return Client(headers={"accept-language": "en"}).get(path)


def of(table, slug):
    return next(row for row in records(shown(table)) if row["slug"] == slug)


def test_totals(naming):
    assert of("/organizations.csv", "head")["projects"] == "1"
    assert of("/organizations.csv", "head")["promised_low"] == ""
    assert of("/organizations.csv", "member")["group"] == "member"
    assert len(records(shown("/projects.csv?group=head"))) == 1
    publish(naming)
    assert of("/organizations.csv", "head")["projects"] == "2"
    assert of("/organizations.csv", "head")["promised_low"] == "3200000000"
    assert of("/organizations.csv", "member")["group"] == "head"
    assert len(records(shown("/projects.csv?group=head"))) == 2


def test_pages(naming):
    addresses = ["/organizations/?q=member", "/organizations/member/"]
    before = {path: shown(path).content.decode() for path in addresses}
    assert not any("The head" in page for page in before.values())
    assert shown("/organizations/?parent=head").context["problems"] != []
    assert shown("/investments/?in_group=head").context["count"] == 0
    publish(naming)
    assert all("The head" in shown(path).content.decode() for path in addresses)
    assert shown("/organizations/?parent=head").context["count"] == 1
    assert shown("/investments/?in_group=head").context["count"] == 1
