"""A publisher lets a rival stand, with a reason; every figure follows, and nobody else can."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import OperationalError
from django.test import Client

from projects.models import Investment, Side
from projects.models.versions import StaleRow
from tests import factories as make
from tests.admin.pages import as_shown
from tests.views.reading import text

REASON = "公司2020年年报写明投资方"


@pytest.fixture
def publisher(db):
    user = User.objects.create_user("lin", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="swap_standing"))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def rival(facts):
    return Investment.objects.get(restates_how="disputed")


def address(statement):
    return f"/statements/investment/{statement.pk}/stand/"


def answer(rival, **changes):
    return {
        "instead_of": rival.restates_id,
        "becomes": "disputed",
        "reason": REASON,
    } | changes


def headline(client, path):
    """The headline total of a page, and how many of its parts state no amount."""
    context = client.get(path).context
    funding = context["overview"].funding if "overview" in context else context["funding"]
    line = funding.headline
    return (line.amount.low, line.amount.high, line.parts, line.without_amount)


def test_the_totals_of_both_investors_change_and_no_other(publisher, rival):
    paths = {
        "/": (5_200_000_000, 13_200_000_000, 4, 2),
        "/organizations/cec/": (5_200_000_000, 13_200_000_000, 4, 2),
        "/organizations/cec-investment/": (None, None, 1, 1),
        "/organizations/cec-credit/": (None, None, 0, 0),
    }
    assert {path: headline(publisher, path) for path in paths} == paths
    response = publisher.post(address(rival), answer(rival))
    assert (response.status_code, response["Location"]) == (302, "/disagreements/")
    paths["/organizations/cec-investment/"] = (None, None, 0, 0)
    paths["/organizations/cec-credit/"] = (None, None, 1, 1)
    assert {path: headline(publisher, path) for path in paths} == paths


def test_the_disagreement_says_why_and_when_to_all_and_who_to_editors(publisher, rival, english):
    before = text(english.get("/disagreements/"))
    assert "The first one stands as it was entered; no reason is recorded." in before
    publisher.post(address(rival), answer(rival))
    words = text(english.get("/disagreements/"))
    assert REASON in words
    assert "(lin)" not in words
    assert "CEC Credit, announced, not stated, February 2020 stands" in words
    assert "(lin)" in text(publisher.get("/disagreements/"))


def test_what_stood_before_is_kept_with_its_reason(publisher, rival, english):
    first = rival.restates
    publisher.post(address(rival), answer(rival))
    first.refresh_from_db()
    publisher.post(address(first), answer(first, reason="更正公告"))
    words = text(english.get("/disagreements/"))
    assert words.index("更正公告") < words.index(REASON)
    assert "CEC Investment, announced, not stated, February 2020 stands" in words


def test_a_correction_with_a_reason_is_no_swap(publisher, rival, english):
    publisher.post(address(rival), answer(rival))
    rival.refresh_from_db()
    rival.save_because("更正备注", None)
    words = text(english.get("/disagreements/"))
    assert REASON in words
    assert "更正备注" not in words


def test_a_verdict_and_a_stage_follow(publisher):
    step = make.milestone(kind="opened")
    opened = make.milestone_date(milestone=step, date="2020")
    never = make.milestone(kind="started", project=step.project)
    make.milestone_date(milestone=never, date="2019")
    target = make.target(amount="100亿元以上", period="2020")
    final = make.observation(indicator=target.indicator, amount="90亿元")
    rival = make.observation(
        indicator=target.indicator, amount="110亿元", restates=final, restates_how="disputed"
    )
    path = f"/indicators/{target.indicator.slug}/"
    assert publisher.get(path).context["targets"][0].result.verdict.outcome == "missed"
    publisher.post(f"/statements/observation/{rival.pk}/stand/", answer(rival))
    assert publisher.get(path).context["targets"][0].result.verdict.outcome == "met"
    earlier = make.milestone_date(
        milestone=step, side=Side.REACHED, date="2018", restates=opened, restates_how="disputed"
    )
    publisher.post(f"/statements/milestone-date/{earlier.pk}/stand/", answer(earlier))
    row = publisher.get(f"/projects/{step.project.slug}/").context["project"]
    assert (row.stage, row.stage_since) == ("opened", "2018")


class TestRefused:
    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"reason": " "}, "Say why"),
            ({"becomes": "nonsense"}, "Say what becomes of the one that stood."),
            ({"instead_of": "0"}, "Another statement stands by now"),
            ({"instead_of": "9" * 30}, "Another statement stands by now"),
        ],
    )
    def test_with_what_was_typed_still_there(self, publisher, rival, changes, message):
        response = publisher.post(address(rival), answer(rival, **changes))
        assert response.status_code == 400
        assert message in text(response)
        assert changes.get("reason", REASON) in response.content.decode()
        rival.refresh_from_db()
        assert rival.restates_id is not None

    def test_in_chinese(self, publisher, rival):
        response = publisher.post(
            address(rival), answer(rival, reason=""), headers={"accept-language": "zh-CN"}
        )
        assert "请说明理由" in text(response)

    def test_where_it_stands_already(self, publisher, rival):
        words = text(publisher.get(address(rival.restates)))
        assert "This statement stands already." in words

    @pytest.mark.parametrize("path", ["/statements/nosuch/1/stand/", "/statements/target/0/stand/"])
    def test_what_is_not_there(self, publisher, path):
        assert publisher.get(path).status_code == 404
        assert publisher.post(path).status_code == 404


class TestWhoMay:
    def test_not_a_visitor(self, rival, english):
        for response in (english.get(address(rival)), english.post(address(rival), answer(rival))):
            assert response.status_code == 302
            assert response["Location"].startswith("/login/?next=")
        assert "Let this one stand" not in text(english.get("/disagreements/"))
        rival.refresh_from_db()
        assert rival.restates_id is not None

    def test_not_an_editor_without_the_permission(self, rival, english):
        english.force_login(User.objects.create_user("wang", is_staff=True))
        assert english.get(address(rival)).status_code == 403
        assert english.post(address(rival), answer(rival)).status_code == 403
        assert "Let this one stand" not in text(english.get("/disagreements/"))

    def test_not_without_a_token(self, rival):
        client = Client(enforce_csrf_checks=True)
        client.force_login(User.objects.create_superuser("boss"))
        assert client.post(address(rival), answer(rival)).status_code == 403

    def test_not_on_another_day_or_in_a_view(self, publisher, rival):
        assert "Let this one stand" in text(publisher.get("/disagreements/"))
        for query in ("as_of=2020-04-30", f"prefer=investment-{rival.pk}"):
            assert "Let this one stand" not in text(publisher.get(f"/disagreements/?{query}"))

    def test_and_nobody_keeps_the_page(self, publisher, rival):
        assert "no-store" in publisher.get(address(rival))["Cache-Control"]


def test_a_preferred_rival_stands_because_it_was_asked_for(rival, english):
    words = text(english.get(f"/disagreements/?prefer=investment-{rival.pk}"))
    assert "The first one stands in this view, because you asked for it." in words


def test_trying_another_rival_leaves_what_is_preferred_elsewhere(rival, english):
    other = make.investment(
        project=rival.project, amount="1亿元", restates=rival.restates, restates_how="disputed"
    )
    elsewhere = make.observation()
    query = f"prefer=observation-{elsewhere.pk}&prefer=investment-{other.pk}"
    page = english.get(f"/disagreements/?{query}").content.decode()
    wanted = f"/?prefer=observation-{elsewhere.pk}&amp;prefer=investment-{rival.pk}"
    assert f'href="{wanted}"' in page


def test_superseded_words_stand_above_what_replaced_them(facts, english):
    step = make.milestone()
    new = make.milestone_date(milestone=step, side=Side.DUE, date="2024")
    make.milestone_date(milestone=step, side=Side.DUE, date="2022", restates=new)
    target = make.target(amount="120亿元以上", period="2024")
    make.target(indicator=target.indicator, amount="100亿元以上", period="2024", restates=target)
    words = text(english.get("/disagreements/")).partition("Superseded words")[2]
    assert "due, 2022" in words.partition("due, 2024")[0]
    assert "later" in words
    assert "raised" in words


@pytest.mark.parametrize("error", [StaleRow, lambda _row: OperationalError("database is locked")])
def test_another_save_at_the_same_instant_is_no_error(publisher, rival, monkeypatch, error):
    def overtaken(row, *_args):
        raise error(row)

    monkeypatch.setattr(Investment, "save_because", overtaken)
    response = publisher.post(address(rival), answer(rival))
    assert response.status_code == 400
    assert "Nothing was saved: another save is under way." in text(response)
    assert REASON in response.content.decode()
    assert Investment.objects.get(pk=rival.pk).restates_id == rival.restates_id


def test_a_rival_that_is_open_in_the_admin_meanwhile_is_stale_there(publisher, rival, admin_client):
    form = f"/admin/projects/investment/{rival.pk}/change/"
    opened = admin_client.get(form)
    assert publisher.post(address(rival), answer(rival)).status_code == 302
    sent = as_shown(opened) | {"note": "typed"}
    page = admin_client.post(form, sent, headers={"accept-language": "en"})
    assert "Nothing was saved: this was changed since you opened it." in page.content.decode()
    assert Investment.objects.get(pk=rival.pk).note == rival.note
