"""The words of dates: the table of words, the publication's day, and what is refused."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from projects.values.dates import UnreadableWords, VagueDate, read_date
from tests.values.date_strategies import DAYS, TEXTS

APRIL = VagueDate("2020-04")
SIGNING = date(2020, 4, 26)

# (words, what they say in a publication of April 2020)
READ = [
    ("2016年1月", "2016-01"),
    ("２０１６年１月", "2016-01"),
    ("2016 年 1 月份", "2016-01"),
    ("二〇一六年一月", "2016-01"),
    ("二○一六年", "2016"),
    ("2018年10月15日", "2018-10-15"),
    ("二〇一八年十月三十一日", "2018-10-31"),
    ("2020年", "2020"),
    ("2022年度", "2022"),
    ("2022年全年", "2022"),
    ("2023年内", "2023"),
    ("4月26日", "2020-04-26"),
    ("4月26号", "2020-04-26"),
    ("5月1日", "2019-05-01"),
    ("本月初", "2020-04-01/2020-04-10"),
    ("本月26日", "2020-04-26"),
    ("上月", "2020-03"),
    ("上个月底", "2020-03-21/2020-03-31"),
    ("下月", "2020-05"),
    ("今年2月", "2020-02"),
    ("去年3月", "2019-03"),
    ("明年6月", "2021-06"),
    ("前年", "2018"),
    ("后年", "2022"),
    ("今年", "2020"),
    ("年内", "2020"),
    ("2016年初", "2016-01/2016-04"),
    ("2016年年初", "2016-01/2016-04"),
    ("2016年中", "2016-05/2016-08"),
    ("2016年底", "2016-09/2016-12"),
    ("2016年末", "2016-09/2016-12"),
    ("去年底", "2019-09/2019-12"),
    ("年底", "2020-09/2020-12"),
    ("2023年底前", "../2023-12-31"),
    ("2023年年底之前", "../2023-12-31"),
    ("2020年6月底前", "../2020-06-30"),
    ("6月底前", "../2020-06-30"),
    ("上半年", "2020-40"),
    ("今年上半年", "2020-40"),
    ("2016年下半年", "2016-41"),
    ("三季度", "2020-35"),
    ("第三季度", "2020-35"),
    ("2022年一季度", "2022-33"),
    ("2022年4季度", "2022-36"),
    ("前三季度", "2020-33/2020-35"),
    ("2022年前三季度", "2022-33/2022-35"),
    ("今年前4月", "2020-01/2020-04"),
    ("前四个月", "2020-01/2020-04"),
    ("月初", "2020-04-01/2020-04-10"),
    ("上旬", "2020-04-01/2020-04-10"),
    ("月中旬", "2020-04-11/2020-04-20"),
    ("中旬", "2020-04-11/2020-04-20"),
    ("下旬", "2020-04-21/2020-04-30"),
    ("去年10月下旬", "2019-10-21/2019-10-31"),
    ("2020年2月底", "2020-02-21/2020-02-29"),
    ("未来3-5年", "2023-04-01/2025-04-30"),
    ("未来三到五年", "2023-04-01/2025-04-30"),
    ("三年内", "2020-04-01/2023-04-30"),
    ("两年之内", "2020-04-01/2022-04-30"),
    ("未来十年", "2020-04-01/2030-04-30"),
    ("半年内", "2020-04-01/2020-10-30"),
    ("18个月内", "2020-04-01/2021-10-30"),
    ("2021年至2023年", "2021/2023"),
    ("2021—2023年", "2021/2023"),
    ("2021~2023年", "2021/2023"),
    ("2021到2023年", "2021/2023"),
    ("2022年1—7月", "2022-01/2022-07"),
    ("2016年1月至4月", "2016-01/2016-04"),
    ("去年12月至今年3月", "2019-12/2020-03"),
    ("4月1日至10日", "2020-04-01/2020-04-10"),
    ("4月1-10日", "2020-04-01/2020-04-10"),
    ("2020年4月26日—5月3日", "2020-04-26/2020-05-03"),
    ("2020年一至三季度", "2020-33/2020-35"),
    ("“十四五”期间", "2021/2025"),
    ("十三五时期", "2016/2020"),
    ("十五期间", "2001/2005"),
    ("不晚于2020年4月", "../2020-04"),
    ("截至2022年7月底", "../2022-07-31"),
    ("2021年起", "2021/.."),
    ("自2021年1月起", "2021-01/.."),
    ("从2021年", "2021/.."),
    ("自2021年至2023年", "2021/2023"),
    ("2022年1-7月份", "2022-01/2022-07"),
    ("4月26日至5月3日", "2020-04-26/2020-05-03"),
    ("12月26日至今年1月3日", "2019-12-26/2020-01-03"),
    ("15 October 2018", "2018-10-15"),
    ("15th of October, 2018", "2018-10-15"),
    ("October 15, 2018", "2018-10-15"),
    ("Oct. 15 2018", "2018-10-15"),
    ("October 2018", "2018-10"),
    ("in Sept 2018", "2018-09"),
    ("2018-10-15", "2018-10-15"),
    ("2018/10/5", "2018-10-05"),
    ("2018.10.5", "2018-10-05"),
    ("2018-10", "2018-10"),
    ("2018", "2018"),
    ("early 2016", "2016-01/2016-04"),
    ("mid-2016", "2016-05/2016-08"),
    ("the end of 2016", "2016-09/2016-12"),
    ("by the end of 2023", "../2023-12-31"),
    ("before the end of June 2023", "../2023-06-30"),
    ("by April 2020", "../2020-04"),
    ("Q3 2016", "2016-35"),
    ("2016 Q3", "2016-35"),
    ("the third quarter of 2016", "2016-35"),
    ("the first three quarters of 2016", "2016-33/2016-35"),
    ("first half of 2016", "2016-40"),
    ("H2 2016", "2016-41"),
    ("first half of this year", "2020-40"),
    ("February this year", "2020-02"),
    ("March last year", "2019-03"),
    ("late last year", "2019-09/2019-12"),
    ("26 April", "2020-04-26"),
    ("early this month", "2020-04-01/2020-04-10"),
    ("this year", "2020"),
    ("within three years", "2020-04-01/2023-04-30"),
    ("over the next 2 years", "2020-04-01/2022-04-30"),
    ("in 3 to 5 years", "2023-04-01/2025-04-30"),
    ("in the next three to five years", "2023-04-01/2025-04-30"),
    ("within half a year", "2020-04-01/2020-10-30"),
    ("January–April 2016", "2016-01/2016-04"),
    ("from January to April 2016", "2016-01/2016-04"),
    ("between 2021 and 2023", "2021/2023"),
    ("1–10 April 2020", "2020-04-01/2020-04-10"),
    ("April 1–10, 2020", "2020-04-01/2020-04-10"),
    ("from 2021", "2021/.."),
]

# (words, the part that is named)
REFUSED = [
    ("", ""),
    ("不久", "不久"),
    ("近日", "近日"),
    ("约2016年", "约"),
    ("2016年左右", "左右"),
    ("计划2023年", "计划"),
    ("2023年建成", "建成"),
    ("2025年前", "前"),
    ("2025年以前", "以前"),
    ("2023年12月31日前", "前"),
    ("到2025年", "到"),
    ("2016年以来", "以来"),
    ("一季度末", "末"),
    ("2月30日", "2月30日"),
    ("2019年2月29日", "2019年2月29日"),
    ("13月", "13月"),
    ("2016年13月", "2016年13月"),
    ("33月", "33月"),
    ("2016年40月", "2016年40月"),
    ("0月", "0月"),
    ("4月0日", "4月0日"),
    ("前13月", "前13月"),
    ("0000年", "0000年"),
    ("16年1月", "16年"),
    ("2018-13", "-13"),
    ("昨日", "昨日"),
    ("5月", "5月"),
    ("10月下旬", "10月下旬"),
    ("1-7月", "7月"),
    ("3月底前", "3月底"),
    ("2023年至2021年", "2023年至2021年"),
    ("2019年12月至1月", "2019年12月至1月"),
    ("未来5-3年", "未来5-3年"),
    ("未来3-5年内", "内"),
    ("三年后", "三年后"),
    ("3-5年", "3-5年"),
    ("0年内", "0年内"),
    ("过去三年内", "过去三年内"),
    ("未来99年、2016年", "、2016年"),
    ("last March", "last"),
    ("in three years", "in three years"),
    ("about 2016", "about"),
    ("before 2016", "before"),
    ("2016 or 2017", "or 2017"),
    ("32 October 2018", "32 October 2018"),
]


@pytest.mark.parametrize(("words", "edtf"), READ)
def test_words_are_read_as_the_table_says(words, edtf):
    assert read_date(words, APRIL).edtf == edtf


@pytest.mark.parametrize(("words", "part"), REFUSED)
def test_words_without_a_rule_are_refused_and_the_part_is_named(words, part):
    with pytest.raises(UnreadableWords) as refusal:
        read_date(words, APRIL)
    assert refusal.value.part == part
    assert refusal.value.words == words


def test_an_editor_can_name_the_day_to_count_from():
    assert read_date("未来3-5年", APRIL, SIGNING).edtf == "2023-04-26/2025-04-26"
    assert read_date("三年内", APRIL, SIGNING).edtf == "2020-04-26/2023-04-26"
    assert read_date("未来3-5年", date(2021, 4, 16)).edtf == "2024-04-16/2026-04-16"


def test_a_leap_day_and_a_month_end_count_on_to_the_last_day_there_is():
    assert read_date("一年内", APRIL, date(2020, 2, 29)).edtf == "2020-02-29/2021-02-28"
    assert read_date("未来四到五年", APRIL, date(2020, 2, 29)).edtf == "2024-02-29/2025-02-28"
    assert read_date("6个月内", APRIL, date(2020, 8, 31)).edtf == "2020-08-31/2021-02-28"


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("昨日", "2020-02-29"),
        ("今日", "2020-03-01"),
        ("明天", "2020-03-02"),
        ("yesterday", "2020-02-29"),
    ],
)
def test_days_are_counted_from_an_exact_publication(words, edtf):
    assert read_date(words, date(2020, 3, 1)).edtf == edtf
    assert read_date(words, VagueDate("2020-03-01")).edtf == edtf


def test_a_bare_day_may_be_the_day_of_the_publication():
    assert read_date("4月26日", date(2020, 4, 26)).edtf == "2020-04-26"
    assert read_date("4月27日", date(2020, 4, 26)).edtf == "2019-04-27"


def test_months_are_counted_over_the_turn_of_the_year():
    assert read_date("上月", date(2020, 1, 31)).edtf == "2019-12"
    assert read_date("下月", date(2020, 12, 31)).edtf == "2021-01"


@pytest.mark.parametrize(
    "words", ["4月26日", "12月", "今年2月", "去年", "本月初", "上半年", "年底", "昨日", "this year"]
)
def test_a_publication_of_an_open_year_settles_no_year(words):
    for said_on in ("2019-12/2020-01", "../2020-04", "2020-04/.."):
        with pytest.raises(UnreadableWords) as refusal:
            read_date(words, VagueDate(said_on))
        assert refusal.value.part == words


def test_a_publication_of_an_open_month_settles_the_year_only():
    assert read_date("今年2月", VagueDate("2020")).edtf == "2020-02"
    with pytest.raises(UnreadableWords):
        read_date("本月初", VagueDate("2020-33"))


def test_a_counted_stretch_needs_a_day_to_count_from():
    with pytest.raises(UnreadableWords):
        read_date("三年内", VagueDate("../2020-04"))
    assert read_date("三年内", VagueDate("../2020-04"), SIGNING).edtf == "2020-04-26/2023-04-26"


@pytest.mark.parametrize(
    ("words", "said_on"),
    [
        ("明年", date(9999, 1, 1)),
        ("去年", date(1, 1, 1)),
        ("前年底", date(1, 1, 1)),
        ("去年2月下旬", date(1, 3, 1)),
        ("下月", date(9999, 12, 1)),
        ("上月", date(1, 1, 31)),
        ("明日", date(9999, 12, 31)),
        ("昨日", date(1, 1, 1)),
        ("三年内", date(9998, 1, 1)),
        ("12月31日", date(1, 1, 1)),
    ],
)
def test_dates_off_the_calendar_are_refused(words, said_on):
    with pytest.raises(UnreadableWords):
        read_date(words, said_on)


@pytest.mark.parametrize("text", ["2016年", "2016-", "1至", "前", " "])
def test_a_long_text_is_refused_at_once_and_not_repeated(text):
    began = perf_counter()
    with pytest.raises(UnreadableWords) as refusal:
        read_date(text * (140_000 // len(text)), APRIL)
    assert perf_counter() - began < 0.5
    assert len(refusal.value.message("zh-hans")) < 400


@given(DAYS, st.integers(1, 12), st.integers(1, 31))
def test_a_bare_day_is_of_this_year_or_where_that_is_still_to_come_of_the_last(said_on, month, day):
    still_to_come = (month, day) > (said_on.month, said_on.day)
    year = said_on.year - 1 if still_to_come else said_on.year
    try:
        expected = date(year, month, day)
    except ValueError:
        with pytest.raises(UnreadableWords):
            read_date(f"{month}月{day}日", said_on)
    else:
        assert read_date(f"{month}月{day}日", said_on).edtf == expected.isoformat()


@given(DAYS, st.integers(-1, 1))
def test_months_seen_from_a_day_are_those_of_the_calendar(published, months_on):
    assume(date(1, 3, 1) < published < date(9999, 11, 1))
    first = published.replace(day=1)
    ahead, behind = first + timedelta(days=32), first - timedelta(days=1)
    expected = {-1: behind, 0: first, 1: ahead}[months_on]
    read = read_date({-1: "上月", 0: "本月", 1: "下月"}[months_on], published)
    assert read.edtf == f"{expected.year:04d}-{expected.month:02d}"


@given(DAYS, st.integers(1, 40), st.integers(1, 40))
def test_counted_years_keep_the_day_of_the_year(day, low, more):
    assume(day.year + low + more <= 9999)
    read = read_date(f"未来{low}-{low + more}年", APRIL, day)
    ends = ((read.earliest, low), (read.latest, low + more))
    for end, years in ends:
        assert end is not None and end.year == day.year + years and end.month == day.month
        assert end.day == day.day or (day.month, day.day, end.day) == (2, 29, 28)


@given(TEXTS)
def test_what_is_written_reads_back_to_the_same_days(edtf):
    value = VagueDate(edtf)
    for language in ("zh-hans", "en"):
        read = read_date(value.format(language), VagueDate("0001/.."))
        assert (read.earliest, read.latest) == (value.earliest, value.latest)


PIECES = (
    "2016 年 月 日 1 13 31 4月 26日 今年 去年 初 底 前 至 - 到 上半年 三 季度 未来 3 5 年内 内 "
    "旬 中 〇 十 半年 十四五 期间 起 截至 0000 9999 9998年 99 月底 昨日 明年 下月 , . / “ "
    "early mid- end of by the from to and April May Q3 first half this year in within three "
    "years before between next"
)
WORDS = st.sampled_from(PIECES.split())


@given(
    st.one_of(st.text(max_size=40), st.lists(st.one_of(WORDS, st.just(" "))).map("".join)),
    st.one_of(DAYS, TEXTS.map(VagueDate)),
    st.one_of(st.none(), DAYS),
)
def test_any_words_are_read_or_refused(words, said_on, counted_from):
    try:
        read = read_date(words, said_on, counted_from)
    except UnreadableWords as refusal:
        assert refusal.part in refusal.message("en")
    else:
        assert (read.earliest or date.min) <= (read.latest or date.max)
