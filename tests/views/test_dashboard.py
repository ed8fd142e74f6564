"""The four answers of the first screen, as the facts have them."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.html import escape

from tests import factories
from tests.views.reading import text


def test_how_much_is_promised(facts, english):
    words = text(english.get("/"))
    assert "11 projects of the cooperation" in words
    assert "stated amounts CNY 5.2 billion to below 13.2 billion" in words
    assert "besides, 2 investments without an amount" in words
    assert "and 7 projects for which no investment is stated" in words
    assert "paid: nothing stated to be received" in words
    assert "2 left out: restates another statement" in words


def test_other_totals_lead_to_their_rows(db, english):
    factories.investment(amount="1亿元", per="year")
    factories.investment(amount="2亿元", basis="paid")
    factories.investment(amount="未说明", basis="paid", unit="USD")
    answer = english.get("/")
    words = text(answer)
    assert "promised, per year: CNY 100 million" in words
    assert "paid, once: CNY 200 million" in words
    assert "paid, once: not stated" in words
    assert "nothing stated to be received" not in words
    for line in answer.context["overview"].funding.others:
        address = f"/investments/total/{line.code}/"
        assert f'href="{address}"' in answer.content.decode()
        assert english.get(address).context["line"] == line


def test_the_largest_projects_have_bars_that_lead_to_their_rows(facts, english):
    for number in range(4):
        factories.investment(amount=f"{number + 1}亿元")
    answer = english.get("/")
    bars = [drawn.bar for drawn in answer.context["picture"].bars]
    assert [bar.line.amount.low for bar in bars[:5]] == [32e8, 20e8, 4e8, 3e8, 2e8]
    assert (bars[5].label, bars[5].line.parts) == ("3 others together", 3)
    for bar in bars[:5]:
        address = "/investments/?" + urlencode(bar.query)
        assert f'href="{escape(address)}"' in answer.content.decode()
        assert english.get(f"{address}&totals=1").context["funding"].lines == (bar.line,)


def test_which_targets_are_met(facts, english):
    words = text(english.get("/"))
    assert re.search(r"2020 at least CNY 200 billion .* met 100\.4%, CNY 200\.82 billion", words)
    assert re.search(r"2022 at least CNY 300 billion .* missed 90\.2%, CNY 270\.5 billion", words)
    assert re.search(
        r"By the wider “Main business revenue of software and information services” "
        r"\(CNY 303\.6 billion\) it would be: met",
        words,
    )


def test_what_is_overdue_and_what_is_silent(facts, english):
    words = text(english.get("/"))
    assert re.search(r"9 reached 2 overdue\b", words)
    assert re.search(r"CEC Chongqing software park: .* due 2023 .* days overdue", words)
    assert re.search(r"South-west ITAI demonstration centre: .* due 26 April 2023", words)
    assert "11 silent projects" in words
    assert "no report since April 2020" in words
    assert "1 matter on which sources differ" in words


def test_the_same_in_chinese(facts, chinese):
    words = text(chinese.get("/"))
    assert "合作项目共11个" in words
    assert "已说明金额 52亿元至不足132亿元" in words
    assert "另有2项投资未说明金额" in words
    assert "还有7个项目没有投资说明" in words
    assert re.search(r"2020年 2000亿元及以上 .* 已达到 100\.4%，2008\.2亿元", words)
    assert re.search(r"2022年 3000亿元及以上 .* 未达到 90\.2%，2705亿元", words)
    assert "软件和信息服务业主营业务收入" in words
    assert "自2020年4月起无报道" in words


def test_before_anything_was_published(facts, english):
    words = text(english.get("/?as_of=2020-03-31"))
    assert "0 projects of the cooperation" in words
    assert "Nothing was published by that day." in words
    assert "no amount stated" in words


def test_at_the_signing_nothing_is_overdue_or_silent(facts, english):
    words = text(english.get("/?as_of=2020-04-30"))
    assert "stated amounts CNY 5.2 billion to below 13.2 billion" in words
    assert re.search(r"\b0 overdue\b", words)
    assert "Nothing is overdue." in words
    assert "0 silent projects" in words
    assert "met 100.4" not in words


def test_every_answer_leads_to_its_rows(facts, english):
    page = english.get("/").content.decode()
    headline = "/investments/?counted=true&amp;line=cny-once-promised"
    for path, count in {
        "/investments/total/cny-once-promised/": 4,
        f"{headline}&amp;amount_stated=false": 2,
        "/investments/?not_counted_because=restates": 2,
        "/projects/?investment_stated=false": 7,
        "/projects/?silent=true": 11,
        "/projects/?stage=signed": 5,
        "/milestones/?state=overdue": 2,
        "/milestones/?state=reached": 9,
        "/milestones/?due_soon=true": 0,
    }.items():
        assert f'href="{path}"' in page
        answer = english.get(path.replace("&amp;", "&"))
        assert answer.context["count"] == count, path


def test_verdicts_are_counted_and_lead_to_the_targets(facts, english):
    answer = english.get("/")
    assert answer.context["overview"].targets.verdicts == {"met": 1, "missed": 1, "not_decided": 4}
    words = text(answer)
    assert "1 met 1 missed 4 not decided" in words
    assert "2022: missed, CNY 270.5 billion against at least CNY 300 billion" in words
    assert 'href="#results"' in answer.content.decode()


def test_nothing_is_due_of_the_facts(facts, english):
    words = text(english.get("/"))
    assert "0 milestones due in the next 90 days" in words
    assert "No milestone is stated to fall due within 90 days." in words


def test_what_falls_due_by_who_answers_for_it(facts, english):
    soon = (date.today() + timedelta(days=30)).isoformat()
    bureau = factories.organization(name_en="Bureau")
    for number, role in enumerate(("responsible", "builder")):
        step = factories.milestone(name_en=f"Step {number}")
        factories.participation(project=step.project, organization=bureau, role=role)
        factories.milestone_date(milestone=step, side="due", date=soon)
    answer = english.get("/")
    words = text(answer)
    assert "2 milestones due in the next 90 days" in words
    assert re.search(r"Bureau Project \d+: Step 0, due \d+ \w+ \d+ .* scheduled", words)
    assert re.search(
        r"No responsible organization is stated Project \d+: Step 1, due .*? Bureau, builder", words
    )
    rows = english.get("/milestones/?due_soon=true")
    assert rows.context["count"] == 2


def test_no_chart_library_runs_on_a_page_without_its_chart(facts, english):
    page = english.get("/").content.decode()
    scripts = re.findall(r'<script[^>]*src="([^"]*)"', page)
    assert not [script for script in scripts if "chart.umd" in script or "bars.js" in script]
    # It is fetched beforehand only, for the pages that do have one.
    assert re.findall(r'<link rel="prefetch" href="[^"]*/([^"/]*)"', page) == ["chart.umd.min.js"]
