"""Whose group put an investment in, as it is stored beside it."""

import pytest

from projects.models import Investment, InvestmentOrganization
from projects.models.base import SEVERAL
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make.organization(slug="group")


def head_of(investment):
    return Investment.objects.values_list("investors_head", flat=True).get(pk=investment.pk)


def test_of_nobody_stated_it_is_none():
    assert head_of(make.investment()) is None


def test_members_of_one_group_are_that_group(group):
    members = [make.organization(parent=group), make.organization(parent=group)]
    assert head_of(make.investment(organizations=members)) == group.pk


def test_those_of_two_are_several(group):
    investors = [make.organization(parent=group), make.organization()]
    assert head_of(make.investment(organizations=investors)) == SEVERAL


def test_it_follows_who_is_said_to_put_it_in(group):
    other = make.organization()
    investment = make.investment(organizations=[other])
    link = InvestmentOrganization.objects.create(investment=investment, organization=group)
    assert head_of(investment) == SEVERAL
    link.organization = other
    link.delete()
    assert head_of(investment) == other.pk
    InvestmentOrganization.objects.get().delete()
    assert head_of(investment) is None


def test_it_moves_with_the_organization(group):
    middle = make.organization()
    member = make.organization(parent=middle)
    investment = make.investment(organizations=[member])
    assert head_of(investment) == middle.pk
    middle.parent, middle.parent_source = group, make.source()
    middle.save()
    assert head_of(investment) == group.pk


def test_it_moves_when_the_publication_that_names_the_parent_comes_out(group):
    draft = make.source(draft=True)
    member = make.organization(parent=group, parent_source=draft)
    investment = make.investment(organizations=[member])
    assert head_of(investment) == member.pk
    draft.draft = False
    draft.save()
    assert head_of(investment) == group.pk
