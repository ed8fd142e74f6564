"""The working page: from a passage to a statement, with everything that may come between."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from projects.models import (
    Investment,
    Milestone,
    MilestoneDate,
    Observation,
    Participation,
    Source,
    Target,
)
from tests import factories
from tests.admin import work
from tests.admin.pages import address, submit, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return work.article()


@pytest.fixture
def base():
    """The project of the article."""
    return factories.project(name_zh="青岚显示基地", name_en="Qinglan base", slug="qinglan-base")


@pytest.fixture
def company():
    """The company of the article."""
    return factories.organization(name_zh="青岚光电", short_name="青岚", aliases="QLD; 青岚显示")


def page(client, source, **query):
    return client.get(work.address(source), query)


def test_saving_a_source_may_lead_to_its_text(staff):
    values = {"title": "青岚落户", "slug": "qinglan", "published": "2022-04-18", "_work": "1"}
    response = submit(staff, address(Source, "add"), values | {"full_text": work.ARTICLE})
    source = Source.objects.get(slug="qinglan")
    assert response.headers["location"] == work.address(source)
    response = submit(staff, address(Source, "change", source.pk), {"_work": "1"})
    assert response.headers["location"] == work.address(source)
    form = staff.get(address(Source, "change", source.pk)).content.decode()
    assert 'name="_work"' in form
    assert f'href="{work.address(source)}"' in form
    assert (
        f'href="{work.address(source)}"'
        in staff.get(address(Source, "changelist")).content.decode()
    )


def test_the_text_is_marked_and_its_first_passage_chosen(staff, source, base, company):
    response = page(staff, source)
    assert response.status_code == 200
    assert "no-store" in response.headers["cache-control"]
    pieces = [piece for one in response.context["paragraphs"] for piece in one.pieces]
    assert "".join(piece.text for piece in pieces) == work.ARTICLE.replace("\n", "")
    kinds = {piece.text: piece.kind for piece in pieces if piece.passage}
    assert kinds["青岚光电"] == "organization"
    assert kinds["青岚显示基地"] == "project"
    assert kinds["46亿元"] == "amount"
    assert kinds["去年9月"] == "date"
    assert [piece.text for piece in pieces if piece.todo] == [
        "46亿元", "去年9月", "2024年底", "210亿元", "500亿元",
    ]  # fmt: skip
    assert [piece.text for piece in pieces if piece.chosen] == ["46亿元"]
    assert [one.number for one in response.context["paragraphs"]] == [1, 2, 3]
    assert "0 of 5 passages are statements" in response.content.decode()


def test_an_investment(staff, source, base, company):
    panel = work.opened(staff, source, "46亿元")
    values = panel.entry.form.initial
    assert (panel.kind, values["locator"], values["as_written"]) == (Investment, "第1段", "46亿元")
    assert Investment.objects.count() == 0
    response = work.save(staff, source, panel)
    assert response.status_code == 302
    made = Investment.objects.get()
    assert (made.source, made.project, made.amount_low) == (source, base, 4_600_000_000)
    assert (made.instrument, made.locator) == ("project_total", "第1段")
    assert [one.pk for one in made.organizations.all()] == [company.pk]
    following = staff.get(response.headers["location"])
    assert following.context["panel"].span == work.span(source, "去年9月")
    assert "1 of 5 passages are statements" in following.content.decode()
    assert "Saved" in following.content.decode()


def test_what_the_editor_corrects_is_what_is_saved(staff, source, base, company):
    other = factories.organization()
    panel = work.opened(staff, source, "46亿元")
    typed = {"amount_words": "40亿元", "investors": [str(other.pk)], "note": "核对过"}
    assert work.save(staff, source, panel, **typed).status_code == 302
    made = Investment.objects.get()
    assert (made.amount_low, made.note, made.as_written) == (4_000_000_000, "核对过", "46亿元")
    assert [one.pk for one in made.organizations.all()] == [other.pk]


def test_the_source_is_fixed(staff, source, base):
    other = factories.source(draft=True)
    panel = work.opened(staff, source, "46亿元")
    assert work.save(staff, source, panel, source=str(other.pk)).status_code == 302
    assert Investment.objects.get().source == source


def test_a_refused_form_keeps_what_was_typed(staff, source, base):
    panel = work.opened(staff, source, "46亿元")
    typed = {"amount_words": "好些钱", "said_by": "某人"}
    response = work.save(staff, source, panel, **typed)
    assert response.status_code == 400
    refused = response.context["panel"]
    assert refused.entry.form["amount_words"].value() == "好些钱"
    assert refused.entry.form["said_by"].value() == "某人"
    assert refused.entry.form.errors["amount_words"]
    assert Investment.objects.count() == 0


def test_sent_twice_is_saved_once(staff, source, base):
    panel = work.opened(staff, source, "46亿元")
    assert work.save(staff, source, panel).status_code == 302
    again = work.save(staff, source, panel, note="noch einmal")
    assert again.status_code == 302
    assert any("saved already" in message for message in told(again))
    assert Investment.objects.get().note == ""


def test_a_new_step_is_made_with_its_date(staff, source, base):
    panel = work.opened(staff, source, "去年9月")
    assert panel.kind is MilestoneDate
    shown = {row.field.html_name: row.field.value() for row in panel.new_step}
    assert shown == {"step-name_zh": "开工", "step-name_en": "Started"}
    assert Milestone.objects.count() == 0
    assert work.save(staff, source, panel, step_name_en="Construction started").status_code == 302
    step = Milestone.objects.get()
    assert (step.project, step.kind, step.entered_with) == (base, "started", source)
    assert (step.name_zh, step.name_en, step.slug) == (
        "开工", "Construction started", "qinglan-base-started",
    )  # fmt: skip
    made = MilestoneDate.objects.get()
    assert (made.milestone, made.side, made.date) == (step, "reached", "2021-09")


def test_a_step_that_is_there_is_taken(staff, source, base):
    step = factories.milestone(project=base, kind="opened")
    panel = work.opened(staff, source, "2024年底")
    assert panel.found_step == step
    assert work.save(staff, source, panel).status_code == 302
    assert Milestone.objects.get() == step
    assert MilestoneDate.objects.get().side == "due"


def test_of_several_steps_of_a_kind_one_is_chosen_by_name(staff, source, base):
    steps = [factories.milestone(project=base, kind="opened") for _number in range(2)]
    panel = work.opened(staff, source, "2024年底")
    response = work.save(staff, source, panel)
    assert response.status_code == 400
    assert "several steps" in response.content.decode()
    assert work.save(staff, source, panel, milestone=str(steps[1].pk)).status_code == 302
    assert MilestoneDate.objects.get().milestone == steps[1]


def test_names_that_were_not_shown_are_not_made(staff, source, base):
    panel = work.opened(staff, source, "去年9月")
    other = factories.project()
    response = work.save(staff, source, panel, step_project=str(other.pk))
    assert response.status_code == 400
    assert Milestone.objects.count() == 0
    shown = response.context["panel"]
    assert "look at the names" in response.content.decode()
    assert work.save(staff, source, shown).status_code == 302
    assert Milestone.objects.get().project == other


def test_a_refused_date_makes_no_step(staff, source, base):
    panel = work.opened(staff, source, "去年9月")
    assert work.save(staff, source, panel, date="哪天").status_code == 400
    assert (Milestone.objects.count(), MilestoneDate.objects.count()) == (0, 0)


def test_a_target_and_an_observation(staff, source):
    output = factories.indicator(name_zh="显示产业产值")
    panel = work.opened(staff, source, "500亿元")
    assert panel.kind is Target
    assert work.save(staff, source, panel).status_code == 302
    panel = work.opened(staff, source, "210亿元")
    assert panel.kind is Observation
    assert work.save(staff, source, panel).status_code == 302
    target, observed = Target.objects.get(), Observation.objects.get()
    assert (target.indicator, target.period, target.amount_low) == (output, "2025", 50 * 10**9)
    assert (observed.period, observed.status, observed.growth) == ("2021", "final", 8)


def test_the_kind_changes_and_typing_stays(staff, source, base, company):
    panel = work.opened(staff, source, "46亿元")
    data = work.sent(panel, note="先记下", locator="") | {"_kind": "participation"}
    changed = staff.post(work.address(source), data).context["panel"]
    assert changed.kind is Participation
    assert changed.entry.form["note"].value() == "先记下"
    assert str(changed.entry.form["project"].value()) == str(base.pk)
    back = staff.post(work.address(source), work.sent(changed) | {"_kind": "investment"})
    assert back.context["panel"].entry.form["amount_words"].value() == "46亿元"
    assert Participation.objects.count() == 0


class TestRestating:
    def test_what_agrees_is_repeated(self, staff, source, base):
        standing = factories.investment(project=base, amount="46亿元")
        panel = work.opened(staff, source, "46亿元")
        assert [rival.statement for rival in panel.rivals] == [standing]
        assert panel.entry.form["restates"].value() == standing.pk
        assert work.save(staff, source, panel).status_code == 302
        made = Investment.objects.get(source=source)
        assert (made.restates, made.restates_how) == (standing, "repeats")

    def test_another_investment_stands_beside_it(self, staff, source, base):
        factories.investment(project=base, amount="3亿元")
        panel = work.opened(staff, source, "46亿元")
        assert len(panel.rivals) == 1
        assert not panel.entry.form["restates"].value()

    @pytest.mark.parametrize(
        ("published", "how"), [("2021-10-08", "disputed"), ("2023-01", "superseded")]
    )
    def test_a_date_that_differs(self, staff, source, base, published, how):
        step = factories.milestone(project=base, kind="started")
        said = factories.source(published=published)
        standing = factories.milestone_date(milestone=step, date="2021-10", source=said)
        panel = work.opened(staff, source, "去年9月")
        response = work.save(staff, source, panel)
        assert response.status_code == 302
        made = MilestoneDate.objects.get(source=source)
        assert (made.restates, made.restates_how) == (standing, how)

    def test_a_button_says_how_and_saves_nothing(self, staff, source, base):
        standing = factories.investment(project=base, amount="3亿元")
        panel = work.opened(staff, source, "46亿元")
        data = work.sent(panel, note="x") | {"_restates": f"{standing.pk}-disputed"}
        shown = staff.post(work.address(source), data).context["panel"]
        values = {name: shown.entry.form[name].value() for name in ("restates", "restates_how")}
        assert values == {"restates": str(standing.pk), "restates_how": "disputed"}
        assert shown.entry.form["note"].value() == "x"
        assert Investment.objects.count() == 1
        saved = work.save(staff, source, shown, proposed="superseded")
        assert saved.status_code == 302
        assert Investment.objects.get(source=source).proposed == "superseded"

    def test_who_puts_it_in_has_to_agree_with_what_is_repeated(self, staff, source, base, company):
        other = factories.organization()
        factories.investment(project=base, amount="46亿元", organizations=[other])
        panel = work.opened(staff, source, "46亿元")
        response = work.save(staff, source, panel)
        assert response.status_code == 400
        assert "by other organizations" in response.content.decode()
        assert Investment.objects.count() == 1


class TestGoingOn:
    def test_a_passage_is_set_aside_and_taken_up_again(self, staff, source, base):
        data = {"passage": work.passage(source, "46亿元"), "text": work.state(source), "_skip": "1"}
        response = staff.post(work.address(source), data)
        following = staff.get(response.headers["location"])
        assert following.context["panel"].span == work.span(source, "去年9月")
        assert "0 of 5 passages are statements" in following.content.decode()
        assert "1 set aside" in following.content.decode()
        assert source.history.count() == 1
        staff.post(work.address(source), {"_again": "1"})
        assert "set aside" not in page(staff, source).content.decode()

    def test_what_was_set_aside_is_another_editors_passage(self, staff, source, editor):
        data = {"passage": work.passage(source, "46亿元"), "text": work.state(source), "_skip": "1"}
        staff.post(work.address(source), data)
        other = Client(headers={"accept-language": "en"})
        other.force_login(editor)
        assert "set aside" not in page(other, source).content.decode()

    def test_the_last_passage_leads_to_the_first_that_is_left(self, staff, source, base):
        data = {
            "passage": work.passage(source, "500亿元"),
            "text": work.state(source),
            "_skip": "1",
        }
        response = staff.post(work.address(source), data)
        first = staff.get(response.headers["location"]).context["panel"].span
        assert first == work.span(source, "46亿元")

    def test_nothing_is_left(self, staff, source):
        for words in ("46亿元", "去年9月", "2024年底", "210亿元", "500亿元"):
            data = {"passage": work.passage(source, words), "text": work.state(source)}
            response = staff.post(work.address(source), data | {"_skip": "1"})
        shown = staff.get(response.headers["location"])
        assert shown.context["panel"] is None
        assert "No passage is left" in shown.content.decode()

    def test_a_statement_entered_elsewhere_counts(self, staff, source):
        made = factories.investment(source=source, as_written="项目总投资46亿元", amount_low=1)
        response = page(staff, source, passage=work.passage(source, "46亿元"))
        assert "1 of 5 passages are statements" in response.content.decode()
        assert [one for one, _address in response.context["panel"].stated] == [made]


class TestChoosing:
    def test_words_that_are_typed(self, staff, source):
        response = page(staff, source, words="临江 高新区")
        assert work.passage(source, "临江高新区") in response.headers["location"]

    def test_words_that_do_not_occur(self, staff, source):
        response = page(staff, source, words="临江低新区")
        assert any("does not occur" in message for message in told(response))

    def test_words_that_stand_twice_are_quoted_with_what_comes_before(self, staff):
        source = work.article(full_text="去年投资3亿元。\n甲公司说，今年又投资3亿元。")
        start = source.full_text.rindex("3亿元")
        shown = page(staff, source, passage=f"{start}-{start + 3}").context["panel"]
        assert shown.proposed["as_written"] == "今年又投资3亿元"

    def test_the_form_alone(self, staff, source):
        response = staff.get(work.address(source), headers={"x-work-part": "form"})
        said = response.content.decode()
        assert "<html" not in said
        assert 'id="work-form"' in said

    def test_a_source_without_text(self, staff):
        response = page(staff, work.article(full_text=" \n"))
        assert "no full text yet" in response.content.decode()

    def test_a_text_without_figures(self, staff):
        response = page(staff, work.article(full_text="没有数字。"))
        assert "No figure was found" in response.content.decode()


def test_a_text_that_was_changed_saves_nothing_and_loses_nothing(staff, source, base):
    panel = work.opened(staff, source, "46亿元")
    data = work.sent(panel, note="写了很久") | {"_save": "1"}
    source.full_text = f"重庆消息\n{source.full_text}"
    source.save()
    response = staff.post(work.address(source), data)
    assert response.status_code == 409
    assert "the text of the source was changed" in response.content.decode()
    assert Investment.objects.count() == 0
    shown = response.context["panel"]
    assert shown.entry.form["note"].value() == "写了很久"
    assert shown.span == work.span(source, "46亿元")
    assert work.save(staff, source, shown).status_code == 302
    old = page(staff, source, passage="3-9", text=data["text"])
    assert "The text was changed since" in old.content.decode()


HOSTILE = [
    "",
    "x",
    "-",
    "9-3",
    "5-5",
    "0-99999999999999999999",
    "0-501",
    "1e3-4",
    "٣-٤",
    "0-999999",
]


@pytest.mark.parametrize("spelt", HOSTILE)
def test_a_passage_that_is_none(staff, source, spelt):
    response = page(staff, source, passage=spelt, kind="nosuch")
    assert response.status_code == 200
    assert "That is no passage of this text" in response.content.decode()


@pytest.mark.parametrize("name", ["passage", "text", "kind", "key", "project", "investors", "unit"])
@pytest.mark.parametrize("value", ["9" * 400, "<script>", "-1", "\0"])
def test_hostile_fields(staff, source, base, name, value):
    panel = work.opened(staff, source, "46亿元")
    data = work.sent(panel) | {name: value}
    for button in ({"_save": "1"}, {"_kind": "target"}, {"_restates": value}, {"_skip": "1"}):
        response = staff.post(work.address(source), data | button)
        assert response.status_code in (200, 302, 400, 409), (name, value, button)
        assert '<script>"' not in response.content.decode()


def test_an_empty_form_and_ids_that_are_none(staff, source):
    assert staff.post(work.address(source), {}).status_code == 409
    data = {"text": work.state(source), "_save": "1", "kind": "target"}
    assert staff.post(work.address(source), data).status_code == 400
    for number in ("0", "x", "9" * 30):
        assert staff.get(f"/admin/projects/source/{number}/passages/").status_code == 404


class TestPermissions:
    def client(self, *names):
        user = User.objects.create_user(f"user{User.objects.count()}", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
        client = Client(raise_request_exception=False)
        client.force_login(user)
        return client

    def both(self, client, source):
        data = {"text": work.state(source), "kind": "investment", "_save": "1"}
        answers = (client.get(work.address(source)), client.post(work.address(source), data))
        return [answer.status_code for answer in answers]

    def test_a_viewer(self, source):
        client = self.client("view_source", "view_investment")
        assert self.both(client, source) == [403, 403]

    def test_an_editor(self, source):
        client = self.client("view_source", "change_source", "add_investment")
        assert self.both(client, source) == [200, 400]
        assert self.both(client, work.article(draft=False)) == [403, 403]
        kinds = client.get(work.address(source)).context["panel"].kinds
        assert kinds == [Investment]

    def test_a_publisher(self):
        client = self.client("view_source", "change_source", "add_investment", "publish")
        assert self.both(client, work.article(draft=False)) == [200, 400]

    def test_nobody(self, client, source):
        assert self.both(client, source) == [302, 302]

    def test_one_who_may_not_add_steps(self, source, base):
        client = self.client("view_source", "change_source", "add_milestonedate")
        panel = work.opened(client, source, "去年9月")
        assert work.save(client, source, panel).status_code == 400
        assert Milestone.objects.count() == 0
