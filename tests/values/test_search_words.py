"""The spelling that is searched, and the part of a text around what was found."""

import pytest

from projects.values.search_words import excerpt, search_lines, search_words, searchable


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("École", "école"),
        ("E\u0301COLE", "école"),
        ("STRASSE Straße", "strasse strasse"),
        ("中国电子（重庆）软件产业园", "中国电子(重庆)软件产业园"),
        ("“十四五”、‘规划’。", "\"十四五\",'规划'."),
        ("《方案》【一】", "<方案>[一]"),
        ("2020—2022年", "2020-2022年"),
        ("2020～2022", "2020-2022"),
        ("李・宁·会", "李·宁·会"),
        (" 重庆　光谷\n二期 ", "重庆 光谷 二期"),
        ("㈱ ﾃｽﾄ ①", "(株) テスト 1"),
        ("100% a_b", "100% a_b"),
        ("", ""),
    ],
)
def test_one_spelling(written, expected):
    assert searchable(written) == expected
    assert searchable(expected) == expected


def test_the_words_of_a_query():
    assert search_words(" ＣＥＣ　软件；Park ") == ["cec", "软件", "park"]
    assert search_words("　;") == []


def test_lines_have_breaks_on_both_sides():
    assert search_lines(["中国电子", "", "CEC；中电; "]) == "\n中国电子\ncec\n中电\n"
    assert search_lines([]) == "\n"


def test_a_short_text_is_left_whole():
    assert excerpt("共建\n软件产业园", "软件") == "共建 软件产业园"


def test_a_long_text_is_cut_around_the_word():
    text = "前" * 100 + "Ｓoftware" + "后" * 100
    part = excerpt(text, "software")
    assert part == "…" + "前" * 19 + "Ｓoftware" + "后" * 31 + "…"
    assert len(part) == 60


def test_a_word_at_an_end_leaves_that_end_uncut():
    assert excerpt("Park " + "x" * 100, "park") == "Park " + "x" * 54 + "…"
    assert excerpt("x" * 100 + "park", "park") == "…" + "x" * 55 + "park"


def test_the_place_is_found_where_the_spelling_is_longer_than_the_text():
    """Each ㈱ is searched as three characters."""
    part = excerpt("㈱" * 100 + "park" + "x" * 100, "park", 20)
    assert part == "…" + "㈱" * 5 + "park" + "x" * 9 + "…"


def test_words_are_not_cut():
    text = "one two three four five six seven eight nine ten eleven twelve"
    assert excerpt(text, "seven", 30) == "…five six seven eight nine…"


def test_a_word_that_is_not_there_gives_the_beginning():
    assert excerpt("a" * 100, "park", 10) == "a" * 9 + "…"
