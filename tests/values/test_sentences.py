"""Paragraphs and sentences, with their places."""

import pytest

from projects.values.sentences import (
    LONGEST_SENTENCE,
    paragraph_number,
    paragraphs,
    sentences,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙！丙", ["甲。", "乙！", "丙"]),
        ("他说：“甲。”乙；丙", ["他说：“甲。”", "乙；", "丙"]),
        ("It cost 3.2 billion. Then it opened.", ["It cost 3.2 billion.", " Then it opened."]),
        ("甲\r\n\r\n乙", ["甲", "乙"]),
        ("", []),
        ("字" * (LONGEST_SENTENCE + 1), ["字" * LONGEST_SENTENCE, "字"]),
    ],
)
def test_sentences(text, expected):
    assert [text[span.start : span.end] for span in sentences(text)] == expected


def test_blank_lines_are_no_paragraphs():
    text = "一\r\n　\r\n二\n\n三"
    assert [text[span.start : span.end] for span in paragraphs(text)] == ["一", "二", "三"]
    numbers = [paragraph_number(text, text.index(word)) for word in "一二三"]
    assert numbers == [1, 2, 3]
    assert paragraph_number("", 0) == 1
