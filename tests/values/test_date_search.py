"""Finding dates in a text: places in the text as given, and nothing that only looks like a date."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.values.dates import VagueDate, find_dates, read_date
from tests.values.date_strategies import DAYS, TEXTS

APRIL = VagueDate("2020-04")


def found(text: str) -> list[tuple[str, str | None]]:
    return [(hit.words, hit.date and hit.date.edtf) for hit in find_dates(text, APRIL)]


def test_dates_are_found_in_order_with_their_dates():
    text = "2016年初，入股；去年３月启用，计划 2023 年建成，未来3-5年建设；4月26日签约。"
    assert found(text) == [
        ("2016年初", "2016-01/2016-04"),
        ("去年３月", "2019-03"),
        ("2023 年", "2023"),
        ("未来3-5年", "2023-04-01/2025-04-30"),
        ("4月26日", "2020-04-26"),
    ]


def test_dates_are_found_in_english():
    text = "From May 2016 it grew; by the end of 2023, or 26 April 2023 – 25 April 2025, in 2016."
    assert found(text) == [
        ("From May 2016", "2016-05/.."),
        ("by the end of 2023", "../2023-12-31"),
        ("26 April 2023 – 25 April 2025", "2023-04-26/2025-04-25"),
        ("2016", "2016"),
    ]


def test_a_bare_year_or_a_range_of_years_is_found_after_a_word_that_says_so():
    assert found("in 2021–2023 and of 2020") == [("2021–2023", "2021/2023"), ("2020", "2020")]
    assert found("2705, 2021–2023") == []


def test_places_are_those_of_the_text_as_given():
    text = "\u3000㋃26日——㋅，\uff12\uff10\uff12\uff11年 —— 2023年ﬁn①月"
    hits = find_dates(text)
    assert [text[hit.start : hit.end] for hit in hits] == [hit.words for hit in hits]
    assert [hit.words for hit in hits] == ["㋃26日——㋅", "２０２１年 —— 2023年", "①月"]
    assert (hits[1].start, hits[1].end) == (9, 23)
    assert {hit.date for hit in hits} == {None}


@pytest.mark.parametrize(
    "text", ["约2016年", "2025年前", "2016年左右", "about 2016-05", "before May 2016"]
)
def test_words_that_change_a_date_are_found_with_it_and_leave_it_unread(text):
    assert found(f"（{text}）") == [(text, None)]


@pytest.mark.parametrize(
    "text",
    [
        "多年底蕴，百年初心，12个月，2008.2亿元，电话023-67891234",
        "we may invest 2705 million and march on",
        "过去三年内，数十年内",
    ],
)
def test_what_only_looks_like_a_date_is_not_found(text):
    assert found(text) == []


def test_the_next_word_is_not_taken_for_a_part_of_the_year():
    assert found("2016年中国电子，2016年初步，2021年起步，今年内部") == [
        ("2016年", "2016"),
        ("2016年", "2016"),
        ("2021年", "2021"),
        ("今年", "2020"),
    ]


@pytest.mark.parametrize(
    "text",
    ["1", "一", "2016年", "年", " ", "-", "2016-", "May 1 - ", "第1至", "the ", "十月", "未来"],
)
def test_a_text_of_140_kb_is_searched_in_a_few_seconds(text):
    began = perf_counter()
    find_dates(text * (140_000 // len(text)), APRIL)
    assert perf_counter() - began < 10


@given(TEXTS, st.sampled_from(["zh-hans", "en"]))
def test_what_is_written_is_found_whole_in_a_sentence(edtf, language):
    value = VagueDate(edtf)
    words = value.format(language)
    hits = find_dates(f"（in {words}）", date(2020, 4, 26))
    assert [hit.words for hit in hits] == [words]
    assert hits[0].date == read_date(words, date(2020, 4, 26))


@given(st.text(), st.one_of(st.none(), DAYS))
def test_any_text_can_be_searched(text, said_on):
    ends = [0]
    for hit in find_dates(text, said_on):
        assert ends[-1] <= hit.start < hit.end <= len(text)
        ends.append(hit.end)
