"""The table of words, reading for reading, as worked out by hand from the rules."""

from datetime import date

import pytest

from projects.values import examples

AMOUNTS = [
    ("32亿元", "32亿元", "CNY 3.2 billion"),
    ("5000万元", "5000万元", "CNY 50 million"),
    ("3.2亿", "3.2亿元", "CNY 320 million"),
    ("3.2亿美元", "3.2亿美元", "USD 320 million"),
    ("282.4 billion yuan", "2824亿元", "CNY 282.4 billion"),
    ("数十亿元", "20亿元至不足100亿元", "CNY 2 billion to below 10 billion"),
    ("数亿元", "2亿元至不足10亿元", "CNY 200 million to below 1 billion"),
    ("数百万元", "200万元至不足1000万元", "CNY 2 million to below 10 million"),
    ("十几亿元", "超过10亿元至不足20亿元", "above CNY 1 billion to below 2 billion"),
    ("3000余万元", "超过3000万元至不足4000万元", "above CNY 30 million to below 40 million"),
    ("两三千万元", "约2000万元至3000万元", "about CNY 20 million to 30 million"),
    ("30亿—40亿元", "30亿元至40亿元", "CNY 3 billion to 4 billion"),
    ("30至40亿元", "30亿元至40亿元", "CNY 3 billion to 4 billion"),
    ("between 2 and 3 billion yuan", "20亿元至30亿元", "CNY 2 billion to 3 billion"),
    ("不低于40亿元", "40亿元及以上", "at least CNY 4 billion"),
    ("不少于40亿元", "40亿元及以上", "at least CNY 4 billion"),
    ("至少40亿元", "40亿元及以上", "at least CNY 4 billion"),
    ("40亿元以上", "40亿元及以上", "at least CNY 4 billion"),
    ("上百亿元", "100亿元及以上", "at least CNY 10 billion"),
    ("at least 4 billion yuan", "40亿元及以上", "at least CNY 4 billion"),
    ("超5000亿元", "超过5000亿元", "above CNY 500 billion"),
    ("超过5000亿元", "超过5000亿元", "above CNY 500 billion"),
    ("逾5000亿元", "超过5000亿元", "above CNY 500 billion"),
    ("突破5000亿元", "超过5000亿元", "above CNY 500 billion"),
    ("over CNY 500 billion", "超过5000亿元", "above CNY 500 billion"),
    ("近100亿元", "不足100亿元", "below CNY 10 billion"),
    ("不足100亿元", "不足100亿元", "below CNY 10 billion"),
    ("不到100亿元", "不足100亿元", "below CNY 10 billion"),
    ("nearly 10 billion yuan", "不足100亿元", "below CNY 10 billion"),
    ("不超过5亿元", "不超过5亿元", "up to CNY 500 million"),
    ("up to CNY 500 million", "不超过5亿元", "up to CNY 500 million"),
    ("约50万平方米", "约50万平方米", "about 500,000 m²"),
    ("50亿元左右", "约50亿元", "about CNY 5 billion"),
    ("about 500,000 m²", "约50万平方米", "about 500,000 m²"),
    ("未说明", "未说明", "not stated"),
]

# (words, EDTF, Chinese, English); the first and last day stand in the EDTF text or are in ENDS
DATES = [
    ("2016年1月", "2016-01", "2016年1月", "January 2016"),
    ("2018年10月15日", "2018-10-15", "2018年10月15日", "15 October 2018"),
    ("2020年", "2020", "2020年", "2020"),
    ("15 October 2018", "2018-10-15", "2018年10月15日", "15 October 2018"),
    ("4月26日", "2020-04-26", "2020年4月26日", "26 April 2020"),
    ("5月1日", "2019-05-01", "2019年5月1日", "1 May 2019"),
    ("本月初", "2020-04-01/2020-04-10", "2020年4月1日至10日", "1–10 April 2020"),
    ("今年2月", "2020-02", "2020年2月", "February 2020"),
    ("去年3月", "2019-03", "2019年3月", "March 2019"),
    ("明年6月", "2021-06", "2021年6月", "June 2021"),
    ("March last year", "2019-03", "2019年3月", "March 2019"),
    ("2016年初", "2016-01/2016-04", "2016年1月至4月", "January–April 2016"),
    ("2016年中", "2016-05/2016-08", "2016年5月至8月", "May–August 2016"),
    ("2016年底", "2016-09/2016-12", "2016年9月至12月", "September–December 2016"),
    ("2016年末", "2016-09/2016-12", "2016年9月至12月", "September–December 2016"),
    ("early 2016", "2016-01/2016-04", "2016年1月至4月", "January–April 2016"),
    ("2023年底前", "../2023-12-31", "不晚于2023年12月31日", "by 31 December 2023"),
    ("by the end of 2023", "../2023-12-31", "不晚于2023年12月31日", "by 31 December 2023"),
    ("上半年", "2020-40", "2020年上半年", "first half of 2020"),
    ("三季度", "2020-35", "2020年第三季度", "Q3 2020"),
    ("月初", "2020-04-01/2020-04-10", "2020年4月1日至10日", "1–10 April 2020"),
    ("中旬", "2020-04-11/2020-04-20", "2020年4月11日至20日", "11–20 April 2020"),
    ("下旬", "2020-04-21/2020-04-30", "2020年4月21日至30日", "21–30 April 2020"),
    (
        *("未来3-5年", "2023-04-01/2025-04-30"),
        *("2023年4月1日至2025年4月30日", "1 April 2023 – 30 April 2025"),
    ),
    (
        *("三年内", "2020-04-01/2023-04-30"),
        *("2020年4月1日至2023年4月30日", "1 April 2020 – 30 April 2023"),
    ),
    (
        *("in 3 to 5 years", "2023-04-01/2025-04-30"),
        *("2023年4月1日至2025年4月30日", "1 April 2023 – 30 April 2025"),
    ),
    (
        *("未来3-5年", "2023-04-26/2025-04-26"),
        *("2023年4月26日至2025年4月26日", "26 April 2023 – 26 April 2025"),
    ),
    (
        *("三年内", "2020-04-26/2023-04-26"),
        *("2020年4月26日至2023年4月26日", "26 April 2020 – 26 April 2023"),
    ),
]

ENDS = [
    ("2016年1月", date(2016, 1, 1), date(2016, 1, 31)),
    ("2020年", date(2020, 1, 1), date(2020, 12, 31)),
    ("2016年中", date(2016, 5, 1), date(2016, 8, 31)),
    ("2023年底前", None, date(2023, 12, 31)),
    ("上半年", date(2020, 1, 1), date(2020, 6, 30)),
    ("三季度", date(2020, 7, 1), date(2020, 9, 30)),
]

REFUSED_AMOUNTS = {
    "项目投资数十亿元": "项目投资",
    "32亿元/年": "/年",
    "百亿级": "级",
    "百亿元": "百亿元",
    "32": "32",
    "40亿-30亿元": "40亿-30亿元",
    "超数十亿元": "超数十亿元",
    "5 billion dollars": "dollars",
}

REFUSED_DATES = {
    "近日": "近日",
    "不久": "不久",
    "5月": "5月",
    "数十年内": "数十年内",
    "2016年1月以前": "以前",
}


def examples_of(groups):
    return [example for group in groups for example in group.examples]


@pytest.mark.parametrize(("language", "column"), [("zh-hans", 1), ("en", 2)])
def test_every_amount_reads_as_by_hand(language, column):
    found = examples_of(examples.amount_groups(language))
    assert [(one.words, one.reading) for one in found] == [(row[0], row[column]) for row in AMOUNTS]


@pytest.mark.parametrize(("language", "column"), [("zh-hans", 2), ("en", 3)])
def test_every_date_reads_as_by_hand(language, column):
    found = examples_of(examples.date_groups(language))
    assert [(one.words, one.edtf, one.reading) for one in found] == [
        (row[0], row[1], row[column]) for row in DATES
    ]


@pytest.mark.parametrize(("words", "earliest", "latest"), ENDS)
def test_a_date_has_its_first_and_last_possible_day(words, earliest, latest):
    [found] = [one for one in examples_of(examples.date_groups("en")) if one.words == words]
    assert (found.earliest, found.latest) == (earliest, latest)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_refused_words_name_their_part(language):
    amounts, dates = examples.refused_amounts(language), examples.refused_dates(language)
    assert {one.words: one.part for one in amounts} == REFUSED_AMOUNTS
    assert {one.words: one.part for one in dates} == REFUSED_DATES
    for one in (*amounts, *dates):
        assert not one.reading
        assert f"“{one.part}”" in one.refusal
        assert ("无法识别" in one.refusal) == (language == "zh-hans")


def test_words_that_a_reader_no_longer_reads_show_their_refusal(monkeypatch):
    monkeypatch.setitem(examples.AMOUNTS, "exact", ("32亿元/月",))
    [found] = examples.amount_groups("en")[0].examples
    assert not found.reading
    assert found.part == "/月"


def test_words_say_their_language():
    assert examples.Example("3000余万元").chinese
    assert not examples.Example("about 500,000 m²").chinese
