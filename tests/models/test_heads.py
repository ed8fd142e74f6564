"""The organization at the top of each one's group."""

import pytest

from projects.models import Organization
from projects.models.derived import derive
from tests import factories as make

pytestmark = pytest.mark.django_db


def heads():
    return dict(Organization.objects.values_list("slug", "head__slug"))


def test_without_a_parent_it_is_its_own():
    make.organization(slug="alone")
    assert heads() == {"alone": "alone"}


def test_all_below_follow_when_one_moves():
    group, other = make.organization(slug="group"), make.organization(slug="other")
    middle = make.organization(slug="middle", parent=group)
    make.organization(slug="lowest", parent=middle)
    assert heads()["lowest"] == "group"
    middle.refresh_from_db()
    middle.parent = other
    middle.save()
    assert heads() == {"group": "group", "other": "other", "middle": "other", "lowest": "other"}


def test_a_parent_that_only_a_draft_names_counts_once_it_is_published():
    draft = make.source(draft=True)
    group = make.organization(slug="group")
    make.organization(slug="member", parent=group, parent_source=draft)
    assert heads()["member"] == "member"
    draft.draft = False
    draft.save()
    assert heads()["member"] == "group"


def test_in_a_circle_each_is_its_own():
    one = make.organization(slug="one")
    two = make.organization(slug="two", parent=one)
    below = make.organization(slug="below", parent=two)
    rows = Organization.objects.filter(pk=one.pk)
    rows.update(parent=two, parent_source=two.parent_source)
    derive({Organization: [one.pk]})
    assert heads() == {"one": "one", "two": "two", below.slug: "below"}
