"""Whom the import admits to what: drafts for editors, everything for publishers."""

import pytest
from django.contrib.auth.models import Permission, User
from django.utils.translation import override

from projects.imports import check, store
from projects.models import Participation, Place, Source
from tests import factories
from tests.imports.files import contents, file, said, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    """Who may enter everything, and may neither publish nor swap."""
    user = User.objects.create_user("an editor", is_staff=True)
    allowed = Permission.objects.filter(content_type__app_label="projects")
    user.user_permissions.set(allowed.exclude(codename__in=["publish", "swap_standing"]))
    return user


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


SOURCE = {"slug": "s", "title": "T", "published": "2020"}


def refused(*files, user, **options):
    before = contents()
    report = store(files, user, **options)
    assert not report.stored
    assert contents() == before
    return [(table, column, words) for table, _line, column, words in said(report)]


def test_an_editor_brings_in_a_draft_and_what_it_states(editor):
    factories.project(slug="p")
    files = [
        file("sources", SOURCE),
        file("organizations", {"slug": "o", "name_en": "O", "entered_with": "s"}),
        file(
            "participations",
            {"project": "p", "organization": "o", "role": "builder", "source": "s"},
        ),
    ]
    stored(*files, user=editor)
    assert Source.objects.get(slug="s").draft
    assert Participation.objects.get().organization.entered_with.slug == "s"
    assert check(files, editor).counts["same"] == 3


def test_an_editor_does_not_publish(editor):
    ((*_place, words),) = refused(file("sources", SOURCE), user=editor, publish=True)
    assert "may not publish" in words


def test_an_editor_does_not_change_what_is_published(editor):
    factories.source(slug="s")
    factories.place(slug="x")
    files = [
        file("sources", {"slug": "s", "title": "U"}),
        file("places", {"slug": "x", "name_en": "Y"}),
    ]
    found = refused(*files, user=editor)
    assert [one[0] for one in found] == ["sources", "places"]
    assert all("It is published" in words for *_place, words in found)


def test_an_editor_enters_entities_with_a_draft_only(editor):
    factories.source(slug="out")
    lines = [
        {"slug": "a", "name_en": "A", "entered_with": ""},
        {"slug": "b", "name_en": "B", "entered_with": "out"},
    ]
    found = refused(file("places", *lines), user=editor)
    assert [one[1] for one in found] == ["entered_with", "entered_with"]


def test_an_editor_states_nothing_by_a_published_source(editor):
    factories.source(slug="out")
    factories.project(slug="p")
    factories.organization(slug="o")
    line = {"project": "p", "organization": "o", "role": "builder", "source": "out"}
    ((_table, column, words),) = refused(file("participations", line), user=editor)
    assert (column, "has to be a draft" in words) == ("source", True)


def test_a_file_that_changes_nothing_asks_no_right(editor):
    factories.place(slug="x", name_en="X")
    assert check([file("places", {"slug": "x", "name_en": "X"})], editor).accepted


def test_only_who_may_swap_swaps(editor):
    stands = factories.target(key="a")
    factories.target(key="b", indicator=stands.indicator, restates=stands)
    editor.user_permissions.add(Permission.objects.get(codename="publish"))
    lines = [
        {"statement_id": "a", "restates": "b", "restates_how": "disputed"},
        {"statement_id": "b", "restates": "", "restates_how": ""},
    ]
    found = refused(file("targets", *lines), user=User.objects.get(pk=editor.pk))
    assert ("targets", "restates") in [one[:2] for one in found]
    assert any("which of rival statements stands" in one[2] for one in found)


def test_a_viewer_brings_in_nothing(db):
    viewer = User.objects.create_user("viewer", is_staff=True)
    ((_table, _column, words),) = refused(
        file("places", {"slug": "a", "name_en": "A"}), user=viewer
    )
    assert words == "You may not add places."
    assert not Place.objects.exists()
