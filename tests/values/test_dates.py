"""Vague dates and periods: which texts are stored, the days they span, how they are written."""

import copy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.values.dates import InvalidEdtf, Period, VagueDate
from tests.values.date_strategies import PARTS, TEXTS, first_and_last

BOUNDS = [
    ("2018-10-15", date(2018, 10, 15), date(2018, 10, 15)),
    ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
    ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
    ("2020", date(2020, 1, 1), date(2020, 12, 31)),
    ("0001", date(1, 1, 1), date(1, 12, 31)),
    ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ("2016-33", date(2016, 1, 1), date(2016, 3, 31)),
    ("2016-34", date(2016, 4, 1), date(2016, 6, 30)),
    ("2016-35", date(2016, 7, 1), date(2016, 9, 30)),
    ("2016-36", date(2016, 10, 1), date(2016, 12, 31)),
    ("2016-40", date(2016, 1, 1), date(2016, 6, 30)),
    ("2016-41", date(2016, 7, 1), date(2016, 12, 31)),
    ("2016-01/2016-04", date(2016, 1, 1), date(2016, 4, 30)),
    ("2016-33/2016-35", date(2016, 1, 1), date(2016, 9, 30)),
    ("2023-04-26/2025-04-26", date(2023, 4, 26), date(2025, 4, 26)),
    ("../2020-04", None, date(2020, 4, 30)),
    ("2021/..", date(2021, 1, 1), None),
    ("../2016-40", None, date(2016, 6, 30)),
]

REFUSED = [
    *("", "..", "/", "../..", "../", "/2020", "2020/", "2020/2021/2022"),
    *("2020/2016", "2016-04/2016-01", "2020-05-02/2020-05-01", "2016-41/2016-33"),
    *("0000", "0000-01", "10000", "-2020", "+2020", "20", "2016-1", "2016-1-2", "20160102"),
    *("2016-13", "2016-00", "2016-21", "2016-32", "2016-37", "2016-39", "2016-42"),
    *("2015-02-29", "2018-02-30", "2018-04-31", "2018-10-00", "2016-33-01"),
    *(
        "2020~",
        "2020?",
        "2020%",
        "202X",
        "2020-XX",
        "Y2020",
        "[2020]",
        "{2020}",
        "2020-04-01T00:00",
    ),
    *(
        " 2020",
        "2020 ",
        "2020\n",
        "2020-04\n",
        "２０２０",
        "2020—04",
        "2020 / 2021",
        "٢٠٢٠",
        "unknown",
    ),
]

FORMATS = [
    ("2018-10-15", "2018年10月15日", "15 October 2018"),
    ("2016-01", "2016年1月", "January 2016"),
    ("2020", "2020年", "2020"),
    ("2016-35", "2016年第三季度", "Q3 2016"),
    ("2016-40", "2016年上半年", "first half of 2016"),
    ("2016-41", "2016年下半年", "second half of 2016"),
    ("2016-01/2016-04", "2016年1月至4月", "January–April 2016"),
    ("2019-12/2020-01", "2019年12月至2020年1月", "December 2019 – January 2020"),
    ("2016-33/2016-35", "2016年第一季度至第三季度", "Q1–Q3 2016"),
    ("2021/2023", "2021年至2023年", "2021–2023"),
    ("2020-04-01/2020-04-10", "2020年4月1日至10日", "1–10 April 2020"),
    ("2020-04-26/2020-05-03", "2020年4月26日至5月3日", "26 April – 3 May 2020"),
    ("2023-04-26/2025-04-25", "2023年4月26日至2025年4月25日", "26 April 2023 – 25 April 2025"),
    ("2020-04-26/2020-05", "2020年4月26日至5月", "26 April 2020 – May 2020"),
    ("2020-04/2020-04", "2020年4月", "April 2020"),
    ("2020-03/2020", "2020年3月至2020年", "March 2020 – 2020"),
]


@pytest.mark.parametrize(("edtf", "earliest", "latest"), BOUNDS)
def test_a_date_and_a_period_span_the_days_of_their_text(edtf, earliest, latest):
    assert (VagueDate(edtf).earliest, VagueDate(edtf).latest) == (earliest, latest)
    assert (Period(edtf).earliest, Period(edtf).latest) == (earliest, latest)


@pytest.mark.parametrize("edtf", REFUSED)
def test_any_other_text_is_refused(edtf):
    with pytest.raises(InvalidEdtf):
        VagueDate(edtf)
    with pytest.raises(InvalidEdtf):
        Period(edtf)


def test_a_refusal_says_in_both_languages_what_is_allowed():
    with pytest.raises(ValueError) as refusal:
        VagueDate("2020/2016")
    chinese, english = refusal.value.message("zh-hans"), refusal.value.message("en")
    assert "“2020/2016”" in chinese and "季度" in chinese
    assert "“2020/2016”" in english and "quarters" in english
    assert str(refusal.value) == english


def test_a_refusal_does_not_repeat_a_long_text():
    with pytest.raises(InvalidEdtf) as refusal:
        VagueDate("9" * 140_000)
    assert len(refusal.value.message("zh-hans")) < 400


def test_only_a_single_day_is_exact():
    assert VagueDate("2018-10-15").exact
    assert VagueDate("2018-10-15/2018-10-15").exact
    assert not any(
        VagueDate(edtf).exact for edtf in ("2018-10", "2018", "../2018-10-15", "2018/..")
    )


@pytest.mark.parametrize(("edtf", "chinese", "english"), FORMATS)
def test_dates_and_periods_with_two_ends_are_written_alike(edtf, chinese, english):
    for value in (VagueDate(edtf), Period(edtf)):
        assert (value.format("zh-hans"), value.format("en")) == (chinese, english)


def test_an_open_start_reads_as_a_last_day_for_a_date_and_as_an_extent_for_a_period():
    assert VagueDate("../2020-04").format("zh-hans") == "不晚于2020年4月"
    assert VagueDate("../2020-04").format("en") == "by April 2020"
    assert Period("../2020-04").format("zh-hans") == "截至2020年4月"
    assert Period("../2020-04").format("en") == "up to April 2020"
    assert (
        VagueDate("2021/..").format("zh-hans") == Period("2021/..").format("zh-hans") == "2021年起"
    )
    assert VagueDate("2021/..").format("en") == Period("2021/..").format("en") == "from 2021"


def test_two_dates_agree_when_one_lies_within_the_other():
    month, early, quarter = VagueDate("2016-01"), VagueDate("2016-01/2016-04"), VagueDate("2016-34")
    assert month.lies_within(early) and not early.lies_within(month)
    assert month.agrees_with(early) and early.agrees_with(month)
    assert not early.agrees_with(quarter) and early.overlaps(quarter)
    assert not month.overlaps(quarter)


def test_open_ends_are_unbounded_when_dates_are_compared():
    until, since = VagueDate("../2020-04"), VagueDate("2020-04/..")
    assert VagueDate("0001").lies_within(until)
    assert until.lies_within(VagueDate("../2020")) and not VagueDate("../2020").lies_within(until)
    assert until.overlaps(since) and not until.agrees_with(since)
    assert not until.overlaps(VagueDate("2020-05/.."))


def test_periods_are_the_same_when_their_days_are():
    assert Period("2022").same_as(Period("2022-40/2022-41"))
    assert Period("2022-33").same_as(Period("2022-01/2022-03"))
    assert not Period("2022").same_as(Period("2022-01/2022-11"))
    assert not Period("../2022").same_as(Period("0001/2022"))


def test_values_are_equal_by_text_and_can_be_keys_and_copies():
    assert VagueDate("2020") == VagueDate("2020") != VagueDate("2020-01/2020-12")
    assert len({VagueDate("2020"), VagueDate("2020"), Period("2020")}) == 2
    assert copy.deepcopy(VagueDate("2016-35")).latest == date(2016, 9, 30)
    with pytest.raises(AttributeError):
        VagueDate("2020").edtf = "2021"


@given(TEXTS)
def test_every_form_is_in_order_and_written_in_both_languages(edtf):
    value = VagueDate(edtf)
    assert (value.earliest or date.min) <= (value.latest or date.max)
    assert value.format("zh-hans") and value.format("en")


@given(PARTS)
def test_a_part_has_the_days_that_the_calendar_gives_it(part):
    assert (VagueDate(part).earliest, VagueDate(part).latest) == first_and_last(part)


@given(PARTS, st.data())
def test_a_day_of_a_date_lies_within_it_and_the_next_days_do_not(part, data):
    first, last = first_and_last(part)
    inside = data.draw(st.dates(first, last))
    assert VagueDate(inside.isoformat()).lies_within(VagueDate(part))
    if last < date.max:
        after = data.draw(st.dates(date.fromordinal(last.toordinal() + 1)))
        assert not VagueDate(after.isoformat()).overlaps(VagueDate(part))


@given(st.one_of(st.text(), st.text(alphabet="0123456789-/.~?X年 \n２", max_size=24)))
def test_any_text_is_a_date_or_refused(text):
    try:
        value = VagueDate(text)
    except InvalidEdtf:
        return
    assert value.edtf == text and len(text) <= len("2020-01-01/2020-01-01") and text.isascii()
