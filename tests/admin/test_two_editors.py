"""Two editors of one record: the second one is refused, and nothing of either is lost."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import OperationalError
from django.test import Client
from django.utils.html import escape
from psycopg import errors

from projects.models import (
    Investment,
    Milestone,
    Organization,
    Participation,
    Place,
    Project,
    ProjectPlace,
    Sector,
)
from tests import factories
from tests.admin.editing import BUILD, inlines, row_of, stored, two_values, versioned
from tests.admin.pages import address, as_shown, delete_selected, hidden, told

pytestmark = pytest.mark.django_db

CHANGED = {
    "en": "Nothing was saved: this was changed since you opened it.",
    "zh-hans": "没有保存：您打开之后，这条记录已被改动。",
}
VERSIONLESS = {
    "en": "Nothing was saved: the form did not say which version of this it was opened at.",
    "zh-hans": "没有保存：表单没有说明打开时是哪个版本。",
}
OVERWRITTEN = "Look through the form below. Saving again stores it as it is then."

ids = {"ids": lambda model: getattr(model, "__name__", str(model))}
every_model = pytest.mark.parametrize("model", list(admin.site._registry), **ids)
every_versioned = pytest.mark.parametrize("model", versioned(), **ids)
every_inline = pytest.mark.parametrize(("model", "inline"), inlines(), **ids)


@pytest.fixture
def other(db) -> Client:
    """The other editor, by the name of Li."""
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    client.force_login(User.objects.create_superuser("li", password="only for tests"))
    return client


def change(row):
    return address(type(row), "change", row.pk)


def words(response):
    return response.content.decode()


def form_of(page):
    return page.context["adminform"].form


def formset_of(page, prefix):
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    return next(formset for formset in formsets if formset.prefix == prefix)


def refused_in_both_languages(client, target, sent, messages):
    """Send a form in both languages, and give back the page in English."""
    for language in ("zh-hans", "en"):
        page = client.post(target, sent, headers={"accept-language": language})
        assert page.status_code == 200
        assert messages[language] in words(page)
    return page


def test_every_model_is_among_those_that_are_tried():
    assert set(admin.site._registry) - set(versioned()) == {User, Group}
    assert len(inlines()) >= 14


@every_model
def test_the_second_save_is_refused_and_may_then_overwrite(staff, other, model):
    row = BUILD[model]()
    target = change(row)
    opened = staff.get(target)
    name, one, shown_one, two, shown_two = two_values(form_of(opened))
    sent = as_shown(opened)
    assert other.post(target, sent | {name: one}).status_code == 302

    page = refused_in_both_languages(staff, target, sent | {name: two}, CHANGED)
    assert stored(row, name) == one
    assert escape(shown_one) in words(page)
    assert escape(shown_two) in words(page)
    assert str(form_of(page)[name].value()) == two
    assert OVERWRITTEN in words(page)

    assert staff.post(target, as_shown(page)).status_code == 302
    assert stored(row, name) == two


@every_model
@pytest.mark.parametrize("version", [None, "", "abc", "-1", "1.0", "９", "9" * 400, "0"])
def test_a_form_without_a_version_is_refused(staff, model, version):
    row = BUILD[model]()
    opened = staff.get(change(row))
    name, one, *_ = two_values(form_of(opened))
    before = stored(row, name)
    stamp = "version" if model in versioned() else "stamp"
    sent = as_shown(opened) | {name: one}
    assert sent.pop(stamp)
    if version is not None:
        sent[stamp] = version
    messages = VERSIONLESS if version in {None, "", "abc", "-1"} else CHANGED
    if model in versioned() and version in {"1.0", "９", "9" * 400}:
        messages = VERSIONLESS
    if model not in versioned() and version:
        messages = CHANGED
    refused_in_both_languages(staff, change(row), sent, messages)
    assert stored(row, name) == before


@every_inline
def test_a_row_in_a_page_too(staff, other, model, inline):
    parent = BUILD[model]()
    row = row_of(parent, inline)
    target = change(parent)
    opened = staff.get(target)
    formset = next(
        one.formset for one in opened.context["inline_admin_formsets"] if type(one.opts) is inline
    )
    name, one, shown_one, two, shown_two = two_values(formset.forms[0])
    field = f"{formset.prefix}-0-{name}"
    sent = as_shown(opened)
    # Saved on a page of its own, so that the parent is as it was.
    first = type(row).objects.get(pk=row.pk)
    setattr(first, type(row)._meta.get_field(name).attname, one)
    first.save()

    page = refused_in_both_languages(staff, target, sent | {field: two}, CHANGED)
    assert stored(row, name) == one
    again = formset_of(page, formset.prefix)
    said = "".join(map(str, again.forms[0].non_field_errors()))
    assert escape(shown_one) in said
    assert escape(shown_two) in said
    assert str(again.forms[0][name].value()) == two

    without = {key: value for key, value in sent.items() if key != f"{formset.prefix}-0-version"}
    refused_in_both_languages(staff, target, without, VERSIONLESS)
    assert stored(row, name) == one

    assert staff.post(target, as_shown(page)).status_code == 302
    assert stored(row, name) == two


@every_inline
def test_a_row_that_changed_is_not_deleted(staff, model, inline):
    parent = BUILD[model]()
    row = row_of(parent, inline)
    opened = staff.get(change(parent))
    formset = next(
        one.formset for one in opened.context["inline_admin_formsets"] if type(one.opts) is inline
    )
    type(row).objects.get(pk=row.pk).save()
    sent = as_shown(opened) | {f"{formset.prefix}-0-DELETE": "on"}
    page = refused_in_both_languages(staff, change(parent), sent, CHANGED)
    assert type(row).objects.filter(pk=row.pk).exists()
    assert formset_of(page, formset.prefix).forms[0]["DELETE"].value() is True
    assert staff.post(change(parent), as_shown(page)).status_code == 302
    assert not type(row).objects.filter(pk=row.pk).exists()


@every_versioned
def test_what_changed_since_is_not_deleted(staff, model):
    row = BUILD[model]()
    target = address(model, "delete", row.pk)
    sent = hidden(staff.get(target))
    model.objects.get(pk=row.pk).save()
    for without in ({}, {"version": "abc"}):
        refused_in_both_languages(staff, target, {"post": "yes"} | without, VERSIONLESS)
    page = refused_in_both_languages(staff, target, sent, CHANGED)
    assert model.objects.filter(pk=row.pk).exists()
    assert staff.post(target, hidden(page)).status_code == 302
    assert not model.objects.filter(pk=row.pk).exists()


@every_versioned
def test_none_of_those_chosen_is_deleted_where_one_changed(staff, model):
    rows = [BUILD[model](), BUILD[model]()]
    target = address(model, "changelist")
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    sent = hidden(staff.post(target, chosen))
    changed = model.objects.get(pk=rows[1].pk)
    changed.save()
    stripped = {name: value for name, value in sent.items() if not name.startswith("version")}
    for data in (sent, stripped):
        response = staff.post(target, data)
        assert response.status_code == 302
        assert any("was changed meanwhile. Choose anew." in line for line in told(response))
        assert not any("Successfully" in line for line in told(response))
        assert model.objects.filter(pk__in=[row.pk for row in rows]).count() == 2
    page = staff.post(target, sent, headers={"accept-language": "zh-hans"})
    assert "已被改动" in told(page)[-1]
    assert delete_selected(staff, *rows).status_code == 302
    assert not model.objects.filter(pk__in=[row.pk for row in rows]).exists()


def test_three_states_side_by_side_and_untouched_fields_follow(staff, other):
    above, below = factories.place(name_zh="重庆", name_en="Chongqing"), factories.place()
    row = factories.place(name_zh="原名", name_en="Old", slug="old", inferred="")
    target = change(row)
    sent = as_shown(staff.get(target))
    theirs = {"name_zh": "甲名", "name_en": "Both", "parent": above.pk, "inferred": "A reason."}
    assert other.post(target, sent | theirs).status_code == 302

    mine = {"name_zh": "乙名", "name_en": "Both", "slug": "new"}
    page = staff.post(target, sent | mine)
    lines = {line.label: line for line in form_of(page).stale.lines}
    told_of = {
        label: (line.opened, line.stored, line.typed, line.outcome.value)
        for label, line in lines.items()
    }
    assert told_of == {
        "Name in Chinese": ("原名", "甲名", "乙名", "both"),
        "Name in English": ("Old", "Both", "Both", "same"),
        "Slug": ("old", "old", "new", "yours"),
        "Lies in": ("", "Chongqing", "", "theirs"),
        "Inferred": ("", "A reason.", "", "theirs"),
    }
    assert "Stored by li on" in words(page)
    again = as_shown(page)
    assert again["name_zh"] == "乙名"
    assert again["parent"] == str(above.pk)
    assert again["version"] == "2"
    assert staff.post(target, again).status_code == 302
    row.refresh_from_db()
    assert (row.name_zh, row.slug, row.parent, row.inferred) == ("乙名", "new", above, "A reason.")
    assert below.pk not in {row.parent_id}


def test_choices_and_ticks_are_shown_in_words(staff, other):
    row = factories.investment(amount="约32亿元")
    sent = as_shown(staff.get(change(row)))
    assert other.post(change(row), sent | {"basis": "agreed"}).status_code in {200, 302}
    # Another one, as a form that nothing is changed in is stored too.
    Investment.objects.get(pk=row.pk).save()
    typed = sent | {"instrument": "loan"}
    page = staff.post(change(row), typed, headers={"accept-language": "zh-hans"})
    lines = {line.label: line for line in form_of(page).stale.lines}
    assert (lines["依据"].opened, lines["依据"].stored) == ("宣布", "约定")
    assert (lines["方式"].stored, lines["方式"].typed) == ("", "贷款")


def test_a_long_text_with_other_ends_of_lines_was_not_touched(staff):
    row = factories.project(summary_zh="一\n二\n")
    sent = as_shown(staff.get(change(row)))
    stored_meanwhile = Project.objects.get(pk=row.pk)
    stored_meanwhile.summary_zh = "三"
    stored_meanwhile.save()
    page = staff.post(change(row), sent | {"summary_zh": "一\r\n二\r\n"})
    assert [line.outcome.value for line in form_of(page).stale.lines] == ["theirs"]
    assert form_of(page)["summary_zh"].value() == "三"


def test_what_it_was_is_not_known_without_a_history(staff):
    row = factories.sector(name_zh="原")
    sent = as_shown(staff.get(change(row)))
    Sector.objects.filter(pk=row.pk).update(version=5, name_zh="甲")
    row.history.all().delete()
    page = staff.post(change(row), sent | {"name_en": "typed"})
    assert "What it was when you opened it is not in its history." in words(page)
    outcomes = {line.label: line.outcome.value for line in form_of(page).stale.lines}
    assert outcomes == {"Name in Chinese": "unknown", "Name in English": "unknown"}
    assert as_shown(page)["version"] == "5"


def test_a_row_deleted_by_another_does_not_stop_the_rest(staff, other):
    places = [factories.place(name_en=name, name_zh=name) for name in ("One", "Two", "Three")]
    new = factories.place(name_en="Four", name_zh="Four")
    project = factories.project(places=places)
    target = change(project)
    sent = as_shown(staff.get(target))
    first = ProjectPlace.objects.get(project=project, place=places[0])
    assert delete_row(other, project, first).status_code == 302

    prefix = "projectplace_set"
    typed = {
        f"{prefix}-0-place": new.pk,  # the one that is gone
        f"{prefix}-2-place": new.pk,
    }
    page = staff.post(target, sent | typed)
    assert page.status_code == 200
    assert "is no longer a row of this record." in words(page)
    assert "Deleted by li on" in words(page)
    gone = formset_of(page, prefix).gone
    assert [row.typed for row in gone] == [(("Place", "Four"),)]
    again = as_shown(page)
    assert again[f"{prefix}-INITIAL_FORMS"] == "2"
    assert staff.post(target, again).status_code == 302
    kept = ProjectPlace.objects.filter(project=project).values_list("place__name_en", flat=True)
    assert sorted(kept) == ["Four", "Two"]


def delete_row(client, parent, row):
    """Delete the first row of the first inline as a browser does."""
    sent = as_shown(client.get(change(parent)))
    return client.post(change(parent), sent | {"projectplace_set-0-DELETE": "on"})


def test_a_row_added_by_another_simply_shows(staff):
    project = factories.project(places=[factories.place()])
    sent = as_shown(staff.get(change(project)))
    Project.objects.get(pk=project.pk).save()
    added = ProjectPlace.objects.create(project=project, place=factories.place())
    page = staff.post(change(project), sent | {"name_en": "Typed"})
    assert page.status_code == 200
    rows = [form.instance.pk for form in formset_of(page, "projectplace_set").initial_forms]
    assert added.pk in rows
    assert staff.post(change(project), as_shown(page)).status_code == 302
    added.refresh_from_db()
    assert added.version == 1


@every_versioned
def test_a_record_deleted_by_another(staff, other, model):
    row = BUILD[model]()
    target = change(row)
    opened = staff.get(target)
    name, one, shown_one, *_ = two_values(form_of(opened))
    sent = as_shown(opened) | {name: one}
    asked = address(model, "delete", row.pk)
    assert other.post(asked, hidden(other.get(asked))).status_code == 302

    page = staff.post(target, sent)
    assert page.status_code == 404
    assert "is there no more." in words(page)
    assert "Deleted by li on" in words(page)
    assert escape(shown_one) in words(page)
    assert address(model, "history", row.pk) in words(page)
    assert address(model, "add") in words(page)
    assert "已不存在" in words(staff.post(target, sent, headers={"accept-language": "zh-hans"}))


def test_its_rows_are_not_lost_either(staff):
    project = factories.project(places=[factories.place(name_en="Banan", name_zh="Banan")])
    sent = as_shown(staff.get(change(project)))
    sent |= {
        "participations-TOTAL_FORMS": "1",
        "participations-0-note": "typed in a row",
        "participations-0-role": "builder",
    }
    pk = project.pk
    project.delete()
    page = words(staff.post(address(Project, "change", pk), sent))
    assert "Banan" in page
    assert "typed in a row" in page


@pytest.mark.parametrize("sent", [{}, {"name_zh": "\0"}, {"milestones-TOTAL_FORMS": "9" * 50}])
@pytest.mark.parametrize("pk", ["abc", "9" * 40, "1"])
def test_a_record_that_never_was(staff, pk, sent):
    assert staff.post(address(Project, "change", pk), sent).status_code in {302, 404}


@pytest.mark.parametrize("typed", ["\0", "9" * 40, "abc", "-1", "<i>"])
def test_hostile_rows(staff, typed):
    project = factories.project(places=[factories.place()])
    sent = as_shown(staff.get(change(project)))
    link = ProjectPlace.objects.get(project=project)
    for name in ("id", "place", "version", "project", "DELETE"):
        page = staff.post(change(project), sent | {f"projectplace_set-0-{name}": typed})
        assert page.status_code in {200, 302}
        assert "<i>" not in words(page)
    for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
        page = staff.post(change(project), sent | {f"projectplace_set-{name}": typed})
        assert page.status_code == 200
    assert not ProjectPlace.objects.filter(pk=link.pk).exclude(place=link.place).exists()


class Meanwhile:
    """Another editor who saves between this one's look at the version and the save."""

    def __init__(self, monkeypatch, model, action):
        self.action, self.real = action, model.save
        monkeypatch.setattr(model, "save", self)

    def __get__(self, row, owner):
        return lambda *args, **kwargs: self.save(row, *args, **kwargs)

    def save(self, row, *args, **kwargs):
        action, self.action = self.action, None
        if action:
            action(row)
        self.real(row, *args, **kwargs)


def test_a_save_at_the_same_instant_leads_to_the_same_page(staff, monkeypatch):
    row = factories.sector(name_en="Old")
    sent = as_shown(staff.get(change(row)))

    def first(_row):
        Sector.objects.filter(pk=row.pk).update(name_en="First", version=2)

    # Undone with the transaction, as this is one and the same; so the second try goes through.
    Meanwhile(monkeypatch, Sector, first)
    response = staff.post(change(row), sent | {"name_en": "Second"})
    assert response.status_code == 302
    assert len(told(response)) == 1


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        ("database is locked", None),
        ("one of two was undone", errors.DeadlockDetected("deadlock detected")),
        ("waited too long", errors.LockNotAvailable("canceling statement due to lock timeout")),
    ],
)
def test_a_locked_database_keeps_what_was_typed(staff, monkeypatch, error, cause):
    row = factories.sector(name_en="Old")
    sent = as_shown(staff.get(change(row)))

    def locked(_row):
        raise OperationalError(error) from cause

    Meanwhile(monkeypatch, Sector, locked)
    page = staff.post(change(row), sent | {"name_en": "Typed"})
    assert page.status_code == 200
    assert "Nothing was saved: another save is under way." in words(page)
    assert form_of(page)["name_en"].value() == "Typed"
    assert told(page) == []
    assert stored(row, "name_en") == "Old"
    assert staff.post(change(row), as_shown(page)).status_code == 302
    assert stored(row, "name_en") == "Typed"


def test_a_full_database_is_not_another_save(staff, monkeypatch):
    row = factories.sector(name_en="Old")
    sent = as_shown(staff.get(change(row)))

    def full(_row):
        raise OperationalError("database or disk is full")

    Meanwhile(monkeypatch, Sector, full)
    page = staff.post(change(row), sent | {"name_en": "Typed"})
    assert page.status_code == 503
    assert "another save" not in page.text and "the database is full" in page.text
    assert stored(row, "name_en") == "Old"


@pytest.mark.proof
@every_versioned
def test_a_double_click_adds_one_record(staff, model, figure):
    """The form is filled from a record that is then deleted, as it holds what the model needs."""
    row = BUILD[model]()
    filled = {
        name: value
        for name, value in as_shown(staff.get(change(row))).items()
        if name not in {"key", "version"} and "-" not in name
    }
    target = address(model, "add")
    added = as_shown(staff.get(target)) | filled
    last = row.pk
    row.delete()
    first, second = staff.post(target, added), staff.post(target, added)
    assert first.status_code == 302
    assert second.status_code == 302
    made = model.objects.filter(pk__gt=last)
    figure("D10", "rows that a double click on save makes, of every kind", made.count(), "1")
    one = made.get()
    assert second.url == change(one)
    assert "is saved already; it was not saved twice." in told(second)[-1]
    assert one.version == 1
    # The same slug or key with another content is somebody else's.
    name, typed, *_ = two_values(form_of(staff.get(change(one))))
    other = staff.post(target, added | {name: typed, "key": getattr(one, "key", "")})
    assert other.status_code == 200
    assert model.objects.filter(pk__gt=last).count() == 1


def test_a_form_that_goes_on_from_a_saved_one_is_not_taken_for_a_double_click(staff):
    target = address(Project, "add")
    typed = as_shown(staff.get(target)) | {"name_zh": "名", "slug": "name"}
    assert staff.post(target, typed).status_code == 302
    place = factories.place()
    rows = {"projectplace_set-TOTAL_FORMS": "1", "projectplace_set-0-place": place.pk}
    page = staff.post(target, typed | rows)
    assert page.status_code == 200
    assert "already exists" in words(page)


def test_what_is_tried_is_what_there_is():
    assert {Investment, Milestone, Organization, Participation, Place} <= set(versioned())
