"""Reading the words of amounts: each row of the table of words, and what is refused."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.values.amounts import Amount, UnreadableWords, read_amount

W, E8 = 10**4, 10**8
M, B = 10**6, 10**9


def exactly(number, **fields):
    return Amount(number, number, **fields)


def about(number, **fields):
    return Amount(number, number, approximate=True, **fields)


def inside(low, high, **fields):
    """Between two bounds that are both excluded."""
    return Amount(low, high, False, False, **fields)


def under(low, high):
    """From an included bound to an excluded one."""
    return Amount(low, high, high_included=False)


EXACT = {
    "32亿元": 32 * E8,
    "5000万元": 5000 * W,
    "3.2亿": 320_000_000,
    "16.4亿": 1_640_000_000,
    "282.4 billion yuan": 282_400_000_000,
    "３２亿元": 32 * E8,
    "32 亿元": 32 * E8,
    "1,234,567元": 1_234_567,
    "1，234，567元": 1_234_567,
    "12,500万元": 12_500 * W,
    "1万亿元": 10**12,
    "3千万元": 3000 * W,
    "5百万": 500 * W,
    "3百亿元": 300 * E8,
    "3千亿元": 3000 * E8,
    "12亿3456万元": 1_234_560_000,
    "1万2345元": 12_345,
    "3亿5千万元": 350_000_000,
    "CNY 3.2 billion": 3_200_000_000,
    "cny 3.2 Billion": 3_200_000_000,
    "RMB 3.2 billion": 3_200_000_000,
    "3.2bn yuan": 3_200_000_000,
    "5 mn CNY": 5 * M,
    "2 trillion yuan": 2 * 10**12,
    "人民币32亿元": 32 * E8,
    "32亿元人民币": 32 * E8,
    "32亿人民币": 32 * E8,
    "¥32亿": 32 * E8,
    "￥32亿元": 32 * E8,
    "三十二亿元": 32 * E8,
    "一百亿": 100 * E8,
    "两亿": 2 * E8,
    "十亿": 10 * E8,
    "一点五亿": 150_000_000,
    "一亿零三百万元": 103 * M,
    "十二亿三千四百五十六万元": 1_234_560_000,
    "三万五千亿元": 35_000 * E8,
    "0.5亿元": 50 * M,
    "1.23456789012亿元": Decimal("123456789.012"),
}

UNITS = {
    "3.2亿美元": exactly(320 * M, unit="USD"),
    "USD 5 million": exactly(5 * M, unit="USD"),
    "US$5 million": exactly(5 * M, unit="USD"),
    "$5 million": exactly(5 * M, unit="USD"),
    "HK$5 million": exactly(5 * M, unit="HKD"),
    "5亿港元": exactly(5 * E8, unit="HKD"),
    "€2 million": exactly(2 * M, unit="EUR"),
    "2亿欧元": exactly(2 * E8, unit="EUR"),
    "30亿日元": exactly(30 * E8, unit="JPY"),
    "1亿英镑": exactly(E8, unit="GBP"),
    "50万平方米": exactly(50 * W, unit="m²"),
    "50万㎡": exactly(50 * W, unit="m²"),
    "500,000 m²": exactly(500_000, unit="m²"),
    "500,000 m2": exactly(500_000, unit="m²"),
    "500,000 square metres": exactly(500_000, unit="m²"),
    "约50万平方米": about(50 * W, unit="m²"),
    "200亩": exactly(200, unit="mu"),
    "35家": exactly(35, unit="organizations"),
    "上万人": Amount(low=W, unit="people"),
    "17.1%": exactly(Decimal("17.1"), unit="percent"),
    "17.1 ％": exactly(Decimal("17.1"), unit="percent"),
}

VAGUE = {
    "数十亿元": under(20 * E8, 100 * E8),
    "数亿元": under(2 * E8, 10 * E8),
    "数百万元": under(200 * W, 1000 * W),
    "数千万": under(2000 * W, 10_000 * W),
    "数百亿": under(200 * E8, 1000 * E8),
    "几亿元": under(2 * E8, 10 * E8),
    "几十亿元": under(20 * E8, 100 * E8),
    "十几亿元": inside(10 * E8, 20 * E8),
    "二十几亿元": inside(20 * E8, 30 * E8),
    "十余亿元": inside(10 * E8, 20 * E8),
    "两三千万元": Amount(2000 * W, 3000 * W, approximate=True),
    "三五亿元": Amount(3 * E8, 5 * E8, approximate=True),
    "3000余万元": inside(3000 * W, 4000 * W),
    "3000多万元": inside(3000 * W, 4000 * W),
    "3200余万元": inside(3200 * W, 3300 * W),
    "30余亿": inside(30 * E8, 40 * E8),
    "三十多亿元": inside(30 * E8, 40 * E8),
    "3亿多元": inside(3 * E8, 4 * E8),
    "100余家": inside(100, 200, unit="organizations"),
    "百余家": inside(100, 200, unit="organizations"),
}

RANGES = {
    "30亿—40亿元": Amount(30 * E8, 40 * E8),
    "30亿–40亿元": Amount(30 * E8, 40 * E8),
    "30亿~40亿元": Amount(30 * E8, 40 * E8),
    "30至40亿元": Amount(30 * E8, 40 * E8),
    "30-40亿元": Amount(30 * E8, 40 * E8),
    "30亿元到40亿元": Amount(30 * E8, 40 * E8),
    "介于30亿元和40亿元之间": Amount(30 * E8, 40 * E8),
    "三至五亿元": Amount(3 * E8, 5 * E8),
    "三百至五百万元": Amount(300 * W, 500 * W),
    "3-5百万元": Amount(300 * W, 500 * W),
    "5000万-1亿元": Amount(5000 * W, E8),
    "3000元至2万元": Amount(3000, 20_000),
    "20亿元至不足100亿元": under(20 * E8, 100 * E8),
    "超过10亿元至不足20亿元": inside(10 * E8, 20 * E8),
    "约30亿至40亿元": Amount(30 * E8, 40 * E8, approximate=True),
    "30亿至40亿元左右": Amount(30 * E8, 40 * E8, approximate=True),
    "不低于30亿元不超过40亿元": Amount(30 * E8, 40 * E8),
    "40亿元以上50亿元以下": Amount(40 * E8, 50 * E8),
    "超过10亿元、不超过20亿元": Amount(10 * E8, 20 * E8, low_included=False),
    "CNY 20 to 30 billion": Amount(20 * B, 30 * B),
    "between 2 and 3 billion yuan": Amount(2 * B, 3 * B),
    "from 2 to 3 billion yuan": Amount(2 * B, 3 * B),
    "CNY 500 million to 2 billion": Amount(500 * M, 2 * B),
    "500 thousand to 2 million yuan": Amount(500_000, 2 * M),
    "above CNY 1 billion, up to 2 billion": Amount(B, 2 * B, low_included=False),
    "at least CNY 1 billion but less than 2 billion": under(B, 2 * B),
    "$20-30 million": Amount(20 * M, 30 * M, unit="USD"),
    "10%-20%": Amount(10, 20, unit="percent"),
}

FROM = Amount(low=40 * E8)
ABOVE = Amount(low=40 * E8, low_included=False)
UP_TO = Amount(high=40 * E8)
BELOW = Amount(high=40 * E8, high_included=False)
ABOUT = about(40 * E8)
SIDES = {
    **dict.fromkeys(("不低于40亿元", "不少于40亿元", "至少40亿元", "至少 40亿元"), FROM),
    **dict.fromkeys(("40亿元以上", "40亿元及以上", "人民币不低于40亿元"), FROM),
    **dict.fromkeys(("at least 4 billion yuan", "no less than CNY 4 billion"), FROM),
    **dict.fromkeys(("not less than RMB 4 billion", "4 billion yuan or more"), FROM),
    **dict.fromkeys(("超40亿元", "超过40亿元", "逾40亿元", "突破40亿元"), ABOVE),
    **dict.fromkeys(("more than 4 billion yuan", "over CNY 4 billion"), ABOVE),
    **dict.fromkeys(("above CNY 4 billion", "exceed 4 billion yuan"), ABOVE),
    **dict.fromkeys(("不超过40亿元", "最多40亿元", "40亿元以内", "40亿元以下"), UP_TO),
    **dict.fromkeys(("up to CNY 4 billion", "no more than 4 billion yuan"), UP_TO),
    "at most 4 billion yuan": UP_TO,
    **dict.fromkeys(("近40亿元", "不足40亿元", "不到40亿元"), BELOW),
    **dict.fromkeys(("nearly 4 billion yuan", "less than CNY 4 billion"), BELOW),
    **dict.fromkeys(("below 4 billion yuan", "under 4 billion yuan"), BELOW),
    **dict.fromkeys(("约40亿元", "大约40亿元", "40亿元左右", "40亿元上下", "约40亿元左右"), ABOUT),
    **dict.fromkeys(("about CNY 4 billion", "around 4 billion yuan"), ABOUT),
    **dict.fromkeys(("approximately RMB 4 billion", "人民币约40亿元"), ABOUT),
    "上百亿元": Amount(low=100 * E8),
    "上千万": Amount(low=1000 * W),
    "超百亿元": Amount(low=100 * E8, low_included=False),
    "近千亿元": Amount(high=1000 * E8, high_included=False),
    "exceed 500 billion yuan": Amount(low=500 * B, low_included=False),
    "未说明": Amount(),
    "Not stated": Amount(),
}

READ = {
    **{words: exactly(number) for words, number in EXACT.items()},
    **UNITS,
    **VAGUE,
    **RANGES,
    **SIDES,
}


@pytest.mark.parametrize(("words", "amount"), READ.items())
def test_words_that_are_read(words, amount):
    assert read_amount(words) == amount
    assert read_amount(f"  {words} ") == amount


REFUSED = [
    # A rest that no rule reads.
    *(
        "项目投资数十亿元",
        "32亿元/年",
        "32亿美元左右的一半",
        "负3亿元",
        "-3亿元",
        "32亿台",
        "50万平",
    ),
    *(
        "百亿级",
        "亿元级",
        "一亿半",
        "预计40亿元",
        "40亿元(含)",
        "32亿元。",
        "3.2 billion yuan a year",
    ),
    *("32亿加元", "A$5 million", "5 billion dollars", "100个", "17.1个百分点"),
    # Numbers that are none, or two.
    *(
        "3.2.1亿元",
        "30,00万元",
        "1,5亿元",
        "NaN",
        "inf",
        "Infinity元",
        "1e9元",
        "032亿元",
        ".5亿元",
    ),
    *("5.亿元", "3 2亿元", "三亿 四亿", "٣亿元", "½亿元", "①亿元", "32²亿元", "m²3²亿元"),
    *(
        "一百五亿",
        "三万五元",
        "二〇二〇亿",
        "二零亿",
        "一二三四亿",
        "三四五亿",
        "3万5元",
        "12亿3456",
    ),
    *("3亿5亿元", "3亿50000万元", "十两亿", "两十亿", "零元"),
    # Too vague to bound.
    *("百亿元", "万元", "亿", "元", "数元", "32余亿元", "3.2亿余元", "几十几亿元", "约百亿元"),
    *("32", "2020", "2020年", "30-40", "数百", "上三十亿元"),
    # Words that do not go together.
    *("约超过5亿元", "超过5亿元以上", "近50亿元左右", "超数十亿元", "约数十亿元", "3000余万元左右"),
    *("人民币32亿美元", "¥32亿日元", "32亿元人民币美元", "20亿元至30亿美元"),
    # Ranges that are reversed, half, or can be read in two ways.
    *("40亿-30亿元", "30亿-30亿元", "30亿至", "至30亿", "3000至2万元", "10-20-30亿元"),
    *("CNY 20 to CNY 30 billion", "三至五百万元", "3千-5千万元", "1万-2万亿元", "一万至两万亿元"),
    *("超过10亿元至20亿元", "不低于30至40亿元", "不低于30亿元至少40亿元", "不低于3不超过5亿元"),
    "超过10亿元、不超过约20亿元",
    *("30亿和40亿元", "between 2 to 3 billion yuan", "数亿至十亿元", "三十至40亿元"),
    # Nothing at all, or impossible.
    *("", "   ", "不足0元", "9" * 40 + "元"),
]


@pytest.mark.parametrize("words", REFUSED)
def test_words_that_are_refused(words):
    with pytest.raises(UnreadableWords):
        read_amount(words)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("项目投资数十亿元", "项目投资"),
        ("32亿元/年", "/年"),
        ("百亿级", "级"),
        ("32²亿元", "²"),
        ("40亿-30亿元", "40亿-30亿元"),
    ],
)
def test_the_refusal_names_the_part(words, part):
    with pytest.raises(UnreadableWords) as refusal:
        read_amount(words)
    assert refusal.value.words == words
    assert refusal.value.part == part


def test_the_default_unit_is_for_figures_without_one():
    assert read_amount("3.2亿", "USD") == exactly(320 * M, unit="USD")
    assert read_amount("3.2亿元", "USD") == exactly(320 * M)
    assert read_amount("35", "organizations") == exactly(35, unit="organizations")
    assert read_amount("at least 35 sets", "sets") == Amount(low=35, unit="sets")
    assert read_amount("未说明", "m²") == Amount(unit="m²")


@pytest.mark.parametrize(
    "piece", ["1", "亿", "不超过", "以上", "to ", "1-", "1,", "一", "人民币", "a", " ", "²", "ﷺ"]
)
@pytest.mark.parametrize("length", [190, 140_000])
def test_long_words_are_refused_fast(piece, length):
    words = piece * (length // len(piece))
    started = time.perf_counter()
    with pytest.raises(UnreadableWords) as refusal:
        read_amount(words)
    assert time.perf_counter() - started < 1
    assert len(str(refusal.value)) < 1000


PIECES = """
3 30 0.5 1,000 三 三十 一百 百 千 万 亿 万亿 元 美元 家 % 约 左右 超 近 上 数 几 余 多 至 到 -
以上 以下 不超过 不足 人民币 $ 、 半 两 点 零 , . 和 之间 介于 between and to billion yuan ²
"""
pieces = st.sampled_from(PIECES.split())
mixed = st.lists(pieces | st.just(" "), max_size=9).map("".join)


@given(st.text(max_size=40) | mixed, st.sampled_from(["CNY", "m²", "sets", "", "元"]))
def test_nothing_but_a_refusal_is_raised(words, default_unit):
    try:
        amount = read_amount(words, default_unit)
    except UnreadableWords as refusal:
        assert refusal.message("zh-hans")
    else:
        assert isinstance(amount, Amount)


@given(mixed)
def test_what_is_read_means_the_same_when_written(words):
    try:
        amount = read_amount(words)
    except UnreadableWords:
        return
    for language in ("zh-hans", "en"):
        assert read_amount(amount.format(language), amount.unit) == amount
