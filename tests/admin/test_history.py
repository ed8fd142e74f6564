"""Every change is kept with who, when, why, old and new values, and its page says so in words."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from projects.models import (
    Investment,
    InvestmentOrganization,
    Place,
    Project,
    ProjectPlace,
    Source,
)
from tests import factories
from tests.admin.pages import address, delete, delete_selected, submit
from tests.admin.reading import text

pytestmark = pytest.mark.django_db


def kept(row_or_model, **of):
    """What the newest row of a history says: how, who, why."""
    row = row_or_model.history.filter(**of).first()
    return (row.history_type, row.history_user_name, row.history_change_reason or "")


def account(*codenames, name="viewer"):
    """A client of staff with these permissions only, in English."""
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    client.force_login(user)
    return client


def history(client, row, query=""):
    return client.get(address(type(row), "history", row.pk) + query)


class TestReason:
    def test_goes_with_the_row_and_with_the_rows_in_its_page(self, staff):
        spot, project = factories.place(), factories.project(name_en="Old")
        rows = {"projectplace_set": [{"place": spot}]}
        sent = {"name_en": "New", "change_reason": "更名\0公告"}
        response = submit(staff, address(Project, "change", project.pk), sent, rows)
        assert response.status_code == 302
        assert kept(project) == ("~", "editor", "更名公告")
        assert kept(ProjectPlace, project_id=project.pk) == ("+", "editor", "更名公告")

    def test_is_optional(self, staff):
        spot = factories.place(name_en="Old")
        submit(staff, address(Place, "change", spot.pk), {"name_en": "New"})
        assert kept(spot) == ("~", "editor", "")

    def test_is_cut_where_it_is_too_long(self, staff):
        spot = factories.place()
        reason = {"change_reason": "因" * 501}
        submit(staff, address(Place, "change", spot.pk), reason)
        assert kept(spot) == ("~", "editor", "因" * 500)

    def test_stays_in_a_form_that_is_refused(self, staff):
        spot = factories.place()
        target = address(Place, "change", spot.pk)
        sent = {"name_zh": "", "name_en": "", "change_reason": "因为<b>"}
        response = submit(staff, target, sent)
        assert response.status_code == 200
        assert "因为&lt;b&gt;</textarea>" in response.content.decode()

    def test_of_a_deletion_is_kept_with_all_that_goes_along(self, staff):
        project = factories.project(places=[factories.place()])
        target = address(Project, "delete", project.pk)
        assert 'name="change_reason"' in staff.get(target).content.decode()
        delete(staff, project, change_reason="写了两次")
        assert kept(Project, id=project.pk) == ("-", "editor", "写了两次")
        assert kept(ProjectPlace, project_id=project.pk) == ("-", "editor", "写了两次")

    def test_of_a_deletion_of_several_is_kept_with_each(self, staff):
        one, two = factories.source(), factories.source()
        target = address(Source, "changelist")
        chosen = {"action": "delete_selected", "_selected_action": [one.pk, two.pk]}
        asked = staff.post(target, chosen)
        assert 'name="change_reason"' in asked.content.decode()
        delete_selected(staff, one, two, change_reason="写了两次")
        assert not Source.objects.exists()
        for pk in (one.pk, two.pk):
            assert kept(Source, id=pk) == ("-", "editor", "写了两次")

    def test_is_not_asked_of_those_who_may_only_look(self):
        spot = factories.place()
        page = account("view_place").get(address(Place, "change", spot.pk))
        assert page.status_code == 200
        assert "change_reason" not in page.content.decode()


class TestPage:
    def test_says_who_when_why_and_what_in_words(self, staff):
        one, two = factories.agreement(name_en="Plan A"), factories.agreement(name_en="Plan B")
        project = factories.project(agreement=one, name_en="Old")
        sent = {"agreement": two, "name_en": "New", "change_reason": "更名"}
        submit(staff, address(Project, "change", project.pk), sent)
        words = text(history(staff, project))
        assert "changed · editor Reason: 更名" in words
        assert "name in English: Old → New" in words
        assert "agreement: Plan A → Plan B" in words
        assert "version" not in words

    def test_says_choices_and_ticks_in_words(self, staff):
        row = factories.investment(amount="1亿元")
        row.basis, row.amount_approximate = "paid", True
        row.save()
        words = text(history(staff, row))
        assert "basis: announced → paid" in words
        assert "approximate: no → yes" in words

    def test_leaves_out_the_days_that_follow_from_a_date(self, staff):
        row = factories.investment(date="2016")
        row.date = "2017"
        row.save()
        words = text(history(staff, row))
        assert "date: 2016 (2016) → 2017 (2017)" in words
        assert "possible day" not in words

    def test_shows_links_that_came_and_went_with_the_change(self, staff):
        old, new = factories.place(name_en="Old town"), factories.place(name_en="New town")
        project = factories.project(places=[old])
        link = ProjectPlace.objects.get()
        sent = {
            "projectplace_set-0-DELETE": "on",
            "projectplace_set-0-id": link,
            "name_en": "Moved",
        }
        rows = {"projectplace_set": [{"place": new}]}
        target = address(Project, "change", project.pk)
        assert submit(staff, target, sent, rows).status_code == 302
        change = history(staff, project).context["changes"][0]
        assert {(value.label, value.before, value.after) for value in change.values} == {
            ("name in English", project.name_en, "Moved"),
            ("place", "Old town", ""),
            ("place", "", "New town"),
        }

    def test_names_what_is_gone_by_its_last_name(self, staff):
        parent = factories.place(name_en="Gone town")
        spot = factories.place(parent=parent)
        spot.parent = None
        spot.save()
        parent.delete()
        assert "lies in: Gone town (removed)" in text(history(staff, spot))

    def test_shows_of_a_long_text_what_changed(self, staff):
        before = "甲" * 200 + "三十亿元" + "乙" * 200
        row = factories.source(full_text=before)
        row.full_text = before.replace("三十", "四十")
        row.save()
        words = text(history(staff, row))
        assert f"full text: …{'甲' * 30} 三 四 十亿元{'乙' * 27}…" in words

    def test_keeps_full_texts_from_those_who_may_not_change_them(self):
        row = factories.source(full_text="秘密")
        row.full_text = "秘密二"
        row.save()
        words = text(history(account("view_source"), row))
        assert "full text: (not shown) → (not shown)" in words
        assert "秘密" not in words

    def test_is_for_those_who_may_view_the_record(self):
        row = factories.place()
        assert history(account(), row).status_code == 403
        assert history(account("view_place", name="other"), row).status_code == 200

    def test_of_a_record_from_a_fixture_says_what_was_there_before(self, staff):
        spot = factories.place(name_en="Old")
        spot.history.all().delete()
        assert "It has not been changed since it was entered." in text(history(staff, spot))
        submit(staff, address(Place, "change", spot.pk), {"name_en": "New"})
        changes = history(staff, spot).context["changes"]
        assert [change.kind for change in changes] == ["changed", "first"]
        assert "name in English: Old → New" in text(history(staff, spot))

    def test_comes_in_pages(self, staff):
        spot = factories.place(name_en="0")
        for number in range(1, 25):
            spot.name_en = str(number)
            spot.save()
        first, second = (history(staff, spot, f"?p={page}") for page in (1, 2))
        assert [len(page.context["changes"]) for page in (first, second)] == [20, 5]
        assert "name in English: 23 → 24" in text(first)
        assert "name in English: 3 → 4" in text(second)
        assert 'href="?p=2"' in first.content.decode()

    @pytest.mark.parametrize("query", ["?p=0", "?p=x", "?p=99999999999999999999", "?p=-1"])
    def test_takes_any_page_number(self, staff, query):
        assert history(staff, factories.place(), query).status_code == 200

    @pytest.mark.parametrize("pk", ["abc", "9" * 30, "-1", "0", "１"])
    def test_of_a_record_that_never_was_leads_away(self, staff, pk):
        response = staff.get(address(Place, "history", pk))
        assert (response.status_code, response["Location"]) == (302, "/admin/")

    def test_asks_the_database_as_often_for_many_changes_as_for_few(
        self, staff, django_assert_max_num_queries
    ):
        project = factories.project(agreement=factories.agreement())
        for _ in range(15):
            project.agreement = factories.agreement()
            project.save()
            ProjectPlace.objects.create(project=project, place=factories.place())
        with django_assert_max_num_queries(20):
            assert history(staff, project).status_code == 200


class TestAfterDeletion:
    def test_the_page_stays_and_says_who_and_why(self, staff):
        place = factories.place(name_en="Old town")
        project = factories.project(name_en="Chip park", places=[place])
        delete(staff, project, change_reason="写了两次")
        page = history(staff, project)
        words = text(page)
        assert page.status_code == 200
        assert "History: Chip park" in words
        assert "deleted · editor Reason: 写了两次" in words
        assert "place: Old town" in words

    def test_all_is_there_after_the_author_is_deleted_too(self, staff, editor):
        place = factories.place(name_en="Old")
        submit(staff, address(Place, "change", place.pk), {"name_en": "New"})
        other = User.objects.create_superuser("boss")
        staff.force_login(other)
        response = staff.post(address(User, "delete", editor.pk), {"post": "yes"})
        assert response.status_code == 302
        assert not User.objects.filter(username="editor").exists()
        words = text(history(staff, place))
        assert "changed · editor" in words
        assert "name in English: Old → New" in words

    def test_it_is_for_those_who_may_view_such_records(self):
        spot = factories.place()
        pk = spot.pk
        spot.delete()
        target = address(Place, "history", pk)
        assert account().get(target).status_code == 403
        assert account("view_place", name="other").get(target).status_code == 200

    def test_a_statement_is_named_though_its_project_is_gone(self, staff):
        row = factories.investment(as_written="1亿元")
        project, pk = row.project, row.pk
        name = str(row)
        row.delete()
        project.delete()
        page = staff.get(address(Investment, "history", pk))
        assert f"History: {name}" in text(page)


def test_organizations_of_an_investment_are_in_its_history(staff):
    one = factories.organization(name_en="CEC")
    row = factories.investment()
    rows = {"investmentorganization_set": [{"organization": one}]}
    assert submit(staff, address(Investment, "change", row.pk), {}, rows).status_code == 302
    assert InvestmentOrganization.objects.exists()
    assert "organization: CEC (added)" in text(history(staff, row))
