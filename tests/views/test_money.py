"""Bars of money on the pages: what they say, and that each opens exactly its rows."""

import html
import json
import re

import pytest

from projects.reports.money import Way
from tests import factories
from tests.views.reading import keys, records, text


def links(page):
    """The address of each bar by its label, and whether it is an address of this page alone."""
    found = re.findall(r'<a class="bars-label" href="([^"]*)">([^<]*)</a>', page.content.decode())
    return {html.unescape(label): html.unescape(address) for address, label in found}


def data(page):
    """The figures that the page's script draws."""
    block = re.search(r'<script id="bars-data"[^>]*>(.*?)</script>', page.content.decode(), re.S)
    return json.loads(block[1]) if block else None


@pytest.fixture
def many(db):
    """Amounts of every kind, in several and in no places, sectors, groups and years."""
    fields, spots = [factories.sector() for _ in "ab"], [factories.place() for _ in "ab"]
    one, other = factories.organization(), factories.organization()
    below = factories.organization(parent=one)
    for number, amount in enumerate(("1亿元", "2亿元至5亿元", "超过3亿元", "未说明", "约4亿元")):
        project = factories.project(sectors=fields[: number % 3], places=spots[: number % 3])
        joint = [[one], [one, below], [one, other], [], [other]][number]
        date = ["2020", "2020-04-26", "2019/2020", "", "2021"][number]
        factories.investment(project=project, organizations=joint, date=date, amount=amount)
        factories.investment(project=project, basis="paid", organizations=joint, date=date)
        factories.investment(project=project, unit="USD", organizations=joint, date=date)
        factories.investment(project=project, per="year", organizations=joint, date=date)
    agreement = factories.agreement(sectors=fields)
    factories.investment(agreement=agreement, amount="6亿元")


def test_bars_stand_above_the_table_with_their_words(facts, english):
    page = english.get("/investments/?totals=1")
    words = text(page)
    assert "Kaifa smart-device industrial park: CNY 3.2 billion" in words
    assert "CEC Chongqing software park: CNY 2 billion to below 10 billion" in words
    assert "Mobile Finance restructuring, citizen services: 1 without an amount" in words
    assert "stated exactly stated vaguely: at least this much and at most this much" in words
    assert data(page)["title"] == "CNY billion"


def test_the_same_in_chinese(facts, chinese):
    words = text(chinese.get("/investments/?totals=1&by=sector"))
    assert "智能终端： 32亿元" in words
    assert "多个领域： 20亿元至不足100亿元" in words
    assert "智能交通： 1项未说明金额" in words


@pytest.mark.parametrize(
    ("way", "query"),
    [
        *((way, "") for way in Way),
        (Way.SECTOR, "&in_year=2020"),
        (Way.GROUP, "&group="),
        (Way.PLACE, "&as_of="),
    ],
)
def test_every_bar_opens_exactly_its_rows(many, english, way, query):
    group = factories.Organization.objects.filter(children__isnull=False).first()
    query = query.replace("group=", f"group={group.slug}").replace("as_of=", "as_of=2021-01-01")
    page = english.get(f"/investments/?totals=1&by={way}{query}")
    bars = page.context["picture"].bars
    assert bars
    addresses = links(page)
    assert len(addresses) == len(bars)
    for drawn in bars:
        rows = english.get(f"/investments/{addresses[drawn.bar.label]}")
        assert rows.context["problems"] == []
        assert rows.context["count"] == drawn.bar.line.parts, drawn.bar.label
        assert rows.context["funding"].lines == (drawn.bar.line,), drawn.bar.label
        assert rows.context["way"] == way


def test_bars_follow_the_filter_and_keep_it(facts, english):
    page = english.get("/investments/?totals=1&basis=agreed&by=place&sort=-amount&page=1")
    assert links(page) == {
        "Chongqing High-tech Zone": "?totals=1&basis=agreed&by=place&sort=-amount"
        "&counted=true&line=cny-once-promised&in_place=hitech-zone"
    }
    assert (
        'href="?totals=1&amp;basis=agreed&amp;sort=-amount&amp;by=year#bars"'
        in page.content.decode()
    )
    assert "Nothing is promised once in CNY here." in text(
        english.get("/investments/?totals=1&unit=USD")
    )
    assert data(english.get("/investments/?totals=1&amount_stated=false")) is None


def test_how_it_is_split_is_no_filter(facts, english):
    page = english.get("/investments/?by=year")
    assert page.context["filterset"].chosen == []
    assert page.context["count"] == 6
    assert len(records(english.get("/investments.csv?by=year"))) == 6


@pytest.mark.parametrize(
    "query",
    ["by=nosuch", "in_group=nosuch", "in_sector=x", "in_place=x", "in_year=0x7e4", "line=x"],
)
def test_what_cannot_be_used_is_named(facts, english, query):
    name = query.partition("=")[0]
    page = english.get(f"/investments/?totals=1&{query}")
    assert [problem.name for problem in page.context["problems"]] == [name]
    assert (page.context["way"], page.context["count"]) == ("project", 6)
    answer = english.get(f"/investments.csv?{query}")
    assert answer.status_code == 400
    assert answer.content.decode().startswith(f"{name}: ")


def test_filters_of_the_bars_by_hand(facts, english):
    def slugs(query):
        rows = english.get(f"/investments/?{query}").context["page"].object_list
        return sorted({row.project.slug for row in rows})

    assert slugs("in_sector=several") == ["software-park"]
    assert slugs("in_sector=smart-terminals") == ["kaifa-smart-device-park"]
    assert slugs("in_place=chongqing") == ["mobile-finance", "smart-transport-platform"]
    assert slugs("in_year=2016") == ["smart-transport-platform"]
    assert slugs("in_year=not_dated") == ["kaifa-smart-device-park", "software-park"]
    assert slugs("in_year=between") == []
    assert slugs("project=none") == []
    assert slugs("line=cny-once-paid") == []
    assert len(slugs("in_group=cec&line=cny-once-promised")) == 4
    assert len(keys(english.get("/investments/?in_group=cec"))) == 6


def test_an_organization_has_the_bars_of_its_group(many, english):
    group = factories.Organization.objects.filter(children__isnull=False).first()
    page = english.get(f"/organizations/{group.slug}/")
    bars = page.context["picture"].bars
    assert [bar.bar.line.amount.low for bar in bars] == [2 * 10**8, 10**8]
    for drawn in bars:
        rows = english.get(f"{links(page)[drawn.bar.label]}&totals=1")
        assert rows.context["funding"].lines == (drawn.bar.line,)


def test_an_organization_without_a_promise_has_no_bars(facts, english):
    page = english.get("/organizations/chongqing-government/")
    assert "bars-list" not in page.content.decode()


@pytest.mark.parametrize(
    ("amount", "expected", "absent"),
    [
        ("32亿元", {"bars-exact", "bars-end"}, {"bars-sure", "bars-unsure", "bars-about"}),
        ("20亿元至100亿元", {"bars-sure", "bars-unsure", "bars-end"}, {"bars-exact", "mask="}),
        ("超过5亿元", {"bars-sure", 'mask="url(#bars-fading-out)"'}, {"bars-exact", "bars-end"}),
        ("不足5亿元", {"bars-unsure", 'mask="url(#bars-fading-in)"'}, {"bars-sure", "bars-exact"}),
        ("约5亿元", {"bars-sure", "bars-about"}, {"bars-exact", "bars-unsure"}),
        ("未说明", set(), {"<svg"}),
    ],
)
def test_how_an_amount_is_drawn(db, english, amount, expected, absent):
    factories.investment(amount=amount)
    page = english.get("/investments/?totals=1").content.decode()
    row = page.partition('<ul class="bars-list">')[2].partition("</ul>")[0]
    assert [mark for mark in expected if mark not in row] == []
    assert [mark for mark in absent if mark in row] == []


def test_a_long_figure_is_short_in_the_bar_and_exact_beside_it(db, english):
    factories.investment(amount="1234567890元至2345678901元")
    page = english.get("/investments/?totals=1").content.decode()
    assert 'title="CNY 1,234,567,890 to 2,345,678,901">CNY 1.23 billion to 2.35 billion<' in page
