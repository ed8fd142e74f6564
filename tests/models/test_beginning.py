"""What a new statement is written with is what is derived of it, where nothing goes before it."""

import pytest

from projects.models import Investment, Participation
from projects.models.derived import begin
from tests import factories

pytestmark = pytest.mark.django_db

DERIVED = ("out_from", "stands_from", "stands_until")
OF_INVESTMENTS = (*DERIVED, "part_from", "left_out")


def told(row, columns):
    """The derived columns as they are told of an instance that was never written."""
    fields = {field.attname for field in row._meta.concrete_fields} - {*OF_INVESTMENTS}
    fresh = type(row)(**{name: getattr(row, name) for name in fields})
    begin(fresh)
    return [getattr(fresh, column) for column in columns]


def derived(row, columns):
    return list(type(row).objects.values_list(*columns).get(pk=row.pk))


@pytest.mark.parametrize("draft", [False, True])
def test_one_that_is_alone(draft):
    source = factories.source(published="2020-05", draft=draft)
    row = factories.participation(source=source)
    assert isinstance(row, Participation)
    assert told(row, DERIVED) == derived(row, DERIVED)
    assert told(row, DERIVED)[2] is None
    assert (told(row, DERIVED)[1] is None) == draft


def test_one_that_restates_another():
    standing = factories.investment()
    row = factories.investment(project=standing.project, restates=standing)
    assert isinstance(row, Investment)
    assert told(row, OF_INVESTMENTS) == derived(row, OF_INVESTMENTS)
    assert told(row, ["stands_from", "left_out"]) == [None, "restates"]


def test_a_part_of_another():
    whole = factories.investment()
    row = factories.investment(project=whole.project, part_of=whole)
    assert told(row, OF_INVESTMENTS) == derived(row, OF_INVESTMENTS)
    assert told(row, ["part_from", "left_out"]) == [whole.source.published_latest, "part_of"]
