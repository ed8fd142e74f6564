"""The method: every section in both languages, and the table of words as it is read."""

import re

import pytest

from projects.urls import EXPORTED_ONLY, TABLES
from projects.values import examples
from projects.views.method import FILES, RULES, SECTIONS
from tests.views.reading import text

ROW = re.compile(r"<tr>\s*<td(?: class=\"cell-date\")? lang=\"([a-z-]+)\">(.*?)</tr>", re.DOTALL)


def sections(response):
    return re.findall(r'<section id="([a-z-]+)"', response.content.decode())


def rows(response):
    """The cells of every row of the tables of words, with the language of the words."""
    found = []
    for language, row in ROW.findall(response.content.decode()):
        cells = re.sub(r"<[^>]*>", "\n", row).split("\n")
        found.append((language, *filter(None, (cell.strip() for cell in cells))))
    return found


def test_the_page_answers_in_both_languages(db, english, chinese):
    for client, title in ((english, "What a statement is"), (chinese, "每个数字、日期和角色")):
        answer = client.get("/method/")
        assert answer.status_code == 200
        assert answer.context["problems"] == []
        assert title in text(answer)


def test_both_languages_have_the_same_sections_in_the_same_order(db, english, chinese):
    pages = [client.get("/method/") for client in (english, chinese)]
    assert sections(pages[0]) == sections(pages[1]) == list(SECTIONS)


def test_the_contents_lead_to_every_section(db, english):
    page = english.get("/method/")
    links = re.findall(r'<a[^>]* href="#([a-z-]+)"', page.content.decode())
    assert [link for link in links if link != "content"] == sections(page)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_section_is_empty(db, client, language):
    page = client.get("/method/", {"lang": language}).content.decode()
    parts = re.findall(r"<section id=.*?</h2>(.*?)</section>", page, re.DOTALL)
    assert len(parts) == len(SECTIONS)
    for part in parts:
        words = re.sub(r"<[^>]*>", "", part.partition('<div class="table-frame"')[0])
        assert len(words.split() if language == "en" else words.strip()) > 40


def test_the_words_stand_with_what_is_read_of_them(db, english, chinese):
    found = rows(english.get("/method/"))
    assert ("zh-hans", "数十亿元", "CNY 2 billion to below 10 billion") in found
    assert ("en", "nearly 10 billion yuan", "below CNY 10 billion") in found
    assert (
        *("zh-hans", "2016年初", "January–April 2016"),
        *("2016-01-01", "2016-04-30", "2016-01/2016-04"),
    ) in found
    assert (
        *("zh-hans", "2023年底前", "by 31 December 2023"),
        *("open", "2023-12-31", "../2023-12-31"),
    ) in found
    found = rows(chinese.get("/method/"))
    assert ("zh-hans", "数十亿元", "20亿元至不足100亿元") in found
    assert ("zh-hans", "超过5000亿元", "超过5000亿元") in found


def test_every_example_is_shown_once(db, english):
    groups = (*examples.amount_groups("en"), *examples.date_groups("en"))
    listed = [one.words for group in groups for one in group.examples]
    refused = [*examples.AMOUNTS_REFUSED, *examples.DATES_REFUSED]
    shown = [row[1] for row in rows(english.get("/method/"))]
    assert sorted(shown) == sorted([*listed, *refused])


def test_refused_words_name_their_part_in_the_language_of_the_page(db, english, chinese):
    assert (
        "“项目投资” in “项目投资数十亿元” was not understood: "
        "write it another way, or enter the bounds by hand."
    ) in text(english.get("/method/"))
    assert "“项目投资数十亿元”中的“项目投资”无法识别，请改写，或直接填写上下限。" in text(
        chinese.get("/method/")
    )


def test_every_rule_has_examples():
    assert set(RULES) == {*examples.AMOUNTS, *examples.DATES}
    assert not set(examples.AMOUNTS) & set(examples.DATES)


def test_the_tables_have_names_of_their_own(db, english):
    page = english.get("/method/").content.decode()
    labels = re.findall(r'role="region" tabindex="0" aria-label="([^"]+)"', page)
    assert len(labels) == len(set(labels)) == 4


def test_links_carry_the_day_on(facts, english):
    page = english.get("/method/?as_of=2020-04-30").content.decode()
    content = page.partition('<main id="content"')[2].partition("</main>")[0]
    links = [link for link in re.findall(r'href="(/[^"]*)"', content) if "/method/" not in link]
    assert "/sources/?as_of=2020-04-30" in links
    assert "/investments.csv?as_of=2020-04-30" in links
    assert all("as_of=2020-04-30" in link for link in links)


def test_every_file_that_it_names_is_there(facts, english):
    assert set(FILES) == {*TABLES, *EXPORTED_ONLY}
    page = english.get("/method/").content.decode()
    for name in FILES:
        assert f'href="/{name}.csv"' in page
        assert english.get(f"/{name}.csv").status_code == 200


def test_the_months_of_silence_are_those_of_the_setting(db, english, chinese, settings):
    settings.SILENCE_MONTHS = 7
    assert "silent when 7 months have gone by" in text(english.get("/method/"))
    assert "满7个月没有新资料" in text(chinese.get("/method/"))


def test_an_unknown_parameter_is_named(db, english):
    answer = english.get("/method/?nosuch=1")
    assert answer.status_code == 200
    assert "nosuch" in text(answer)
