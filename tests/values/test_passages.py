"""Words found in a text, with their places in it as it is given; what is around and like them."""

import time
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from projects.values.folded_text import Span, divides_number
from projects.values.passages import AROUND, FARTHEST, are_words, around, cut, find, nearest

TEXT = (
    "　　2020年，软件业务收入力争达到\n2000 亿元，年均增长15％以上；"
    "到２０２５年，力争３５００亿元。\n"
    "2016年初，长城网际入股城投标信，建成约50万㎡。"
)

LETTERS = "数十亿元年力争2005８９,.，。；;（()% \n　…ab㎡"
TEXTS = st.text(LETTERS, min_size=1, max_size=60)


def quoted(words, text=TEXT):
    """What the text has at the places where the words were found."""
    passage = find(words, text)
    return passage and [text[span.start : span.end] for span in passage.spans]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2000亿元", ["2000 亿元"]),
        ("达到2000亿元", ["达到\n2000 亿元"]),
        ("３５００亿元", ["３５００亿元"]),
        ("3500亿元", ["３５００亿元"]),
        ("2025 年", ["２０２５年"]),
        ("年均增长15%以上;到", ["年均增长15％以上；到"]),
        ("50万m2", ["50万㎡"]),
        ("亿\u200b元", ["亿元"]),
        ("力争…3500亿元", ["力争", "３５００亿元"]),
        ("力争……2000亿元，……15%", ["力争", "2000 亿元，", "15％"]),
        ("力争...2000亿元", ["力争", "2000 亿元"]),
        ("力争[…]2000亿元", ["力争", "2000 亿元"]),
        ("…力争3500亿元……", ["力争３５００亿元"]),
        ("入股；2016年初", ["2016年初", "入股"]),
        ("2016年初;入股", ["2016年初", "入股"]),
        ("城投标信；长城…入股；2016年", ["2016年", "长城", "入股", "城投标信"]),
    ],
)
def test_words_are_found(words, expected):
    assert quoted(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "2001亿元",
        "3500亿元…2000亿元",
        "入股…2016年初",
        "入股；2017年初",
        "软件收入",
        "",
        " \n",
        "……",
    ],
)
def test_words_are_not_found(words):
    assert find(words, TEXT) is None


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("500亿元", "3500亿元"),
        ("５００亿元", "３５００亿元"),
        ("500亿元", "3,500亿元"),
        ("8.2亿元", "2008.2亿元"),
        ("2亿元", "2008.2亿元"),
        ("增长10", "增长10.5%"),
        ("202", "2021年"),
        ("力争…500亿元", "力争3500亿元"),
    ],
)
def test_a_part_of_a_number_is_another_number(words, text):
    assert find(words, text) is None
    assert find(words, f"{text}。{words}") is not None


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("500亿元", "2023 500亿元"),
        ("2022", "2021,2022"),
        ("1.15", "2016.1.15"),
        ("10", "增长10."),
        ("3,500", "约3,500."),
        ("亿元", "3500亿元"),
    ],
)
def test_beside_a_number_is_not_within_it(words, text):
    assert find(words, text) is not None


def test_a_letter_and_its_accent_are_one():
    assert quoted("café", "un cafe\u0301 noir") == ["cafe\u0301"]
    assert quoted("cafe\u0301", "un café noir") == ["café"]
    assert find("cafe", "un cafe\u0301 noir") is None
    assert quoted("ガス", "都市ｶﾞｽの") == ["ｶﾞｽ"]


def test_parts_that_are_too_far_apart():
    between = "甲" * FARTHEST
    assert find("力争…2000亿元", f"力争{between}2000亿元") is not None
    assert find("力争…2000亿元", f"力争{between}甲2000亿元") is None
    assert find("力争；2000亿元", f"2000亿元{between}甲力争") is None


def test_the_parts_that_are_closest_together():
    text = "力争甲力争乙2000亿元丙2000亿元"
    assert find("力争…2000亿元", text).spans == (Span(3, 5), Span(6, 12))
    # The nearest 乙 to the first 甲 has no 丙 within reach, a later one does.
    text = f"甲乙{'丁' * FARTHEST}乙丙"
    assert find("甲…乙…丙", text) is None
    assert find("甲…乙…丙", text[1:].replace("丁乙", "甲丁乙")).start == FARTHEST


def test_phrases_in_another_order_say_so():
    assert find("2016年初；入股", TEXT).in_order
    assert not find("入股；2016年初", TEXT).in_order
    assert find("力争…2000亿元", TEXT).in_order


def test_of_several_places_the_first():
    passage = find("亿元", "1亿元、2亿元")
    assert (passage.start, passage.end, passage.places) == (1, 3, 2)
    assert find("2亿元", "1亿元、2亿元").places == 1


@given(TEXTS, st.data())
def test_what_was_cut_out_of_a_text_is_found_in_it(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(not divides_number(text, start) and not divides_number(text, end))
    words = text[start:end]
    assume(are_words(words))
    for spelling in (
        words,
        unicodedata.normalize("NFKC", words),
        " ".join(words),
        "".join(words.split()),
    ):
        passage = find(spelling, text)
        assert passage is not None
        assert passage.end <= end


@given(TEXTS, TEXTS)
def test_what_is_found_is_the_words(words, text):
    passage = find(words, text)
    if passage is None:
        return
    ends = [edge for span in passage.spans for edge in (span.start, span.end)]
    assert ends == sorted(ends)
    assert 0 <= ends[0] < ends[-1] <= len(text)
    if len(passage.spans) == 1:
        found = plain(text[passage.start : passage.end])
        wanted = plain(words)
        # The letters of ㎡ and of … are found one by one, and shown as the whole.
        assert wanted.strip(".;()") in found
        assert not found[0].isspace()


@given(TEXTS, st.data())
def test_what_is_around_words(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    context = around(text[start:end], text)
    if context is None:
        return
    assert len(context.before) + len(context.after) <= AROUND
    folded = " ".join(f"“{text}”".split())
    passage = find(text[start:end], text)
    if len(passage.spans) == 1:
        whole = "".join((context.before, context.words, context.after))
        assert plain(whole) in plain(folded)


def plain(text):
    return "".join(unicodedata.normalize("NFKC", text).split())


class TestAround:
    def test_half_before_and_half_after(self):
        text = "甲" * 30 + "32亿元" + "乙" * 30
        context = around("32亿元", text)
        assert (context.before, context.words, context.after) == ("甲" * 20, "32亿元", "乙" * 20)

    def test_what_one_side_lacks_the_other_has(self):
        assert around("32亿元", "甲" * 5 + "32亿元" + "乙" * 90).after == "乙" * 35
        assert around("32亿元", "甲" * 90 + "32亿元" + "乙" * 5).before == "甲" * 35
        assert around("32亿元", "32亿元" + "乙" * 90).after == "乙" * 40
        assert around("32亿元", "甲" * 90 + "32亿元").before == "甲" * 40
        assert around("32亿元", "32亿元").before == ""

    def test_blanks_are_folded(self):
        context = around("32亿元", "甲\n\n\u3000\u3000乙  32\n亿元\t丙 ")
        assert (context.before, context.words, context.after) == ("甲 乙 ", "32 亿元", " 丙")

    def test_what_is_left_out_is_left_out_here_too(self):
        context = around("力争…2000亿元", f"力争{'密' * 150}2000亿元")
        assert (context.before, context.words, context.after) == ("", "力争…2000亿元", "")

    def test_no_number_is_cut_at_the_edge(self):
        context = around("32亿元", "2008.25" + "甲" * 18 + "32亿元" + "乙" * 18 + "3,500亿")
        assert (context.before, context.after) == ("甲" * 18, "乙" * 18)
        context = around("32亿元", "甲25" + "甲" * 18 + "32亿元" + "乙" * 18 + "35亿")
        assert (context.before, context.after) == ("25" + "甲" * 18, "乙" * 18 + "35")

    def test_nothing_around_words_that_do_not_occur(self):
        assert around("33亿元", "32亿元") is None


class TestNearest:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("2001亿元", "2000 亿元"),
            ("软件业收入力争达到", "件业务收入力争达到"),
            ("力争…3600亿元", "３５００亿元"),
            ("长城网际参股城投标信", "长城网际入股城投标信"),
            ("入股；2017年初", "2016年初"),
            ("约60万m2", "约50万㎡"),
        ],
    )
    def test_the_passage_most_like_the_words(self, words, expected):
        passage = nearest(words, TEXT)
        assert TEXT[passage.start : passage.end] == expected

    def test_a_part_of_a_number_leads_to_the_number(self):
        text = "甲" * 500 + "达到3500亿元" + "乙" * 500
        passage = nearest("500亿元", text)
        assert text[passage.start - 1 : passage.end] == "3500亿元"

    def test_nothing_like_the_words(self):
        assert nearest("32亿元", "别的事情") is None
        assert nearest("32亿元", "") is None
        assert nearest("……", TEXT) is None

    @given(st.text(LETTERS, max_size=20), TEXTS)
    def test_it_lies_in_the_text(self, words, text):
        passage = nearest(words, text)
        if passage is not None:
            assert 0 <= passage.start < passage.end <= len(text)


@pytest.mark.parametrize("text", [TEXT * 2000, "a" * 200_000, "1" * 200_000], ids=len)
def test_a_long_text_takes_a_moment(text):
    """About 0.2 s each; the bound is for a machine that is busy with other things."""
    for words in ("软件业务收入2700亿元", "软件" * 250, "力争…2000亿元…甲", "a" * 499 + "b"):
        begun = time.perf_counter()
        find(words, text)
        nearest(words, text)
        assert time.perf_counter() - begun < 5


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20))))
def test_pieces_make_up_the_text(text, pairs):
    spans = [Span(*sorted(pair)) for pair in pairs if max(pair) <= len(text)]
    pieces = cut(text, spans)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    for span in spans:
        covered = [one for one in pieces if span.start <= one.start and one.end <= span.end]
        assert "".join(text[one.start : one.end] for one in covered) == text[span.start : span.end]
