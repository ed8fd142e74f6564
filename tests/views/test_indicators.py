"""The pages of indicators: their sentences, tables, chart and number of queries."""

import html
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories

REVENUE = "/indicators/software-business-revenue/"
MAIN_REVENUE = "/indicators/software-main-business-revenue/"
MISSED = (
    "2022: missed at 90.2% (final CNY 270.5 billion against at least CNY 300 billion); "
    "the wider measure Main business revenue of software and information services, "
    "CNY 303.6 billion, would have met it"
)


def text(path: str, **query: str) -> str:
    response = Client().get(path, {"lang": "en", **query})
    assert response.status_code == 200
    # A word joiner keeps each mark beside its figure; it is no word.
    return response.content.decode().replace("&#8288;", "")


def sentences(path: str, **query: str) -> list[str]:
    """The verdict sentences of a page, by the lines that hold them."""
    lines = re.findall(r'<li class="verdict-line.*?</svg><span>(.*?)<', text(path, **query), re.S)
    return [html.unescape(line).strip() for line in lines]


def cells(page: str, heading: str) -> list[list[str]]:
    """The rows of the table under a heading's id, as plain words."""
    table = page.split(f'aria-labelledby="{heading}"')[1].split("</table>")[0]
    rows = table.split("<tbody>")[1].split("<tr>")[1:]
    return [
        [
            " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in rows
    ]


def test_each_target_has_its_verdict_in_a_sentence(facts):
    assert sentences(REVENUE) == [
        "2020: met at 100.4% (final CNY 200.82 billion against at least CNY 200 billion)",
        MISSED,
        "2023: not decided, no final figure (target: at least CNY 360 billion); "
        "to date CNY 80.65 billion (January–April 2023)",
        "2025: not decided, no final figure (target: at least CNY 500 billion)",
    ]


@pytest.mark.parametrize(
    ("as_of", "sentence"),
    [
        (
            "2022-10-01",
            "2022: not decided, no final figure (target: at least CNY 300 billion); "
            "forecast above CNY 300 billion: outlook met; "
            "to date CNY 155.89 billion (January–July 2022)",
        ),
        (
            "2023-02-01",
            "2022: not decided, no final figure (target: at least CNY 300 billion); "
            "preliminary CNY 275 billion: behind; to date CNY 155.89 billion (January–July 2022)",
        ),
        ("2023-07-01", MISSED),
    ],
)
def test_the_sentence_says_what_was_known_on_the_day(facts, as_of, sentence):
    assert sentence in sentences(REVENUE, as_of=as_of)


def test_the_figures_stand_in_chinese_words_on_the_chinese_page(facts):
    met, missed, *_others = sentences(REVENUE, lang="zh-hans")
    assert all(word in met for word in ("2020年", "100.4%", "2008.2亿元", "2000亿元及以上"))
    assert all(word in missed for word in ("90.2%", "2705亿元", "3000亿元及以上", "3036亿元"))
    assert "软件和信息服务业主营业务收入" in missed


def test_the_wider_indicator_is_named_with_the_reason(facts):
    page = text(REVENUE)
    assert "which measures more and is easily mistaken for it." in page
    assert "it is wider than software business revenue" in page
    assert f'href="{MAIN_REVENUE}?lang=en"' in page
    assert "which measures less and is easily mistaken for it." in text(MAIN_REVENUE)


def test_a_wider_indicator_of_which_nothing_was_published_yet_is_not_named(facts):
    assert "main-business-revenue" not in text(REVENUE, as_of="2022-10-01")


def test_the_table_of_targets(facts):
    rows = cells(text(REVENUE), "targets")
    assert [row[0] for row in rows] == ["2020", "2022", "2023", "2025"]
    assert [row[3] for row in rows] == ["met", "missed", "not decided", "not decided"]
    assert [row[4] for row in rows] == ["100.4%", "90.2%", "–", "–"]
    assert rows[1][6].startswith("met CNY 303.6 billion")


def test_the_outlook_of_an_undecided_target(facts):
    assert cells(text(MAIN_REVENUE), "targets")[1][5] == "outlook: met"
    assert cells(text(REVENUE, as_of="2023-02-01"), "targets")[1][5] == "outlook: behind"


def test_growth_is_shown_as_stated_or_marked_as_computed(facts):
    growth = {tuple(row[:2]): row[3] for row in cells(text(REVENUE), "observations")}
    assert growth["2020", "final"] == "+17.1%"
    assert growth["2022", "preliminary"] == "+10.5% “约10.5%”"
    assert growth["2022", "forecast"] == "–"
    wider = {tuple(row[:2]): row[3] for row in cells(text(MAIN_REVENUE), "observations")}
    assert wider["2022", "final"] == "+7.5% computed"
    assert wider["2025", "forecast"] == "+77% since 2021 “up 77 % from 2021”"


def test_the_growth_needed_is_said_in_a_sentence(facts):
    assert (
        "From CNY 270.5 billion (2022, final) to the next target, at least CNY 360 billion (2023), "
        "it takes growth of 33.1% a year."
    ) in text(REVENUE)


def test_every_sentence_opens_its_sources(facts):
    page = text(REVENUE, as_of="2022-10-01")
    line = page.split('<li class="verdict-line')[2].split("</li>")[0]
    # the target, the forecast and the figure to date
    assert len(re.findall(r'href="/statements/(?:target|observation)/', line)) == 3


def test_what_only_repeats_is_listed_apart(facts):
    page = text(REVENUE)
    assert "repeats" in page.split('id="restating"')[1]
    assert 'id="restating"' not in text(REVENUE, as_of="2023-02-01")


def test_the_chart_has_words_and_one_block_of_data(facts):
    page = text(REVENUE)
    label = html.unescape(re.search(r'<canvas role="img" aria-label="([^"]+)"', page)[1])
    assert label.startswith("Chart of Software business revenue; 2020: met at 100.4%")
    assert MISSED in label
    block = re.search(r'<script id="chart-data" type="application/json">(.*?)</script>', page)[1]
    assert json.loads(block)["axis"]["title"] == "CNY billion"
    assert '<figure class="chart scripted" data-chart="chart-data">' in page


def test_several_verdicts_are_summed_up_in_a_sentence(facts):
    assert "4 targets: 1 met, 1 missed, 2 not decided" in text(REVENUE)
    assert "4个目标：1个达到，1个未达到，2个未定" in text(REVENUE, lang="zh-hans")
    assert "verdict-summary" not in text("/indicators/kaifa-park-annual-sales/")


def test_the_wider_measure_is_off_until_it_is_switched_on(facts):
    page = text(REVENUE)
    (switch,) = re.findall(r"<input[^>]*data-chart-wider>", page)
    assert 'type="checkbox"' in switch and "checked" not in switch
    assert 'autocomplete="off"' in switch  # or a browser would remember it over a reload
    assert re.search(r'<li data-chart-mark="wider" hidden>', page)
    assert "data-chart-wider" not in text(MAIN_REVENUE)


def test_the_same_picture_comes_from_the_server(facts):
    page = text(REVENUE)
    strip = page.split('<ul class="strip" aria-hidden="true">')[1].split("<h2")[0]
    drawn = re.findall(r'class="strip-shape" href="#strip-(\w+)"', strip)
    assert drawn == ["final", "part", "forecast", "preliminary", "final", "part"]
    assert strip.count('<line class="strip-target"') == 4
    assert "<a " not in strip  # what is hidden from screen readers takes no focus


def test_a_project_has_the_sentences_and_the_picture_of_its_indicators(facts):
    page = text("/projects/kaifa-smart-device-park/")
    sentence = "Not dated, “达产后”: not decided; target at least CNY 4 billion"
    assert sentence in html.unescape(page)
    strip = page.split('<ul class="strip">')[1].split("<h2")[0]
    assert 'href="/statements/target/' in strip
    assert "at least CNY 4 billion" in strip
    assert "chart.umd" not in page


def test_a_project_takes_the_same_number_of_queries_for_2_and_4_indicators(db):
    project = factories.project()

    def two() -> None:
        for _number in range(2):
            indicator = factories.indicator(project=project)
            factories.target(indicator=indicator)
            factories.observation(indicator=indicator)

    two()
    first = queries(project.get_absolute_url())
    two()
    assert queries(project.get_absolute_url()) == first


def test_scripts_are_files_and_deferred(facts):
    scripts = re.findall(r"<script(?![^>]*application/json)[^>]*>", text(REVENUE))
    assert all(" src=" in script for script in scripts)
    [at_once] = [script for script in scripts if " defer" not in script]
    assert "js/theme.js" in at_once
    assert sum("chart" in script for script in scripts) == 2


def test_without_dated_figures_there_is_no_chart(facts):
    page = text("/indicators/kaifa-park-annual-sales/")
    assert "data-chart" not in page and "chart.umd" not in page
    assert sentences("/indicators/kaifa-park-annual-sales/") == [
        "Not dated, “达产后”: not decided; target at least CNY 4 billion"
    ]
    assert "No figure has been reported yet." in page


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (
            "90亿元至95亿元",
            "missed at 90.0–95.0% (final CNY 9 billion to 9.5 billion against {target})",
        ),
        ("不足90亿元", "missed (final below CNY 9 billion against {target})"),
        ("超过120亿元", "met (final above CNY 12 billion against {target})"),
        (
            "90亿元至120亿元",
            "not decided, final CNY 9 billion to 12 billion leaves open "
            "whether {target} was reached",
        ),
        (
            "约120亿元",
            "not decided, final about CNY 12 billion against {target} is only approximate",
        ),
    ],
)
def test_vague_final_figures_are_said_as_they_are(db, amount, said):
    indicator = factories.indicator()
    factories.target(indicator=indicator)
    factories.observation(indicator=indicator, period="2022", amount=amount)
    sentence = "2022: " + said.format(target="at least CNY 10 billion")
    assert sentences(indicator.get_absolute_url()) == [sentence]


@pytest.mark.parametrize(
    ("own", "wider", "clause"),
    [
        ("110亿元", "120亿元", "would have met it too"),
        ("110亿元", "90亿元", "would have missed it"),
        ("80亿元", "90亿元", "would have missed it too"),
    ],
)
def test_the_wider_indicator_agrees_or_differs(db, own, wider, clause):
    broad = factories.indicator()
    indicator = factories.indicator(place=broad.place, wider=broad)
    factories.target(indicator=indicator)
    factories.observation(indicator=indicator, period="2022", amount=own)
    factories.observation(indicator=broad, period="2022", amount=wider)
    (sentence,) = sentences(indicator.get_absolute_url())
    assert sentence.endswith(clause)


def test_falling_growth_has_a_minus(db):
    indicator = factories.indicator()
    factories.observation(indicator=indicator, period="2021", amount="100亿元")
    factories.observation(indicator=indicator, period="2022", amount="90亿元")
    assert cells(text(indicator.get_absolute_url()), "observations")[1][3] == "−10% computed"


def test_an_unknown_indicator_and_one_not_yet_stated_are_not_found(facts):
    assert Client().get("/indicators/no-such/").status_code == 404
    assert Client().get(REVENUE, {"as_of": "2020-01-01"}).status_code == 404


def test_the_list_shows_targets_verdicts_and_the_last_final_figure(facts):
    page = text("/indicators/")
    row = next(row for row in page.split("<tr") if "/indicators/software-business-revenue/" in row)
    assert [word in row for word in ("100.4%", "90.2%", "CNY 270.5 billion", "2022, final")] == [
        True, True, True, True,
    ]  # fmt: skip
    assert "no target" in next(row for row in page.split("<tr") if "zhichuang-introduced" in row)


@pytest.mark.parametrize(
    ("amount", "percent"),
    [
        ("约120亿元", "120.0%"),
        ("90亿元至120亿元", "90.0–120.0%"),
        ("不足90亿元", "…–90.0%"),
        ("超过120亿元", "120.0–…%"),
    ],
)
def test_the_list_shows_the_attainment_of_vague_figures_with_their_mark(db, amount, percent):
    indicator = factories.indicator()
    factories.target(indicator=indicator)
    final = factories.observation(indicator=indicator, period="2022", amount=amount)
    page = Client().get("/indicators/").content.decode()
    assert percent in page
    assert final.get_absolute_url() in page.partition(percent)[2]


def test_a_filter_that_nothing_passes_says_so(facts):
    assert "Nothing matches these filters." in text("/indicators/", q="zzzz")
    assert "Nothing was published by that day." in text("/indicators/", as_of="2019-01-01")


def queries(path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        text(path)
    return len(captured)


def test_the_list_takes_the_same_number_of_queries_for_10_and_20_indicators(db):
    def ten() -> None:
        for _number in range(5):
            wider = factories.indicator()
            indicator = factories.indicator(project=factories.project(), wider=wider)
            factories.target(indicator=indicator)
            factories.observation(indicator=indicator, period="2022")
            factories.observation(indicator=wider, period="2022")

    ten()
    first = queries("/indicators/")
    ten()
    assert queries("/indicators/") == first


def test_an_indicator_takes_the_same_number_of_queries_for_10_and_20_figures(db):
    broad = factories.indicator()
    indicator = factories.indicator(place=broad.place, wider=broad)

    def figures(first: int) -> None:
        for year in range(first, first + 10):
            plan = factories.agreement()
            factories.target(indicator=indicator, period=str(year), stands_in=plan)
            one = factories.observation(indicator=indicator, period=str(year))
            factories.observation(indicator=indicator, period=str(year), restates=one)
            factories.observation(indicator=broad, period=str(year))

    figures(2000)
    first = queries(indicator.get_absolute_url())
    figures(2010)
    assert queries(indicator.get_absolute_url()) == first
