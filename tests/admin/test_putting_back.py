"""Putting back through the admin: what would change is shown first, and who may is checked."""

import re

import pytest
from django.urls import reverse

from projects.models import Agreement, Place, Project, Source
from tests import factories
from tests.admin.pages import address, delete, submit, told
from tests.admin.reading import text
from tests.admin.test_history import account, history

pytestmark = pytest.mark.django_db

CHANGES_PLACES = ("view_place", "change_place", "publish")
ENTERS = ("view_source", "change_source", "add_source", "view_place", "change_place", "add_place")


def put_back_address(row, pk, number=-1):
    """The page that puts a record back to one of its own states, the first one being 0."""
    model = row if isinstance(row, type) else type(row)
    name = model._meta.model_name
    state = list(model.history.filter(id=pk).order_by("history_id"))[number]
    return reverse(f"admin:projects_{name}_put_back", args=[pk, f"{name}-{state.history_id}"])


@pytest.fixture
def renamed():
    """A place that was called Old and is called New."""
    row = factories.place(name_en="Old")
    row.name_en = "New"
    row.save()
    return row


def test_the_page_shows_what_would_change_and_the_post_does_it(staff, renamed):
    target = put_back_address(renamed, renamed.pk, 0)
    assert target in history(staff, renamed).content.decode()
    asked = staff.get(target)
    assert "name in English: New → Old" in text(asked)
    assert 'name="version" value="2"' in asked.content.decode()
    renamed.refresh_from_db()
    assert renamed.name_en == "New"
    response = staff.post(target, {"version": "2", "change_reason": "误改"})
    assert response["Location"] == address(Place, "history", renamed.pk)
    renamed.refresh_from_db()
    assert (renamed.name_en, renamed.version) == ("Old", 3)
    newest = renamed.history.first()
    assert newest.history_user_name == "editor"
    said = newest.history_change_reason
    assert re.fullmatch(r"put back to the state of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: 误改", said)


@pytest.mark.parametrize("version", [None, "1", "", "x", "-2", "9" * 30, "２"])
def test_a_version_that_is_missing_or_old_is_refused(staff, renamed, version):
    target = put_back_address(renamed, renamed.pk, 0)
    sent = {"change_reason": "误改"} | ({} if version is None else {"version": version})
    response = staff.post(target, sent)
    assert response.status_code == 400
    page = response.content.decode()
    assert "The record was changed since this page was opened." in page
    assert "误改</textarea>" in page
    renamed.refresh_from_db()
    assert (renamed.name_en, renamed.version, renamed.history.count()) == ("New", 2, 2)


def test_what_another_editor_saved_meanwhile_stays(staff, renamed):
    target = put_back_address(renamed, renamed.pk, 0)
    submit(staff, address(Place, "change", renamed.pk), {"name_en": "Newest"})
    response = staff.post(target, {"version": "2"})
    assert response.status_code == 400
    assert "name in English: Newest → Old" in text(response)


def test_a_deleted_record_comes_back_from_its_page(staff):
    place = factories.place(name_en="Old town")
    project = factories.project(name_en="Chip park", places=[place])
    pk = project.pk
    delete(staff, project)
    target = put_back_address(Project, pk)
    assert target in staff.get(address(Project, "history", pk)).content.decode()
    asked = staff.get(target)
    assert "place: Old town" in text(asked)
    assert 'name="version"' not in asked.content.decode()
    assert staff.post(target, {}).status_code == 302
    again = Project.objects.get(pk=pk)
    assert (again.name_en, again.slug, list(again.places.all())) == (
        "Chip park",
        project.slug,
        [place],
    )
    assert staff.post(target, {}).status_code == 400
    assert Project.history.filter(id=pk).count() == 3


def test_a_version_is_of_no_use_where_the_record_is_gone(staff):
    spot = factories.place()
    pk = spot.pk
    spot.delete()
    assert staff.post(put_back_address(Place, pk), {"version": "1"}).status_code == 400
    assert not Place.objects.filter(pk=pk).exists()


def test_the_state_that_it_is_in_is_no_change(staff, renamed):
    target = put_back_address(renamed, renamed.pk)
    assert "Nothing would change" in text(staff.get(target))
    assert staff.post(target, {"version": "2"}).status_code == 400
    assert renamed.history.count() == 2


def test_what_stands_against_it_is_said_with_every_reason(staff):
    parent = factories.place(name_en="Gone town")
    row = factories.place(parent=parent, slug="taken", name_en="<b>")
    row.parent, row.slug = None, "other"
    row.save()
    parent.delete()
    factories.place(slug="taken")
    page = staff.get(put_back_address(row, row.pk, 0))
    assert "What it referred to is no longer there: lies in." in text(page)
    assert "lies in: Gone town" in text(page)
    row.refresh_from_db()
    other = factories.agreement(slug="first")
    other.slug = "second"
    other.save()
    factories.agreement(slug="first")
    response = staff.post(put_back_address(other, other.pk, 0), {"version": "2"})
    assert response.status_code == 400
    assert "slug: Agreement with this Slug already exists." in text(response)
    assert Agreement.objects.get(pk=other.pk).slug == "second"


@pytest.mark.parametrize(
    "code", ["place-999999", "place-x", "source-1", "place", "place-" + "9" * 30]
)
def test_a_state_that_never_was_is_not_found(staff, renamed, code):
    target = reverse("admin:projects_place_put_back", args=[renamed.pk, code])
    assert staff.get(target).status_code == 404
    assert staff.post(target, {"version": "2"}).status_code == 404


class TestWhoMay:
    def test_not_those_who_may_only_look(self, renamed):
        client = account("view_place")
        assert "put-back" not in history(client, renamed).content.decode()
        target = put_back_address(renamed, renamed.pk, 0)
        assert client.get(target).status_code == 403
        assert client.post(target, {"version": "2"}).status_code == 403

    def test_a_publisher_what_is_published(self, renamed):
        client = account(*CHANGES_PLACES)
        target = put_back_address(renamed, renamed.pk, 0)
        assert client.post(target, {"version": "2"}).status_code == 302

    def test_an_editor_drafts_only(self, renamed):
        client = account(*ENTERS)
        target = put_back_address(renamed, renamed.pk, 0)
        assert client.post(target, {"version": "2"}).status_code == 403
        draft = factories.source(draft=True, title="Old")
        draft.title = "New"
        draft.save()
        target = put_back_address(draft, draft.pk, 0)
        assert client.post(target, {"version": "2"}).status_code == 302
        draft.refresh_from_db()
        assert (draft.title, draft.draft) == ("Old", True)

    def test_an_editor_no_state_that_would_be_on_the_site(self):
        draft = factories.source(draft=True)
        row = factories.place()
        row.entered_with = draft
        row.save()
        client = account(*ENTERS)
        target = put_back_address(row, row.pk, 0)
        assert client.get(target).status_code == 403
        assert client.post(target, {"version": "2"}).status_code == 403
        row.refresh_from_db()
        assert row.entered_with == draft

    def test_an_editor_a_deleted_draft_and_nothing_that_was_published(self):
        client = account(*ENTERS)
        for draft, answer in ((True, 302), (False, 403)):
            row = factories.source(draft=draft)
            pk = row.pk
            row.delete()
            assert client.post(put_back_address(Source, pk), {}).status_code == answer
            assert Source.objects.filter(pk=pk).exists() is draft
        spot = factories.place()
        pk = spot.pk
        spot.delete()
        assert client.post(put_back_address(Place, pk), {}).status_code == 403
        assert not Place.objects.filter(pk=pk).exists()

    def test_an_editor_is_not_shown_the_text_of_a_deleted_publication(self):
        client = account(*ENTERS)
        for draft in (True, False):
            row = factories.source(draft=draft, full_text="秘密")
            pk = row.pk
            row.delete()
            page = client.get(address(Source, "history", pk)).content.decode()
            assert ("秘密" in page, "put-back" in page) == (draft, draft)


def test_the_message_says_so(staff, renamed):
    response = staff.post(put_back_address(renamed, renamed.pk, 0), {"version": "2"})
    assert told(response) == ["It was put back, and its history says so."]
