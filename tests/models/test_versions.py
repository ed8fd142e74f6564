"""A row is stored only as long as it is what it was read as."""

import pytest

from projects.models import Place, ProjectPlace
from projects.models.versions import StaleRow
from tests import factories
from tests.models.builders import ANY_STATEMENT

pytestmark = pytest.mark.django_db


def names(row):
    return [state.name_zh for state in row.history.order_by("history_id")]


def test_each_save_is_a_version_of_its_own():
    row = factories.place(name_zh="甲")
    assert row.version == 1
    row.save()
    row.save(update_fields=["name_zh"])
    assert row.version == 3
    assert Place.objects.get(pk=row.pk).version == 3


def test_the_second_of_two_editors_is_refused_and_nothing_of_theirs_is_stored():
    row = factories.place(name_zh="甲")
    one, two = (Place.objects.get(pk=row.pk) for _ in range(2))
    one.name_zh = "乙"
    one.save()
    two.name_zh = "丙"
    with pytest.raises(StaleRow):
        two.save()
    assert two.version == 1
    assert Place.objects.get(pk=row.pk).name_zh == "乙"
    assert names(row) == ["甲", "乙"]


@ANY_STATEMENT
def test_statements_too(build):
    row = build()
    stale = type(row).objects.get(pk=row.pk)
    row.save()
    with pytest.raises(StaleRow):
        stale.save()


def test_links_and_sources_too():
    project = factories.project(places=[factories.place()])
    for row in (ProjectPlace.objects.get(project=project), factories.source()):
        stale = type(row).objects.get(pk=row.pk)
        row.save()
        with pytest.raises(StaleRow):
            stale.save()


def test_a_row_is_not_deleted_as_it_was_before_a_change():
    row = factories.place()
    stale = Place.objects.get(pk=row.pk)
    row.save()
    with pytest.raises(StaleRow):
        stale.delete()
    assert Place.objects.filter(pk=row.pk).exists()
    row.delete()
    assert not Place.objects.filter(pk=row.pk).exists()
    with pytest.raises(StaleRow):
        stale.save()


def test_a_save_that_fails_leaves_the_version_as_it_was():
    row, other = factories.place(), factories.place()
    row.slug = other.slug
    with pytest.raises(Exception, match=r"(?i)unique"):
        row.save()
    assert row.version == 1


def test_a_row_that_came_without_history_keeps_its_first_state():
    row = factories.place(name_zh="甲")
    row.history.all().delete()
    row.name_zh = "乙"
    row.save()
    assert names(row) == ["甲", "乙"]
