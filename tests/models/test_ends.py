"""The one sector and the one place of a project, as they are stored beside it."""

import pytest

from projects.models import AgreementSector, ProjectPlace, ProjectSector
from projects.models.base import SEVERAL
from tests import factories as make

pytestmark = pytest.mark.django_db


def stored(row, column="one_sector"):
    return type(row).objects.values_list(column, flat=True).get(pk=row.pk)


def test_of_no_link_it_is_none():
    assert (stored(make.project()), stored(make.project(), "one_place")) == (None, None)


def test_of_one_link_it_is_its_end():
    project, sector, place = make.project(), make.sector(), make.place()
    ProjectSector.objects.create(project=project, sector=sector)
    ProjectPlace.objects.create(project=project, place=place)
    assert (stored(project), stored(project, "one_place")) == (sector.pk, place.pk)


def test_of_two_it_is_several_until_one_is_gone():
    project, first, second = make.project(), make.sector(), make.sector()
    ProjectSector.objects.create(project=project, sector=first)
    link = ProjectSector.objects.create(project=project, sector=second)
    assert stored(project) == SEVERAL
    ProjectSector.objects.get(sector=first).delete()
    assert stored(project) == second.pk
    link.sector = first
    link.save()
    assert stored(project) == first.pk
    link.delete()
    assert stored(project) is None


def test_it_moves_with_the_link_from_one_project_to_another():
    one, other, sector = make.project(), make.project(), make.sector()
    link = ProjectSector.objects.create(project=one, sector=sector)
    link.project = other
    link.save()
    assert (stored(one), stored(other)) == (None, sector.pk)


def test_an_agreement_has_one_too():
    agreement, sector = make.agreement(), make.sector()
    AgreementSector.objects.create(agreement=agreement, sector=sector)
    assert stored(agreement) == sector.pk


@pytest.mark.parametrize("name", ["sector", "place"])
def test_a_draft_is_none_until_its_publication_comes_out(name):
    draft = make.source(draft=True)
    project, there = make.project(), getattr(make, name)()
    entered = getattr(make, name)(entered_with=draft)
    links = {"sector": ProjectSector, "place": ProjectPlace}[name].objects
    links.create(project=project, **{name: entered})
    assert stored(project, f"one_{name}") is None
    links.create(project=project, **{name: there})
    assert stored(project, f"one_{name}") == there.pk
    draft.draft = False
    draft.save()
    assert stored(project, f"one_{name}") == SEVERAL


def test_it_follows_when_a_sector_turns_into_a_draft():
    project, sector = make.project(), make.sector()
    ProjectSector.objects.create(project=project, sector=sector)
    sector.entered_with = make.source(draft=True)
    sector.save()
    assert stored(project) is None
