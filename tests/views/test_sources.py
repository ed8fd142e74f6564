"""The page of a source: its statements' words in their context, and for editors the full text."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from projects.models import Investment
from tests import factories
from tests.views.reading import text

pytestmark = pytest.mark.django_db

FULL = (
    "　　重庆电子信息产业发展按下<加速键>。\n\n"
    "　　4月26日，双方签约。项目总投资\n32亿元，"
    "建成后年销售收入不低于40亿元；力争到2022年达到2000亿元。"
)


@pytest.fixture
def editor():
    """A client of an account that may change sources, and nothing else."""
    account = User.objects.create_user("editor")
    account.user_permissions.add(Permission.objects.get(codename="change_source"))
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def stating(*words, full_text=FULL):
    """A source with one investment for each of these words, all in one project."""
    source = factories.source(slug="said", full_text=full_text)
    project = factories.project()
    return [factories.investment(project=project, source=source, as_written=one) for one in words]


def quotes(response):
    """What the table shows as written, a line for each quote."""
    found = re.findall(r'<p class="quote">(.*?)</p>', response.content.decode())
    return [re.sub(r"</?mark>", "*", re.sub(r"</?span[^>]*>", "", one)) for one in found]


def full_text(response):
    """The marked text: links as [address|text], numbers as {number}."""
    (found,) = re.findall(r'<div class="full-text">(.*?)</div>', response.content.decode(), re.S)
    found = re.sub(r'<span class="visually-hidden">[^<]*</span>', "", found)
    found = re.sub(r'<a class="passage-note"[^>]*>(\d+)</a>', r"{\1}", found)
    return re.sub(
        r'<a class="passage" href="([^"]*)"[^>]*>(.*?)</a>', r"[\1|\2]", found, flags=re.S
    )


def test_words_stand_in_their_context_of_at_most_40_characters(english):
    stating("32亿元")
    (shown,) = quotes(english.get("/sources/said/"))
    assert (
        shown
        == "…&gt;。 4月26日，双方签约。项目总投资 *32亿元*，建成后年销售收入不低于40亿元；力争到…"
    )
    before, after = shown.strip("…").replace("&gt;", ">").split("*32亿元*")
    assert len(before) + len(after) <= 40


def test_what_words_leave_out_is_left_out(english):
    stating("4月26日…32亿元")
    (shown,) = quotes(english.get("/sources/said/"))
    assert shown == (
        "…重庆电子信息产业发展按下&lt;加速键&gt;。 *4月26日…32亿元*"
        "，建成后年销售收入不低于40亿元；力争到…"
    )


def test_phrases_stand_in_the_order_of_the_text(english):
    stating("32亿元；签约", "签约；32亿元")
    shown = [one.split("*")[1] for one in quotes(english.get("/sources/said/"))]
    assert shown == ["签约…32亿元", "签约；32亿元"]


def test_without_a_full_text_the_words_stand_alone(english):
    stating("32亿元", full_text="")
    page = english.get("/sources/said/")
    assert quotes(page) == ["“32亿元”"]
    assert "passages.css" in page.content.decode()


def test_all_words_of_a_statement_are_shown(english):
    source = factories.source(slug="said", full_text=FULL)
    factories.target(source=source, as_written="40亿元", period="", period_as_written="建成后年")
    shown = quotes(english.get("/sources/said/"))
    assert [one.split("*")[1] for one in shown] == ["40亿元", "建成后年"]


def test_words_in_several_places_say_so(english, chinese):
    stating("亿元")
    assert "the first of 3 places" in text(english.get("/sources/said/"))
    assert "文中有3处，这是第一处" in text(chinese.get("/sources/said/"))


def test_words_that_do_not_occur_stand_alone_and_editors_are_told(english, editor):
    """A fixture may bring them: it is loaded without being checked."""
    stating("33亿元")
    page = english.get("/sources/said/")
    assert quotes(page) == ["“33亿元”"]
    assert "not in the full text" not in text(page)
    assert "not in the full text" in text(editor.get("/sources/said/"))


def test_readers_do_not_get_the_full_text(english):
    stating("32亿元")
    page = english.get("/sources/said/")
    assert "full-text" not in page.content.decode()
    assert "Full text" not in text(page)
    assert "no-store" not in page.headers.get("Cache-Control", "")
    assert "Cookie" in page.headers["Vary"]


def test_editors_get_it_with_its_passages_and_nobody_keeps_it(editor):
    (one,) = stating("总投资32亿元")
    page = editor.get("/sources/said/")
    address = one.get_absolute_url()
    assert full_text(page) == (
        "　　重庆电子信息产业发展按下&lt;加速键&gt;。\n\n　　4月26日，双方签约。项目"
        f"[{address}|总投资\n32亿元]{{1}}，建成后年销售收入不低于40亿元；力争到2022年达到2000亿元。"
    )
    assert "private" in page.headers["Cache-Control"]
    assert "no-store" in page.headers["Cache-Control"]
    assert 'href="#passage-1"' in page.content.decode()
    assert page.content.decode().count('id="passage-1"') == 1


def test_passages_that_overlap_all_lead_to_their_statements(editor):
    whole, within, beside, same = stating(
        "项目总投资32亿元", "32亿元", "32亿元，建成后", "项目总投资32亿元"
    )
    a, b, c = (row.get_absolute_url() for row in (whole, within, beside))
    page = editor.get("/sources/said/")
    assert (
        f"[{a}|项目总投资\n][{b}|32亿元]{{1}}{{2}}{{4}}[{c}|，建成后]{{3}}年销售收入"
        in full_text(page)
    )
    note = f'<a class="passage-note" href="{same.get_absolute_url()}"'
    assert note in page.content.decode()


def test_parts_of_words_are_marked_apart(editor):
    (one,) = stating("力争…2000亿元")
    address = one.get_absolute_url()
    page = editor.get("/sources/said/")
    assert f"[{address}|力争]{{1}}到2022年达到[{address}|2000亿元]{{1}}。" in full_text(page)
    assert page.content.decode().count('id="passage-1"') == 1


def test_links_of_the_full_text_carry_the_day_on(editor):
    (one,) = stating("32亿元")
    page = editor.get("/sources/said/?as_of=2024-01-01")
    assert f"[{one.get_absolute_url()}?as_of=2024-01-01|32亿元]" in full_text(page)


def test_editors_are_told_where_to_enter_a_full_text(editor):
    one = stating("32亿元", full_text="")[0]
    page = editor.get("/sources/said/")
    assert "No full text has been entered." in text(page)
    assert f'href="/admin/projects/source/{one.source_id}/change/"' in page.content.decode()
    assert "not in the full text" not in text(page)


def test_the_number_of_queries_does_not_grow(editor, django_assert_max_num_queries):
    stating("32亿元")
    with django_assert_max_num_queries(30) as few:
        editor.get("/sources/said/")
    for _number in range(10):
        factories.investment(
            project=Investment.objects.first().project,
            source=Investment.objects.first().source,
            as_written="32亿元",
        )
    with django_assert_max_num_queries(len(few)):
        editor.get("/sources/said/")
