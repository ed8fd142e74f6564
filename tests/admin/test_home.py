"""The first page of the admin: what waits, for whom, and how often it asks the database."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from projects.admin import home as page_of
from projects.models import Investment, MilestoneDate, Source
from projects.values.amounts import read_amount
from tests import factories
from tests.admin.pages import address

pytestmark = pytest.mark.django_db

PUBLISHING = ["publish", "swap_standing"]


def home(client):
    """What the first page of an account shows."""
    answer = client.get("/admin/")
    assert answer.status_code == 200
    return answer.context["home"]


def account(name, *codenames, group=""):
    """A client of a member of staff with these permissions, in English."""
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    if group:
        user.groups.add(Group.objects.create(name=group))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def viewer():
    return account("viewer", "view_source", group="viewer")


@pytest.fixture
def drafting():
    return account("drafting", "view_source", "add_source", "change_source", group="editor")


def rival(days="2020-04-26"):
    """A rival of a statement that stands, by a publication of that day."""
    stands = factories.investment(amount="30亿元", source=factories.source(published="2020-01-01"))
    return factories.investment(
        project=stands.project,
        restates=stands,
        restates_how="disputed",
        amount="32亿元",
        source=factories.source(published=days),
    )


def test_drafts_wait_in_the_order_in_which_they_were_entered(staff):
    factories.source()
    made = [factories.source(draft=True, title=f"草稿{number}") for number in range(8)]
    factories.investment(source=made[1])
    factories.milestone_date(source=made[1])
    waiting = home(staff).drafts
    assert waiting.count == 8
    assert [row.source for row in waiting.rows] == made[:6]
    assert [row.statements for row in waiting.rows] == [0, 2, 0, 0, 0, 0]
    text = staff.get("/admin/").content.decode()
    assert address(Source, "change", made[1].pk) in text
    listed = f"{address(Source, 'changelist')}?draft__exact=1"
    assert listed in text and "all 8" in text
    assert staff.get(listed).context["cl"].result_count == 8


def test_nothing_waits(staff):
    text = staff.get("/admin/").content.decode()
    for sentence in (
        "Nothing waits for publication.",
        "No two sources differ about the same thing.",
        "No project is silent.",
        "All words are read as the values that are stored.",
        "Nothing was changed yet.",
    ):
        assert sentence in text
    assert "all 0" not in text


def test_the_newest_disagreements_come_first_and_lead_to_their_place(staff):
    rivals = [rival(f"2020-0{month}") for month in (3, 9, 1, 8, 2, 7, 4)]
    shown = home(staff).disagreements
    newest = [rivals[place].restates for place in (1, 3, 5, 6, 0, 4)]
    assert shown.count == 7
    assert [group.standing for group in shown.rows] == newest
    text = staff.get("/admin/").content.decode()
    anchor = f"group-investment-{newest[0].pk}"
    assert f"/disagreements/#{anchor}" in text
    assert f'id="{anchor}"' in staff.get("/disagreements/").content.decode()


def test_silent_projects_with_since_when(staff):
    for year in (2015, 2013, 2014):
        factories.investment(source=factories.source(published=str(year)))
    factories.investment(source=factories.source(published="2016"), project=factories.project())
    cancelled = factories.milestone_date(
        milestone=factories.milestone(kind="cancelled"), source=factories.source(published="2012")
    )
    shown = home(staff).silent
    assert shown.count == 4
    assert [row.last_report.published for row in shown.rows] == ["2013", "2014", "2015", "2016"]
    assert cancelled.subject not in [row.project for row in shown.rows]
    assert "no report since 2013" in staff.get("/admin/").content.decode()
    listed = staff.get("/projects/?silent=true&sort=last_reported")
    assert listed.context["count"] == 4


@pytest.mark.parametrize(
    ("words", "amount", "read"),
    [
        ("32亿元", "32亿元", True),
        ("项目投资32亿元", "32亿元", True),
        ("at least CNY 4 billion", "40亿元以上", True),
        ("32亿元", "30亿元", False),
        ("32亿元", "32亿元以上", False),
        ("一笔巨款", "32亿元", False),
        ("", "32亿元", True),
        ("一笔巨款", "未说明", False),
    ],
)
def test_words_that_are_not_read_as_the_amount(staff, words, amount, read):
    stored = {"amount": amount} if amount == "未说明" else {"amount": read_amount(amount)}
    made = factories.investment(**stored)
    Investment.objects.update(as_written=words)
    assert [row.statement for row in home(staff).unread.rows] == ([] if read else [made])


@pytest.mark.parametrize(
    ("words", "date", "read"),
    [
        ("2016年初", "2016-01/2016-04", True),
        ("本月初投产", "2020-04-01/2020-04-10", True),
        ("本月初投产", "2020-05-01/2020-05-10", False),
        ("不久", "2020-05", False),
        ("未来3-5年", "2023-06-01/2025-06-01", True),
    ],
)
def test_words_that_are_not_read_as_the_date(staff, words, date, read):
    source = factories.source(published="2020-04-26")
    made = factories.milestone_date(source=source, date=date, counted_from="2020-06-01")
    MilestoneDate.objects.update(as_written=words)
    assert [row.statement for row in home(staff).unread.rows] == ([] if read else [made])


def test_the_other_unread_words_can_be_unfolded(staff):
    made = [factories.investment() for _number in range(8)]
    Investment.objects.update(as_written="一笔巨款")
    unread = home(staff).unread
    assert (unread.count, len(unread.rows), len(unread.more)) == (8, 6, 2)
    text = staff.get("/admin/").content.decode()
    assert "and 2 more" in text
    assert all(address(Investment, "change", one.pk) in text for one in made)


def test_changes_say_what_when_who_and_why(staff, editor):
    source = factories.source(title="从前的标题")
    source.title = "后来的标题"
    source.save()
    source._change_reason, source._history_user = "正名", editor
    source.save()
    first = home(staff).changes[0]
    assert (first.change.kind, first.change.who, first.change.why) == ("changed", "editor", "正名")
    assert first.history == address(Source, "history", source.pk)
    text = staff.get("/admin/").content.decode()
    assert f">{first.change.name}</a>" in text and "<q>正名</q>" in text
    assert f"{first.change.when.astimezone(get_current_timezone()):%Y-%m-%d %H:%M}" in text
    pk = source.pk
    source.delete()
    assert home(staff).changes[0].change.kind == "deleted"
    text = staff.get("/admin/").content.decode()
    assert address(Source, "history", pk) in text and address(Source, "change", pk) not in text


def test_a_viewer_sees_nothing_of_drafts(viewer):
    factories.investment(
        source=factories.source(draft=True, title="金丝雀"), project=factories.project()
    )
    rival()
    shown = home(viewer)
    assert (shown.drafts, shown.unread, shown.changes) == (None, None, None)
    assert (shown.add_source, shown.import_csv) == ("", "")
    assert shown.disagreements.count == 1
    text = viewer.get("/admin/").content.decode()
    assert "金丝雀" not in text and "Drafts to publish" not in text


def test_each_role_is_told_what_it_may_do(viewer, drafting):
    assert (home(viewer).roles, "look" in home(viewer).may_do) == (("viewer",), True)
    assert (home(drafting).roles, "drafts" in home(drafting).may_do) == (("editor",), True)
    publisher = account("publishing", "change_source", *PUBLISHING, group="publisher")
    assert "publish it, and change" in home(publisher).may_do
    unheard_of = account("other", "change_source", "change_user", *PUBLISHING, group="审校组")
    assert home(unheard_of).roles == ("审校组",)
    assert "accounts" in home(unheard_of).may_do
    chinese = drafting.get("/admin/", headers={"accept-language": "zh-hans"}).content.decode()
    assert "编辑" in chinese and "editor" not in chinese.partition("home-account")[2][:80]


def test_only_who_publishes_is_led_to_publishing(staff, drafting, monkeypatch):
    pages = {
        "admin:projects_source_publish": "/publish/",
        "admin:projects_source_work": "/passages/",
        "admin:import": "/import/",
    }
    monkeypatch.setattr(
        page_of, "reverse", lambda name, args=(): pages.get(name) or reverse(name, args=args)
    )
    factories.source(draft=True)
    assert home(staff).drafts.rows[0].publish == "/publish/"
    row = home(drafting).drafts.rows[0]
    assert (row.publish, row.work, home(drafting).import_csv) == ("", "/passages/", "/import/")


def test_every_page_leads_back_to_the_site(staff):
    for path in ("/admin/", address(Source, "changelist"), address(Source, "add")):
        assert 'class="home-site" href="/"' in staff.get(path).content.decode()


def test_as_many_queries_for_twenty_rows_as_for_ten(staff):
    def add_ten():
        for _number in range(10):
            factories.investment(source=factories.source(draft=True))
            rival("2015")
            made = factories.investment(organizations=[factories.organization()])
            Investment.objects.filter(pk=made.pk).update(as_written="一笔巨款")
            observed = factories.observation()
            observed.note = "改"
            observed.save()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert staff.get("/admin/").status_code == 200
        return SimpleNamespace(count=len(queries), home=home(staff))

    add_ten()
    asked()
    ten = asked()
    add_ten()
    twenty = asked()
    assert (ten.home.drafts.count, twenty.home.drafts.count) == (10, 20)
    assert (ten.home.unread.count, twenty.home.unread.count) == (10, 20)
    assert twenty.count == ten.count
