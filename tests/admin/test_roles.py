"""An editor enters drafts: no form, inline, list or box lets them change what is published."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from projects.models import (
    Indicator,
    Investment,
    InvestmentOrganization,
    Milestone,
    Organization,
    Participation,
    Place,
    Project,
    ProjectPlace,
    Sector,
    Source,
)
from tests import factories
from tests.admin.pages import address, delete, delete_selected, problems, submit
from tests.admin.people import account, client_of
from tests.models.builders import ANY_STATEMENT
from tests.recorded import RECORDED

pytestmark = pytest.mark.django_db

SAY_WITH_WHICH = "Say with which draft you enter it"
NO_DRAFT = "Choose a draft"


@pytest.fixture
def client(db):
    """An editor's."""
    return client_of(account("editor"))


@pytest.fixture
def publisher(db):
    return client_of(account("publisher"))


@pytest.fixture
def draft():
    return factories.source(draft=True, title="Our draft")


def state():
    """Every stored row of the record."""
    return [list(model.objects.order_by("pk").values()) for model in RECORDED]


class TestStatements:
    @ANY_STATEMENT
    def test_of_a_draft_are_changed_and_deleted(self, client, draft, build):
        row = build(source=draft)
        kind = type(row)
        change = address(kind, "change", row.pk)
        assert submit(client, change, {"note": "seen"}).status_code == 302
        row.refresh_from_db()
        assert row.note == "seen"
        assert delete(client, row).status_code == 302
        assert not kind.objects.filter(pk=row.pk).exists()

    @ANY_STATEMENT
    def test_that_are_published_are_only_shown(self, client, build):
        row = build()
        kind = type(row)
        before = state()
        page = client.get(address(kind, "change", row.pk))
        assert page.status_code == 200
        assert not page.context["has_change_permission"]
        sent = {"note": "forged", "source": row.source.pk, "key": row.key}
        assert client.post(address(kind, "change", row.pk), sent).status_code == 403
        assert client.get(address(kind, "delete", row.pk)).status_code == 403
        assert client.post(address(kind, "delete", row.pk), {"post": "yes"}).status_code == 403
        assert state() == before

    def test_do_not_move_to_a_published_source(self, client, draft):
        row = factories.participation(source=draft)
        out = factories.source()
        answer = submit(client, address(Participation, "change", row.pk), {"source": out})
        assert NO_DRAFT in problems(answer)
        row.refresh_from_db()
        assert row.source == draft

    def test_are_not_entered_with_a_published_source(self, client):
        project, organization = factories.project(), factories.organization()
        new = {"project": project, "organization": organization, "role": "builder"}
        answer = submit(client, address(Participation, "add"), new | {"source": factories.source()})
        assert NO_DRAFT in problems(answer)
        assert not Participation.objects.exists()

    def test_of_a_draft_may_be_proposed(self, client, draft):
        standing = factories.investment(amount="3亿元")
        row = factories.investment(
            project=standing.project, source=draft, restates=standing, amount="5亿元"
        )
        change = address(Investment, "change", row.pk)
        assert submit(client, change, {"proposed": "superseded"}).status_code == 302
        row.refresh_from_db()
        assert row.proposed == "superseded"

    def test_may_be_chosen_freely_by_who_publishes(self, publisher):
        row = factories.participation()
        change = address(Participation, "change", row.pk)
        assert (
            submit(publisher, change, {"note": "seen", "source": factories.source()}).status_code
            == 302
        )


class TestSources:
    def test_a_draft_is_changed_a_published_one_not(self, client, draft):
        out = factories.source()
        assert (
            submit(client, address(Source, "change", draft.pk), {"outlet": "x"}).status_code == 302
        )
        before = state()
        target = address(Source, "change", out.pk)
        sent = {"title": "x", "slug": out.slug, "published": "2020", "kind": "other"}
        assert client.post(target, sent).status_code == 403
        assert client.post(address(Source, "delete", out.pk), {"post": "yes"}).status_code == 403
        assert state() == before

    def test_the_full_text_of_a_published_one_can_be_read(self, client):
        out = factories.source(full_text="读来核对的全文")
        assert "读来核对的全文" in client.get(address(Source, "change", out.pk)).content.decode()

    def test_only_drafts_are_suggested(self, client, publisher, draft):
        out = factories.source(title="Our report")
        for model, field in (
            ("investment", "source"),
            ("project", "entered_with"),
            ("organization", "parent_source"),
        ):
            query = {
                "app_label": "projects",
                "model_name": model,
                "field_name": field,
                "term": "Our",
            }
            found = client.get(reverse("admin:autocomplete"), query).json()["results"]
            assert [row["id"] for row in found] == [str(draft.pk)]
            found = publisher.get(reverse("admin:autocomplete"), query).json()["results"]
            assert {row["id"] for row in found} == {str(draft.pk), str(out.pk)}

    def test_all_are_found_in_the_list(self, client, draft):
        factories.source(title="Our report")
        page = client.get(address(Source, "changelist"), {"q": "Our"})
        assert page.context["cl"].result_count == 2

    def test_many_are_deleted_only_if_all_are_drafts(self, client, draft):
        out = factories.source()
        chosen = {"action": "delete_selected", "post": "yes"}
        answer = client.post(
            address(Source, "changelist"), chosen | {"_selected_action": [draft.pk, out.pk]}
        )
        assert answer.status_code == 403
        assert Source.objects.count() == 2
        assert delete_selected(client, draft).status_code == 302
        assert list(Source.objects.all()) == [out]


class TestEntities:
    NEW = {"name_zh": "新项目", "slug": "new"}

    def test_are_entered_with_a_draft(self, client, draft):
        target = address(Project, "add")
        assert SAY_WITH_WHICH in problems(submit(client, target, self.NEW))
        out = factories.source()
        assert NO_DRAFT in problems(submit(client, target, self.NEW | {"entered_with": out}))
        assert not Project.objects.exists()
        assert submit(client, target, self.NEW | {"entered_with": draft}).status_code == 302
        assert Project.objects.get().entered_with == draft

    def test_nor_otherwise_in_a_popup_or_saved_as_new(self, client):
        row = factories.project()
        answer = client.post(address(Project, "add") + "?_popup=1", self.NEW | {"_popup": "1"})
        assert answer.status_code == 200
        sent = self.NEW | {"_saveasnew": "1"}
        answer = client.post(address(Project, "change", row.pk), sent)
        assert SAY_WITH_WHICH in problems(answer)
        assert list(Project.objects.all()) == [row]

    def test_the_field_comes_first_and_is_preset(self, client, draft):
        page = client.get(address(Place, "add"), {"entered_with": draft.pk})
        form = page.context["adminform"]
        assert form.fieldsets[0][1]["fields"] == ["entered_with"]
        assert form.form["entered_with"].value() == str(draft.pk)
        assert "Our draft" in page.content.decode()

    def test_who_publishes_may_leave_it_out(self, publisher):
        form = publisher.get(address(Sector, "add")).context["adminform"]
        assert form.fieldsets[-1][1]["fields"] == ["entered_with"]
        assert submit(publisher, address(Project, "add"), self.NEW).status_code == 302
        assert Project.objects.get().entered_with is None

    def test_a_draft_does_not_become_public_by_leaving_it_out(self, client, draft):
        row = factories.place(entered_with=draft)
        change = address(Place, "change", row.pk)
        assert SAY_WITH_WHICH in problems(submit(client, change, {"entered_with": ""}))
        row.refresh_from_db()
        assert row.entered_with == draft

    def test_of_which_only_drafts_speak_are_changed(self, client, draft):
        row = factories.participation(source=draft).project
        change = address(Project, "change", row.pk)
        assert submit(client, change, {"name_zh": "改名"}).status_code == 302
        row.refresh_from_db()
        assert row.name_zh == "改名"

    @pytest.mark.parametrize("model", [Project, Place, Organization])
    def test_that_are_published_are_only_shown(self, client, model):
        row = getattr(factories, model._meta.model_name)()
        before = state()
        change = address(model, "change", row.pk)
        assert client.get(change).status_code == 200
        sent = {"name_zh": "x", "slug": row.slug}
        assert client.post(change, sent).status_code == 403
        assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
        assert client.post(address(model, "changelist"), chosen).status_code == 403
        assert state() == before

    def test_a_parent_is_named_by_a_draft(self, client, draft):
        row = factories.organization(entered_with=draft)
        change = address(Organization, "change", row.pk)
        group = factories.organization()
        out = {"parent": group, "parent_source": factories.source()}
        assert NO_DRAFT in problems(submit(client, change, out))
        named = {"parent": group, "parent_source": draft}
        assert submit(client, change, named).status_code == 302


class TestInlines:
    def test_parts_of_a_draft_go_in_with_it(self, client, draft):
        row = factories.project(entered_with=draft)
        place, organization = factories.place(), factories.organization()
        added = {
            "projectplace_set": [{"place": place}],
            "participations": [{"organization": organization, "role": "builder", "source": draft}],
            "milestones": [{"kind": "started", "name_zh": "开工", "slug": "start"}],
            "indicators": [{"unit": "CNY", "name_zh": "产值", "slug": "output"}],
        }
        prefixes = {
            inline.formset.prefix
            for inline in client.get(address(Project, "change", row.pk)).context[
                "inline_admin_formsets"
            ]
        }
        added = {name: rows for name, rows in added.items() if name in prefixes}
        assert len(added) == 4, prefixes
        answer = submit(client, address(Project, "change", row.pk), {}, added)
        assert answer.status_code == 302, answer.context and answer.context["errors"]
        assert ProjectPlace.objects.get().place == place
        assert Participation.objects.get().source == draft
        assert Milestone.objects.get().entered_with == draft
        assert Indicator.objects.get().entered_with == draft

    def test_no_published_source_in_a_row(self, client, draft):
        row = factories.project(entered_with=draft)
        organization = factories.organization()
        new = {"organization": organization, "role": "builder", "source": factories.source()}
        answer = submit(client, address(Project, "change", row.pk), {}, {"participations": [new]})
        assert NO_DRAFT in problems(answer)
        assert not Participation.objects.exists()

    def test_a_part_of_a_whole_that_only_drafts_speak_of_says_with_which(self, client, draft):
        row = factories.participation(source=draft).project
        new = {"kind": "started", "name_zh": "开工", "slug": "start"}
        target = address(Project, "change", row.pk)
        assert SAY_WITH_WHICH in problems(submit(client, target, {}, {"milestones": [new]}))
        new["entered_with"] = draft
        assert submit(client, target, {}, {"milestones": [new]}).status_code == 302

    def test_a_published_row_in_a_draft_is_shown_and_not_changed(self, client, draft):
        """A part that was published, of a whole that is a draft."""
        project = factories.project()
        whole = factories.investment(project=project, source=draft, amount="10亿元")
        part = factories.investment(project=project, part_of=whole, amount="3亿元")
        own = factories.investment(project=project, part_of=whole, amount="2亿元", source=draft)
        target = address(Investment, "change", whole.pk)
        page = client.get(target)
        forms = next(
            inline.formset.forms
            for inline in page.context["inline_admin_formsets"]
            if inline.formset.model is Investment
        )
        assert [all(field.disabled for field in form.fields.values()) for form in forms] == [
            True,
            False,
        ]
        prefix = forms[0].prefix
        before = state()
        for forged in ({f"{prefix}-note": "forged"}, {f"{prefix}-DELETE": "on"}):
            answer = submit(client, target, forged)
            assert "is changed by those who publish" in problems(answer)
        assert state() == before
        # As a browser sends it: without the fields that are disabled.
        assert submit(client, target, {f"{forms[1].prefix}-note": "seen"}).status_code == 302
        own.refresh_from_db()
        part.refresh_from_db()
        assert (own.note, part.note) == ("seen", "")

    def test_nothing_hangs_on_what_is_published(self, client):
        row = factories.investment()
        before = state()
        sent = {
            "investmentorganization_set-TOTAL_FORMS": "1",
            "investmentorganization_set-INITIAL_FORMS": "0",
            "investmentorganization_set-0-organization": factories.organization().pk,
        }
        before = state()
        assert client.post(address(Investment, "change", row.pk), sent).status_code == 403
        assert state() == before
        assert not InvestmentOrganization.objects.exists()


class TestViewers:
    """They see everything and change nothing."""

    @pytest.mark.parametrize("draft", [True, False])
    def test_look(self, draft):
        viewer = client_of(account("viewer"))
        row = factories.participation(source=factories.source(draft=draft))
        before = state()
        for one in (row, row.source, row.project, row.organization):
            change = address(type(one), "change", one.pk)
            for target in (change, address(type(one), "history", one.pk)):
                assert viewer.get(target).status_code == 200
            assert viewer.post(change, {}).status_code == 403
            assert viewer.post(address(type(one), "add"), {}).status_code == 403
            delete = address(type(one), "delete", one.pk)
            assert viewer.post(delete, {"post": "yes"}).status_code == 403
        assert state() == before

    def test_who_is_no_member_of_staff_sees_nothing(self):
        outsider = account("publisher")
        User.objects.filter(pk=outsider.pk).update(is_staff=False)
        answer = client_of(outsider).get(address(Source, "changelist"))
        assert answer.status_code == 302
