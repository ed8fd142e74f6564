"""The words that say one point of time in Chinese and English, as patterns and as what they say."""

import re
from dataclasses import dataclass

from projects.values.date_format import MONTHS
from projects.values.edtf import FIRST_HALF, FIRST_QUARTER

LAST_DAY = 0
# ASCII: otherwise İ and ı match i and no table of words holds them.
FLAGS = re.IGNORECASE | re.ASCII
YEAR_THIRDS = ((1, 4), (5, 8), (9, 12))
MONTH_THIRDS = ((1, 10), (11, 20), (21, LAST_DAY))

_ZH_DIGITS = "零一二三四五六七八九"
_EN_COUNTS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_YEARS_ON = {"前年": -2, "去年": -1, "上年": -1, "年": 0, "今年": 0, "本年": 0, "明年": 1}
_YEARS_ON |= {"后年": 2, "last year": -1, "this year": 0, "next year": 1}
_MONTHS_ON = {"上月": -1, "上个月": -1, "": 0, "月": 0, "本月": 0, "这个月": 0, "下月": 1}
_MONTHS_ON |= {"下个月": 1, "last month": -1, "this month": 0, "next month": 1}
_DAYS_ON = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1}
_DAYS_ON |= {"后天": 2, "yesterday": -1, "today": 0, "tomorrow": 1}
_THIRDS = {"初": 0, "上旬": 0, "中": 1, "中旬": 1, "底": 2, "末": 2, "下旬": 2}
_THIRDS |= {"early": 0, "beginning of": 0, "start of": 0, "mid": 1, "middle of": 1}
_THIRDS |= {"late": 2, "end of": 2}
_TO_DIGITS = str.maketrans("〇○" + _ZH_DIGITS, "000123456789")
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

# 2016年中国, 年初步 and 内部 hold the letters of 年中, 年初 and 内, and are no dates.
_START, _MIDDLE = "初(?![步期级次])", "中(?![国央心部华共])"
_END = "底(?![部层蕴座盘线])|末(?!端)"
WITHIN = "(?:以内|之内|内(?![部地容外陆需蒙涵]))"
NUMBER = "(?:[0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
COUNT = f"(?:{NUMBER}|两)"
EN_COUNT = f"(?:[0-9]{{1,2}}|{'|'.join(_EN_COUNTS)})"

_YEAR = "(?<![0-9.])[0-9]{4}年(?:度(?!假))?|[〇○零一二三四五六七八九]{4}年(?:度(?!假))?"
_SEEN_YEAR = "[今本明后]年(?:度(?!假))?|去年|(?<!以)上年(?:度(?!假))?|(?<!当)前年"
_MONTH_THIRD = f"上旬|中旬|下旬|{_START}|{_MIDDLE}|{_END}"
# 多年底蕴 and 百年初心 are no dates: a bare 年底 does not follow a count.
_NO_COUNT = "(?<![0-9多百千万亿几数每半两一二三四五六七八九十近历])"

ZH_POINTS = (
    rf"(?P<year>{_YEAR}|{_SEEN_YEAR})?(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度"
    rf"|前(?P<quarters>[二两三23])个?季度|前(?P<months>{NUMBER})个?月"
    rf"|(?<![0-9.])(?P<month>{NUMBER})月(?:份(?!额))?"
    rf"(?:(?P<day>{NUMBER})(?:日|号(?![召码称]))|(?P<month_third>{_MONTH_THIRD}))?)",
    rf"(?P<year>{_YEAR}|{_SEEN_YEAR})(?:全年|{WITHIN}|年?(?P<year_third>{_START}|{_MIDDLE}|{_END}))?",
    rf"{_NO_COUNT}(?P<year>年)(?:{WITHIN}|(?P<year_third>{_START}|{_MIDDLE}|{_END}))",
    r"(?P<seen_month>本月|这个月|上个?月|下个?月)(?:份(?!额))?"
    rf"(?:(?P<day>{NUMBER})[日号]|(?P<month_third>{_MONTH_THIRD}))?",
    rf"{_NO_COUNT}(?P<seen_month>月)(?P<month_third>{_MONTH_THIRD})",
    r"(?P<seen_month>)(?P<month_third>[上中下]旬)",
    r"(?P<seen_day>[昨今明][日天]|[前后]天)",
    r"[“\"]?(?P<plan>十[一二三四五六七八九]?|[一二三四六七八九])五[”\"]?(?:规划)?(?:期间|时期)",
)

EN_MONTH = (
    r"(?P<month>\b(?:"
    + "|".join(rf"{name[:3]}(?:{name[3:]}|\.)?" for name in MONTHS)
    + r"|Sept\.?)(?![A-Za-z]))"
)
_EN_YEAR = r"(?P<year>(?<![0-9.,/])[0-9]{4}(?![0-9]|[.,][0-9])|\b(?:this|last|next) year\b)"
_EN_DAY = r"(?<![0-9.,])(?P<day>[0-9]{1,2})(?![0-9])(?:st|nd|rd|th)?"
_THIRD = r"(?:\bthe )?\b(?:early|mid|late|(?:beginning|start|middle|end) of)"
_EN_YEAR_THIRD = rf"(?:(?P<year_third>{_THIRD})[ -])?"
_EN_MONTH_THIRD = rf"(?:(?P<month_third>{_THIRD})[ -])?"
_OF_YEAR = rf"(?:,? (?:of )?{_EN_YEAR})?"

EN_POINTS = (
    rf"{_EN_DAY}(?: of)? {EN_MONTH}{_OF_YEAR}",
    rf"{EN_MONTH} {_EN_DAY}{_OF_YEAR}",
    rf"{_EN_MONTH_THIRD}{EN_MONTH}{_OF_YEAR}",
    rf"\bQ(?P<quarter>[1-4])\b{_OF_YEAR}",
    rf"{_EN_YEAR} ?Q(?P<quarter>[1-4])\b",
    rf"\bH(?P<half>[12])\b{_OF_YEAR}",
    rf"{_EN_YEAR} ?H(?P<half>[12])\b",
    rf"(?:\bthe )?\b(?P<ordinal>first|second|third|fourth) quarter\b{_OF_YEAR}",
    rf"(?:\bthe )?\b(?P<half>first|second) half\b{_OF_YEAR}",
    rf"(?:\bthe )?\bfirst (?P<quarters>two|three) quarters\b{_OF_YEAR}",
    rf"{_EN_YEAR_THIRD}{_EN_YEAR}",
    rf"{_EN_MONTH_THIRD}(?P<seen_month>\b(?:this|last|next) month\b)",
    r"(?P<seen_day>\b(?:yesterday|today|tomorrow)\b)",
)

ISO_POINT = (
    r"(?<![0-9A-Za-z./-])(?P<year>[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-9]{2}))?"
    r"|/(?P<slash_month>[0-9]{1,2})/(?P<slash_day>[0-9]{1,2})"
    r"|\.(?P<dot_month>[0-9]{1,2})\.(?P<dot_day>[0-9]{1,2}))(?![0-9A-Za-z/]|[.-][0-9])"
)
_NAMES = re.compile(r"\(\?P<\w+>")


def nameless(pattern: str) -> str:
    """The pattern without the names of its groups, so that it can stand in a larger one."""
    return _NAMES.sub("(?:", pattern)


POINTS = (ISO_POINT, *ZH_POINTS, *EN_POINTS)
_COMPILED = tuple(re.compile(pattern, FLAGS) for pattern in POINTS)
_BARE_DAY = re.compile(rf"(?P<day>{NUMBER})[日号]")


@dataclass(frozen=True, slots=True)
class Said:
    """What words say of a point of time; what they leave out is seen from the publication's day.

    `years_on`, `months_on` and `days_on` count from the publication (去年: -1). `months` and `days`
    are first and last, `codes` the EDTF codes of quarters and halves; with none of them, a year.
    """

    words: str
    year: int | None = None
    last_year: int | None = None
    years_on: int | None = None
    months_on: int | None = None
    days_on: int | None = None
    months: tuple[int, int] | None = None
    codes: tuple[int, int] | None = None
    days: tuple[int, int] | None = None
    ends: bool = False

    @property
    def has_year(self) -> bool:
        """Whether the words settle the year by themselves or with the publication's day."""
        on = (self.year, self.years_on, self.months_on, self.days_on)
        return any(value is not None for value in on)


def say(words: str) -> Said | None:
    """What folded words say, None where they are no point of time."""
    for pattern in _COMPILED:
        match = pattern.fullmatch(words)
        if match:
            return _said(words, match.groupdict())
    return None


def say_bare_day(words: str) -> Said | None:
    """What the 10日 of 4月1日至10日 says: a day of a month that is said before."""
    match = _BARE_DAY.fullmatch(words)
    return Said(words, days=_twice(read_count(match["day"]))) if match else None


def read_count(words: str) -> int:
    """A number below 100 in digits, Chinese or (to twelve) English words."""
    if words.isascii():
        return int(words) if words.isdigit() else _EN_COUNTS.index(words.lower()) + 1
    tens, ten, ones = words.replace("两", "二").rpartition("十")
    low = _ZH_DIGITS.index(ones) if ones else 0
    return 10 * (_ZH_DIGITS.index(tens) if tens else 1) + low if ten else low


def _said(words: str, found: dict[str, str | None]) -> Said:
    given = {name: text.lower() for name, text in found.items() if text is not None}
    if "plan" in given:
        return _plan(words, given["plan"])
    year, years_on = _year(given.get("year"))
    return Said(
        words,
        year=year,
        years_on=years_on,
        months_on=_MONTHS_ON.get(given.get("seen_month", "-")),
        days_on=_DAYS_ON.get(given.get("seen_day", "-")),
        months=_months(given),
        codes=_codes(given),
        days=_days(given),
        ends=_third(given.get("year_third") or given.get("month_third") or "early") == 2,
    )


def _plan(words: str, number_words: str) -> Said:
    """A five-year plan: 一五 ran from 1953, the third from 1966, and since then without a gap."""
    number = read_count(number_words)
    first = 1953 + 5 * (number - 1) if number < 3 else 1966 + 5 * (number - 3)
    return Said(words, year=first, last_year=first + 4)


def _year(words: str | None) -> tuple[int | None, int | None]:
    """A year as a number, or as counted from the publication's."""
    if words is None:
        return None, None
    words = words.removesuffix("度")
    if words in _YEARS_ON:
        return None, _YEARS_ON[words]
    return int(words.removesuffix("年").translate(_TO_DIGITS)), None


def _months(given: dict[str, str]) -> tuple[int, int] | None:
    for name in ("month", "slash_month", "dot_month"):
        if name in given:
            return _twice(_month_number(given[name]))
    if "months" in given:
        return 1, read_count(given["months"])
    return YEAR_THIRDS[_third(given["year_third"])] if "year_third" in given else None


def _month_number(words: str) -> int:
    return _MONTH_NUMBERS.get(words[:3]) or read_count(words)


def _codes(given: dict[str, str]) -> tuple[int, int] | None:
    if "half" in given:
        return _twice(FIRST_HALF + (given["half"] in ("下", "2", "second")))
    if "ordinal" in given:
        return _twice(FIRST_QUARTER - 1 + _ORDINALS[given["ordinal"]])
    if "quarter" in given:
        return _twice(FIRST_QUARTER - 1 + read_count(given["quarter"]))
    if "quarters" in given:
        return FIRST_QUARTER, FIRST_QUARTER - 1 + read_count(given["quarters"])
    return None


def _days(given: dict[str, str]) -> tuple[int, int] | None:
    for name in ("day", "slash_day", "dot_day"):
        if name in given:
            return _twice(read_count(given[name]))
    return MONTH_THIRDS[_third(given["month_third"])] if "month_third" in given else None


def _third(words: str) -> int:
    return _THIRDS[words.removeprefix("the ")]


def _twice(number: int) -> tuple[int, int]:
    return number, number
