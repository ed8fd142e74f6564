"""Finding amounts in running text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.values.amounts import find_amounts, read_amount

FOUND = [
    ("项目总投资32亿元，达产后年销售收入不低于40亿元。", ["32亿元", "不低于40亿元"]),
    ("投资数十亿元；力争到2020年达到2000亿元", ["数十亿元", "2000亿元"]),
    ("总投资——32亿元", ["32亿元"]),
    ("签约30亿元，最近100亿元，近100亿元", ["30亿元", "100亿元", "近100亿元"]),
    ("由20亿元增长到30亿元", ["20亿元", "30亿元"]),
    ("30-40亿元、５０亿元左右", ["30-40亿元", "５０亿元左右"]),
    ("介于30亿元和40亿元之间", ["介于30亿元和40亿元之间"]),
    ("规划约50万㎡，其中10万 m²", ["约50万㎡", "10万 m²"]),
    ("引进35家，两家企业，十几家企业", ["35家", "十几家"]),
    ("共3.2亿。", ["3.2亿"]),
    ("8.5亿元人民币(约1.2亿美元)", ["8.5亿元人民币", "约1.2亿美元"]),
    (
        "CNY 3.2 billion, between 2 and 3 billion yuan; about 500,000 m² in 2020.",
        ["CNY 3.2 billion", "between 2 and 3 billion yuan", "about 500,000 m²"],
    ),
    ("a handover of 5 million yuan", ["5 million yuan"]),
    ("ﷺ32亿元 １,０００元", ["32亿元", "１,０００元"]),
    ("32亿元50家", ["50家"]),
]


@pytest.mark.parametrize(("text", "words"), FOUND)
def test_figures_are_found_with_their_words_and_places(text, words):
    found = find_amounts(text)
    assert [amount.words for amount in found] == words
    for amount in found:
        assert text[amount.start : amount.end] == amount.words
        assert read_amount(amount.words) == amount.amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2020年4月26日，第3段，5G，2016-2020年",
        "5万吨，3亿台，50万千瓦，50万人次，32亿加元",
        "5 million tonnes in 12 months",
        "40亿-30亿元",
        "-3亿元 −3亿元 负3亿元 1e9元 3.2.1亿元 30,00万元",
        "-3亿元",
        "净利润−3亿元。",
        "约超过50亿元",
        "总数十亿元",
        "第3家",
        "32²亿元 32亿元²",
        "从20亿元到30亿元",
        "二元结构，一家人，三人",
        "between 30 and 5 billion yuan",
    ],
)
def test_what_is_no_figure_or_cannot_be_read_whole_is_left_out(text):
    assert find_amounts(text) == []


@pytest.mark.parametrize("piece", ["1", "1 ", "亿元至", "不超过", "1-", "项目总投资32亿元。"])
def test_long_texts_are_searched_fast(piece):
    text = piece * (140_000 // len(piece))
    started = time.perf_counter()
    find_amounts(text)
    assert time.perf_counter() - started < 5


PIECES = "约 3 30 亿 元 至 - 以上 ， 。 ² ㎡ 家 投资 ﷺ to"


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES.split())).map("".join))
def test_found_words_are_those_at_their_places_in_order(text):
    end = 0
    for found in find_amounts(text):
        assert found.start >= end
        assert text[found.start : found.end] == found.words
        assert found.amount == read_amount(found.words)
        end = found.end
