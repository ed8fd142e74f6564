"""The pages that publish sources and make them drafts again, one by one and many at once."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from projects.models import Source
from tests import factories
from tests.admin.pages import address, submit, told
from tests.admin.people import account, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(db):
    return account("publisher")


@pytest.fixture
def client(publisher):
    return client_of(publisher)


def page(name: str, source: Source) -> str:
    return reverse(f"admin:projects_source_{name}", args=[source.pk])


def is_draft(source: Source) -> bool:
    return Source.objects.get(pk=source.pk).draft


def said(response) -> str:
    return response.content.decode()


class TestOne:
    def test_the_page_says_what_will_appear(self, client):
        factories.investment(amount="3亿元")
        draft = factories.source(draft=True, title="一篇新报道")
        project = factories.project(name_en="The new plant", entered_with=draft)
        factories.investment(project=project, source=draft, amount="2亿元")
        answer = client.get(page("publish", draft))
        text = said(answer)
        assert "The new plant" in text
        assert "CNY 200 million" in text
        assert "<del>CNY 300 million</del> → <strong>CNY 500 million</strong>" in text
        assert [rows.label for rows in answer.context["outcome"].entities] == ["projects"]
        assert is_draft(draft)
        assert not draft.history.filter(draft=False).exists()

    def test_what_will_stand_instead_is_named(self, client):
        standing = factories.investment(amount="3亿元")
        draft = factories.source(draft=True)
        factories.investment(
            project=standing.project, source=draft, amount="5亿元",
            restates=standing, restates_how="disputed", proposed="superseded",
        )  # fmt: skip
        text = said(client.get(page("publish", draft)))
        assert "will stand instead of" in text
        assert "<del>CNY 300 million</del> → <strong>CNY 500 million</strong>" in text

    def test_publishes_with_the_version_seen(self, client, publisher):
        draft = factories.source(draft=True)
        sent = {"version": draft.version, "reason": "已核对"}
        answer = client.post(page("publish", draft), sent)
        assert answer["location"] == address(Source, "change", draft.pk)
        assert told(answer) == ["1 source was published on the site."]
        newest = draft.history.first()
        assert (newest.draft, newest.history_change_reason) == (False, "已核对")
        assert newest.history_user == publisher
        assert LogEntry.objects.get().user == publisher

    @pytest.mark.parametrize("version", ["", "2", "-1", "x", "9" * 18, "9" * 5000, None])
    def test_without_the_version_or_with_an_old_one_nothing_is_published(self, client, version):
        draft = factories.source(draft=True)
        sent = {} if version is None else {"version": version}
        answer = client.post(page("publish", draft), sent | {"reason": "typed before"})
        assert answer.status_code == 400
        assert "changed since this page was opened" in said(answer)
        assert "typed before" in said(answer)
        assert is_draft(draft)
        assert not draft.history.filter(draft=False).exists()
        assert not LogEntry.objects.exists()

    def test_nor_what_the_page_did_not_show_to_be_proposed(self, client):
        draft = factories.source(draft=True)
        standing = factories.investment()
        row = factories.investment(
            project=standing.project, source=draft, amount="5亿元",
            restates=standing, restates_how="disputed", proposed="disputed",
        )  # fmt: skip
        answer = client.post(page("publish", draft), {"version": draft.version})
        assert answer.status_code == 400
        assert is_draft(draft)
        proposal = f'name="proposal-{draft.pk}" value="{row.code}:{standing.pk}"'
        assert proposal in said(answer)
        sent = {"version": draft.version, f"proposal-{draft.pk}": f"{row.code}:{standing.pk}"}
        assert client.post(page("publish", draft), sent).status_code == 302
        row.refresh_from_db()
        assert (row.restates, row.proposed) == (None, "")

    def test_what_cannot_stand_is_said_before_and_after(self, client):
        draft = factories.source(draft=True)
        standing = factories.investment(amount="3亿元")
        row = factories.investment(
            key="the-new-one", project=standing.project, source=draft, amount="5亿元",
            restates=standing, restates_how="disputed", proposed="repeats",
        )  # fmt: skip
        sent = {"version": draft.version, f"proposal-{draft.pk}": f"{row.code}:{standing.pk}"}
        for answer in (
            client.get(page("publish", draft)),
            client.post(page("publish", draft), sent),
        ):
            assert "the-new-one cannot stand: The values do not agree" in said(answer)
        assert is_draft(draft)

    def test_a_draft_again_takes_a_reason(self, client):
        source = factories.source()
        factories.investment(source=source)
        assert "investment" in said(client.get(page("unpublish", source)))
        answer = client.post(page("unpublish", source), {"version": 1, "reason": " "})
        assert answer.status_code == 400
        assert "Say why" in said(answer)
        assert not is_draft(source)
        answer = client.post(page("unpublish", source), {"version": 1, "reason": "原文撤回"})
        assert answer.status_code == 302
        assert is_draft(source)
        assert source.history.first().history_change_reason == "原文撤回"

    def test_what_is_so_already_leads_back_to_the_form(self, client):
        for name, source in (
            ("publish", factories.source()),
            ("unpublish", factories.source(draft=True)),
        ):
            form = address(Source, "change", source.pk)
            assert client.get(page(name, source))["location"] == form
            answer = client.post(page(name, source), {"version": 1, "reason": "x"})
            assert answer.status_code == 400
            assert "already" in said(answer)

    @pytest.mark.parametrize("number", ["0", "x", "-1", "9" * 30, "9" * 5000, "😀"])
    def test_of_no_source_there_is_none(self, client, number):
        for name in ("publish", "unpublish"):
            target = f"/admin/projects/source/{number}/{name}/"
            assert client.get(target).status_code == 404
            assert client.post(target, {"version": 1}).status_code == 404

    @pytest.mark.parametrize("role", ["viewer", "editor"])
    def test_who_may_not_publish_is_refused(self, role):
        other = client_of(account(role))
        draft, source = factories.source(draft=True), factories.source()
        for name, row in (("publish", draft), ("unpublish", source)):
            assert other.get(page(name, row)).status_code == 403
            sent = {"version": 1, "reason": "x"}
            assert other.post(page(name, row), sent).status_code == 403
        assert is_draft(draft)
        assert not is_draft(source)
        for target in (address(Source, "changelist"), address(Source, "change", draft.pk)):
            assert page("publish", draft) not in said(other.get(target))

    def test_it_is_reached_from_form_and_list(self, client):
        draft, source = factories.source(draft=True), factories.source()
        for name, row in (("publish", draft), ("unpublish", source)):
            for target in (address(Source, "changelist"), address(Source, "change", row.pk)):
                assert f'href="{page(name, row)}"' in said(client.get(target))


class TestForm:
    """The form of a source shows whether it is a draft, and changes nothing of it."""

    def test_a_new_source_is_a_draft(self, client):
        target = address(Source, "add")
        submit(client, target, {"title": "t", "slug": "new", "published": "2020", "draft": ""})
        assert Source.objects.get(slug="new").draft

    def test_a_forged_tick_changes_nothing(self, client):
        draft, source = factories.source(draft=True), factories.source()
        submit(client, address(Source, "change", draft.pk), {"draft": ""})
        submit(client, address(Source, "change", source.pk), {"draft": "on"})
        assert is_draft(draft)
        assert not is_draft(source)


class TestMany:
    def act(self, client, action: str, *sources: Source, **more):
        chosen = {"action": action, "_selected_action": [source.pk for source in sources]}
        return client.post(address(Source, "changelist"), chosen | more)

    def confirm(self, client, action: str, *sources: Source, **more):
        """Sends what the page that lists the chosen ones sends."""
        asked = self.act(client, action, *sources)
        assert asked.status_code == 200
        sent = {
            f"version-{one.source.pk}": one.source.version for one in asked.context["chosen"]
        } | {f"proposal-{one.source.pk}": one.proposals for one in asked.context["chosen"]}
        chosen = [one.source for one in asked.context["chosen"]]
        return self.act(client, action, *chosen, confirmed="1", **sent | more)

    def test_nothing_is_published_before_it_is_confirmed(self, client):
        one, out = factories.source(draft=True), factories.source()
        answer = self.act(client, "publish", one, out)
        assert [sent.source for sent in answer.context["chosen"]] == [one]
        assert "version 1" in said(answer)
        assert is_draft(one)

    def test_those_that_are_drafts_are_published(self, client):
        one, two, other = (factories.source(draft=True) for _ in range(3))
        out = factories.source()
        answer = self.confirm(client, "publish", one, two, out, reason="一并核对")
        assert told(answer) == ["2 sources were published on the site."]
        assert not is_draft(one)
        assert not is_draft(two)
        assert is_draft(other)
        assert one.history.first().history_change_reason == "一并核对"
        assert out.history.count() == 1
        assert LogEntry.objects.count() == 2

    def test_drafts_again(self, client):
        one, two = factories.source(), factories.source()
        answer = self.confirm(client, "make_draft", one, reason="原文撤回")
        assert told(answer) == ["1 source was made a draft again."]
        assert is_draft(one)
        assert not is_draft(two)

    def test_drafts_again_not_without_a_reason(self, client):
        one, two = factories.source(), factories.source()
        answer = self.confirm(client, "make_draft", one, two)
        assert answer.status_code == 400
        assert "Say why" in said(answer)
        assert not Source.objects.filter(draft=True).exists()

    def test_all_or_none(self, client):
        """What changed meanwhile is named, and what did not is not published either."""
        one, two = factories.source(draft=True), factories.source(draft=True, title="又改了")
        sent = {f"version-{one.pk}": 1, f"version-{two.pk}": 2}
        answer = self.act(client, "publish", one, two, confirmed="1", **sent)
        assert answer.status_code == 400
        assert "“又改了” changed since this page was opened" in said(answer)
        assert is_draft(one)
        assert is_draft(two)
        assert not LogEntry.objects.exists()
        assert not Source.history.filter(draft=False).exists()

    def test_none_to_be_published(self, client):
        answer = self.act(client, "publish", factories.source())
        assert told(answer) == ["All of these are published already."]

    def test_too_many(self, client, monkeypatch):
        monkeypatch.setattr("projects.admin.publishing.MOST_AT_ONCE", 1)
        drafts = [factories.source(draft=True) for _ in range(2)]
        answer = self.act(client, "publish", *drafts)
        assert told(answer) == ["Choose at most 1 sources at once."]

    @pytest.mark.parametrize("role", ["viewer", "editor"])
    def test_who_may_not_publish_has_no_such_action(self, role):
        other = client_of(account(role))
        draft = factories.source(draft=True)
        assert "Publish on the site" not in said(other.get(address(Source, "changelist")))
        self.act(other, "publish", draft, confirmed="1", **{f"version-{draft.pk}": 1})
        assert is_draft(draft)
