"""Writing amounts: exact to the last digit, and rounded outwards."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.values.amounts import Amount, read_amount
from tests.values.amount_strategies import amounts, bounds

E8 = 10**8


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (Amount(), "未说明", "not stated"),
        (Amount(32 * E8, 32 * E8), "32亿元", "CNY 3.2 billion"),
        (
            Amount(20 * E8, 100 * E8, high_included=False),
            "20亿元至不足100亿元",
            "CNY 2 billion to below 10 billion",
        ),
        (
            Amount(52 * E8, 132 * E8, high_included=False, parts_not_stated=2),
            "52亿元至不足132亿元",
            "CNY 5.2 billion to below 13.2 billion",
        ),
        (Amount(low=40 * E8), "40亿元及以上", "at least CNY 4 billion"),
        (Amount(low=5000 * E8, low_included=False), "超过5000亿元", "above CNY 500 billion"),
        (Amount(high=100 * E8, high_included=False), "不足100亿元", "below CNY 10 billion"),
        (Amount(high=5 * E8), "不超过5亿元", "up to CNY 500 million"),
        (
            Amount(500_000, 500_000, approximate=True, unit="m²"),
            "约50万平方米",
            "about 500,000 m²",
        ),
        (
            Amount(10 * E8, 20 * E8, False, False),
            "超过10亿元至不足20亿元",
            "above CNY 1 billion to below 2 billion",
        ),
        (
            Amount(10 * E8, 20 * E8, low_included=False),
            "超过10亿元、不超过20亿元",
            "above CNY 1 billion, up to 2 billion",
        ),
        (Amount(30 * E8, 40 * E8), "30亿元至40亿元", "CNY 3 billion to 4 billion"),
        (Amount(5 * 10**7, E8), "5000万元至1亿元", "CNY 50 million to 100 million"),
        (Amount(500_000, 2 * 10**6), "50万元至200万元", "CNY 500,000 to 2,000,000"),
        (Amount(0, 5 * E8, parts_open_below=1), "不超过5亿元", "up to CNY 500 million"),
        (Amount(0, 5 * E8), "0元至5亿元", "CNY 0 to 500 million"),
        (Amount(low=0, parts_open_below=1), "0元及以上", "at least CNY 0"),
        (Amount(10**12, 10**12), "1万亿元", "CNY 1 trillion"),
        (Amount(999_900_000_000, 999_900_000_000), "9999亿元", "CNY 999.9 billion"),
    ],
)
def test_exact_words(amount, zh, en):
    assert amount.format("zh-hans") == zh
    assert amount.format("en") == en


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (1_234_560_000, "12.3456亿元", "CNY 1,234,560,000"),
        (1_234_567_890, "1,234,567,890元", "CNY 1,234,567,890"),
        (1_000_150_000_000, "10001.5亿元", "CNY 1,000,150,000,000"),
        (9999, "9,999元", "CNY 9,999"),
        (Decimal("1234.56"), "1,234.56元", "CNY 1,234.56"),
        (0, "0元", "CNY 0"),
    ],
)
def test_no_digit_is_lost(number, zh, en):
    amount = Amount(number, number)
    assert amount.format("zh-hans") == zh
    assert amount.format("en") == en


@pytest.mark.parametrize(
    ("number", "unit", "zh", "en"),
    [
        (35, "organizations", "35家", "35 organizations"),
        (1, "organizations", "1家", "1 organization"),
        (1, "people", "1人", "1 person"),
        (Decimal("17.1"), "percent", "17.1%", "17.1%"),
        (5 * 10**6, "USD", "500万美元", "USD 5 million"),
        (3, "sets", "3 sets", "3 sets"),
        (30_000, "台", "3万台", "30,000 台"),
    ],
)
def test_units(number, unit, zh, en):
    amount = Amount(number, number, unit=unit)
    assert amount.format("zh-hans") == zh
    assert amount.format("en") == en


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (
            Amount(5_237_000_000, 13_211_000_000, high_included=False),
            "52.3亿元至不足133亿元",
            "CNY 5.23 billion to below 13.3 billion",
        ),
        (Amount(low=1_239), "1,230元及以上", "at least CNY 1,230"),
        (Amount(high=999_100_000), "不超过10亿元", "up to CNY 1 billion"),
        (Amount(200_820_000_000, 200_820_000_000), "2008.2亿元", "CNY 200.82 billion"),
        (Amount(1_234_567, 1_234_567), "约123万元", "about CNY 1.23 million"),
        (Amount(1_235_500, 1_235_500), "123.55万元", "CNY 1.2355 million"),
        (Amount(), "未说明", "not stated"),
    ],
)
def test_rounded_words(amount, zh, en):
    assert amount.format_rounded("zh-hans") == zh
    assert amount.format_rounded("en") == en


units = st.sampled_from(["CNY", "USD", "JPY", "m²", "mu", "organizations", "people", "percent"])
languages = st.sampled_from(["zh-hans", "en"])


@given(units.flatmap(amounts), languages)
def test_exact_words_read_back(amount, language):
    assert read_amount(amount.format(language), amount.unit) == amount


@given(amounts(unit="sets"), languages)
def test_words_in_an_unknown_unit_read_back(amount, language):
    assert read_amount(amount.format(language), "sets") == amount


@given(amounts(), languages)
def test_rounding_never_leaves_anything_out(amount, language):
    rounded = read_amount(amount.format_rounded(language))
    assert amount.lies_within(rounded) or (amount.exact and rounded.approximate)


@given(bounds, languages)
def test_rounding_one_number_stays_near(number, language):
    rounded = read_amount(Amount(number, number).format_rounded(language))
    assert abs(rounded.low - number) * 200 <= number
