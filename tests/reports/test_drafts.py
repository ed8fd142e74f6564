"""What is a draft: what no reader sees."""

import pytest

from projects.models import ProjectPlace
from projects.reports.drafts import is_draft
from tests import factories
from tests.models.builders import ANY_STATEMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return factories.source(draft=True)


def test_a_source_until_it_is_published(draft):
    assert is_draft(draft)
    assert not is_draft(factories.source())


@ANY_STATEMENT
def test_a_statement_of_a_draft(build, draft):
    assert is_draft(build(source=draft))
    assert not is_draft(build())


@pytest.mark.parametrize("name", ["place", "sector", "project", "organization", "agreement"])
def test_an_entity_entered_with_a_draft(client, name, draft):
    build = getattr(factories, name)
    row = build(entered_with=draft)
    assert is_draft(row)
    assert row.slug not in client.get(f"/{name}s.csv").getvalue().decode()
    draft.draft = False
    draft.save()
    assert not is_draft(row)
    assert row.slug in client.get(f"/{name}s.csv").getvalue().decode()
    assert not is_draft(build())


def test_an_entity_of_which_only_drafts_speak(draft):
    row = factories.project()
    assert not is_draft(row)
    factories.participation(project=row, source=draft)
    assert is_draft(row)
    factories.investment(project=row)
    assert not is_draft(row)


def test_a_published_statement_shows_what_was_entered_with_a_draft(draft):
    row = factories.project(entered_with=draft)
    factories.participation(project=row)
    assert not is_draft(row)


def test_a_link_as_its_first_end(draft):
    for given, expected in ((draft, True), (None, False)):
        row = factories.project(entered_with=given, places=[factories.place()])
        assert is_draft(ProjectPlace.objects.get(project=row)) is expected
