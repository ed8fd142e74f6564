"""Many values handed over as one."""

import pytest

from projects.lookups import among
from projects.models import Investment, Project
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def projects():
    return [factories.project(slug=slug) for slug in ("a", "b’s", 'c"{,}\\', "d")]


def slugs(condition):
    return sorted(Project.objects.filter(condition).values_list("slug", flat=True))


def test_texts(projects):
    assert slugs(among("slug", ["b’s", 'c"{,}\\', "none"])) == ["b’s", 'c"{,}\\']


def test_ids_through_a_reference_and_beside_another_condition(projects):
    first, second, third, fourth = (factories.investment(project=one) for one in projects)
    ids = [projects[0].pk, projects[3].pk]
    either = among("project", ids) | among("pk", [second.pk])
    assert set(Investment.objects.filter(either)) == {first, second, fourth}
    assert set(Investment.objects.filter(among("project__pk", {projects[2].pk}))) == {third}


def test_a_stretch_of_ids(projects):
    ids = range(projects[1].pk, projects[2].pk + 1)
    assert slugs(among("pk", ids)) == ["b’s", 'c"{,}\\']


def test_none(projects):
    assert slugs(among("pk", [])) == []
    assert slugs(among("slug", ())) == []
