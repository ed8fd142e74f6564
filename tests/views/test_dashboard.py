"""The four answers of the first screen, as the facts have them."""

import re

from tests.views.reading import text


def test_how_much_is_promised(facts, english):
    words = text(english.get("/"))
    assert "11 projects of the cooperation" in words
    assert "stated amounts CNY 5.2 billion to below 13.2 billion" in words
    assert "besides, 2 investments without an amount" in words
    assert "and 7 projects for which no investment is stated" in words
    assert "2 left out: restates another statement" in words


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
    assert re.search(r"overdue 2\b", words)
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
    assert re.search(r"overdue 0\b", words)
    assert "0 silent projects" in words
    assert "met 100.4" not in words


def test_every_answer_leads_to_its_rows(facts, english):
    page = english.get("/").content.decode()
    for path, count in {
        "/investments/?counted=true&amp;amount_stated=true": 2,
        "/investments/?counted=true&amp;amount_stated=false": 2,
        "/investments/?not_counted_because=restates": 2,
        "/projects/?investment_stated=false": 7,
        "/projects/?silent=true": 11,
        "/projects/?stage=signed": 5,
        "/milestones/?state=overdue": 2,
    }.items():
        assert f'href="{path}"' in page
        answer = english.get(path.replace("&amp;", "&"))
        assert answer.context["count"] == count, path
