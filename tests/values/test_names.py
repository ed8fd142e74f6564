"""Names in a text: the longest first, whole words, both languages."""

from time import perf_counter

import pytest

from projects.values.names import find_names


def found(text, *names):
    """The words of each name that was found, with what is called so."""
    return [
        (text[one.start : one.end], *one.things)
        for one in find_names(text, [(name, name) for name in names])
    ]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("海蓝集团和海蓝", ["海蓝", "海蓝集团"], [("海蓝集团", "海蓝集团"), ("海蓝", "海蓝")]),
        ("海　蓝\n集 团", ["海蓝集团"], [("海　蓝\n集 团", "海蓝集团")]),
        ("海蓝（渝）公司", ["海蓝(渝)公司"], [("海蓝（渝）公司", "海蓝(渝)公司")]),
        ("ＨＬＧ宣布", ["HLG"], [("ＨＬＧ", "HLG")]),
        ("the hailan software park", ["Hailan Software Park"],
         [("hailan software park", "Hailan Software Park")]),
        ("HLGX and XHLG and HLG2", ["HLG"], []),
        ("The hlg is none", ["HLG"], []),
        ("HLG与HLG", ["HLG"], [("HLG", "HLG"), ("HLG", "HLG")]),
        ("Hailand", ["Hailan"], []),
        ("12园区", ["2园区"], []),
        ("海", ["海"], []),
        ("海蓝", ["", "  "], []),
        ("", ["海蓝"], []),
        ("İstanbul Hailan", ["Hailan"], [("Hailan", "Hailan")]),
    ],
)  # fmt: skip
def test_names(text, names, expected):
    assert found(text, *names) == expected


def test_one_name_of_several_things():
    (one,) = find_names("海蓝", [("海蓝", "a company"), ("海蓝", "a place"), ("海蓝", "a company")])
    assert one.things == ("a company", "a place")


def test_a_long_text_and_many_names_take_no_longer_than_their_sum():
    text = "海蓝集团第二制造基地与海蓝集团第三研究院" * 3500
    names = [f"海蓝集团第{number}研究院" for number in range(600)]
    start = perf_counter()
    assert len(find_names(text + "海蓝集团第599研究院", [(name, name) for name in names])) == 1
    assert perf_counter() - start < 2
