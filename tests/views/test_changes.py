"""What changed between two days: its page, the panels, and the days to choose from."""

import html
import re

from tests import factories
from tests.views.reading import text, whole


def changed(client, since, day="", path="/changes/"):
    return text(whole(client, path, {"since": since, "as_of": day}))


def test_old_stands_above_new(facts, english):
    words = changed(english, "2022-10-01", "2023-07-01")
    assert "What changed between 1 October 2022 and 1 July 2023" in words
    assert re.search(
        r"Software business revenue "
        r"2022-10-01 2022 at least CNY 300 billion .{0,80} not decided forecast: above CNY 300 "
        r"billion .{0,80} "
        r"2023-07-01 2022 at least CNY 300 billion .{0,80} missed 90\.2%, CNY 270\.5 billion",
        words,
    )
    assert "By the wider “Main business revenue of software and information services”" in words
    assert re.search(r"Publications 2022-10-01 5 2023-07-01 8", words)
    assert "New publications 3" in words
    assert "New statements 7" in words


def test_headline_from_nothing(facts, english, chinese):
    words = changed(english, "2020-03-31", "2020-04-30")
    assert (
        "Promised, once, CNY 2020-03-31 not stated "
        "2020-04-30 CNY 5.2 billion to below 13.2 billion + 2 without an amount"
    ) in words
    assert "Projects 2020-03-31 0 2020-04-30 11" in words
    words = changed(chinese, "2020-03-31", "2020-04-30")
    assert "2020年3月31日至2020年4月30日的变化" in words
    assert "2020-04-30 52亿元至不足132亿元" in words


def test_by_the_passing_of_time(facts, english):
    words = changed(english, "2025-04-26", "2025-04-27")
    assert "Nothing was published in between" in words
    assert re.search(
        r"South-west ITAI demonstration centre: Demonstration centre built "
        r"2025-04-26 possibly due due 26 April 2023 – 26 April 2025 .{0,150} "
        r"2025-04-27 overdue 1 day due 26 April 2023",
        words,
    )
    assert "New statements" not in words


def test_both_days_lead_to_their_overview(facts, english):
    page = english.get("/changes/?group=cec&since=2022-10-01&as_of=2023-07-01").content.decode()
    assert 'href="/?as_of=2022-10-01&amp;group=cec"' in page
    assert 'href="/?as_of=2023-07-01&amp;group=cec"' in page


def test_each_side_has_its_source(facts, english):
    page = english.get("/changes/?since=2021-04-15&as_of=2021-04-16").content.decode()
    old, new = re.findall(r"<dd>(.*?)</dd>", page.partition("Projects")[2], re.DOTALL)[-2:]
    assert "signed" in old and "/statements/milestone-date/" in old
    assert "started" in new and "/statements/milestone-date/" in new
    mark = re.compile(r"/statements/milestone-date/(\d+)/")
    assert mark.search(old)[1] != mark.search(new)[1]


def test_what_took_the_place_of_what(facts, english):
    words = changed(english, "2023-05-30", "2023-06-30")
    assert re.search(
        r"Statements that others replaced 1 Software business revenue "
        r"2023-05-30 to date, January–April 2023, CNY 80\.65 billion .{0,80} repeats "
        r"2023-06-30 to date, January–April 2023, CNY 80\.65 billion",
        words,
    )


def test_nothing_changed(facts, english):
    words = changed(english, "2022-10-01", "2022-10-01")
    assert "Nothing is judged otherwise on these two days." in words
    assert "Nothing was published in between" in words


def test_without_scripts_every_part_is_one_link_away(facts, english):
    """The first screen leads to what is judged otherwise, and that to what was stated."""
    days = "since=2022-10-01&as_of=2023-07-01"
    for path, link, there in (
        ("/", "/changes/", "missed 90.2%, CNY 270.5 billion"),
        ("/changes/", "/changes/statements/", "New publications 3"),
        ("/changes/statements/", "/changes/", "missed 90.2%, CNY 270.5 billion"),
        ("/projects/software-park/", "/changes/", ": What changed between"),
    ):
        page = english.get(f"{path}?{days}")
        assert there not in text(page).partition("What changed")[2], path
        content = page.content.decode().partition("<h1")[2]
        links = re.findall(r'href="(/changes/[^"]*)"', content)
        found = [html.unescape(one) for one in links if one.partition("?")[0] == link]
        assert there in text(english.get(found[0])), path


def test_one_project_alone(facts, english, chinese):
    words = text(english.get("/changes/?since=2020-04-30&project=software-park&group=cec"))
    assert "software-park" not in words and "Software business revenue" not in words
    assert re.search(r"2020-04-30 signed 26 April 2020 .{0,80} started", words)
    assert not re.search(r"Publications \d", words)
    words = text(english.get("/changes/statements/?since=2020-04-30&project=software-park"))
    assert "New statements 3" in words and "New publications" not in words
    for path in ("/changes/", "/changes/statements/"):
        query = "?since=2020-04-30&project=nowhere"
        assert "“nowhere” is not known here" in text(english.get(path + query))
        assert "“nowhere”" in text(chinese.get(path + query))


def test_without_a_day_the_days_are_offered(facts, english):
    answer = english.get("/changes/?as_of=2022-10-01&group=cec")
    words = text(answer)
    assert "21 September 2022 1 publication" in words
    assert "30 April 2020 2 publications" in words
    assert "2023" not in words
    page = answer.content.decode()
    assert 'href="/changes/?as_of=2022-10-01&amp;group=cec&amp;since=2022-09-21"' in page
    assert 'href="/changes/?as_of=2022-10-01&amp;group=cec&amp;since=2020-04-29"' in page


def test_without_any_publication_there_is_nothing_to_choose(facts, english):
    assert "from before the first publication" in text(english.get("/changes/"))
    assert "Nothing was published by that day." in text(english.get("/changes/?as_of=2020-03-31"))


def test_the_overview_has_a_panel_while_a_day_is_asked(facts, english):
    words = changed(english, "2022-10-01", "2023-07-01", "/")
    panel = words.partition("What changed since 1 October 2022")[2]
    assert "missed 90.2%, CNY 270.5 billion" in panel
    assert "New statements" not in panel
    assert "All that changed" in panel
    assert "What changed since" not in text(english.get("/?as_of=2023-07-01"))


def test_the_panel_of_the_overview_is_short(facts, english):
    panel = changed(english, "2020-03-31", "2020-04-30", "/").partition("What changed since")[2]
    assert "Projects 11" in panel
    assert panel.count("2020-04-30 new") == 6 + 6 + 3


def test_a_project_says_what_changed_of_it(facts, english):
    words = changed(english, "2020-04-30", path="/projects/software-park/")
    panel = words.partition("What changed since 30 April 2020")[2].partition("Who takes part")[0]
    assert re.search(r"2020-04-30 signed 26 April 2020 .{0,80} 20..-..-.. started", panel)
    assert "New statements 3" in panel
    assert "Publications" not in panel and "Software business revenue" not in panel
    words = changed(english, "2021-04-16", "2021-12-31", "/projects/software-park/")
    assert "Nothing is judged otherwise on these two days." in words
    assert "Nothing was stated in between" in words


def test_what_is_not_listed_is_counted(db, english, monkeypatch):
    monkeypatch.setattr("projects.reports.changes.comparison.LIMIT", 2)
    source = factories.source(published="2021-06-01")
    for _ in range(3):
        factories.milestone_date(source=source)
    words = changed(english, "2021-01-01", "2022-01-01")
    assert "Milestones 3 (1 is not listed)" in words
    assert "New statements 3 (1 is not listed)" in words
