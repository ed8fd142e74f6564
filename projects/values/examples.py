"""The table of words: examples, and what the readers of amounts and dates make of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from projects.values.amounts import read_amount
from projects.values.dates import VagueDate, read_date
from projects.values.words import Language, UnreadableWords

PUBLISHED = VagueDate("2020-04")
"""When the publication of the examples came out, from which words without a year are seen."""

COUNTED_FROM = date(2020, 4, 26)
"""The day that an editor names for the examples of `counted_from`: that of the signing."""

AMOUNTS: dict[str, tuple[str, ...]] = {
    "exact": ("32亿元", "5000万元", "3.2亿", "3.2亿美元", "282.4 billion yuan"),
    "several": ("数十亿元", "数亿元", "数百万元"),
    "odd": ("十几亿元", "3000余万元", "两三千万元"),
    "range": ("30亿—40亿元", "30至40亿元", "between 2 and 3 billion yuan"),
    "at_least": (
        *("不低于40亿元", "不少于40亿元", "至少40亿元", "40亿元以上", "上百亿元"),
        "at least 4 billion yuan",
    ),
    "above": ("超5000亿元", "超过5000亿元", "逾5000亿元", "突破5000亿元", "over CNY 500 billion"),
    "below": ("近100亿元", "不足100亿元", "不到100亿元", "nearly 10 billion yuan"),
    "up_to": ("不超过5亿元", "up to CNY 500 million"),
    "about": ("约50万平方米", "50亿元左右", "about 500,000 m²"),
    "not_stated": ("未说明",),
}
"""Words of amounts by the rule that reads them."""

AMOUNTS_REFUSED = (
    *("项目投资数十亿元", "32亿元/年", "百亿级", "百亿元", "32", "40亿-30亿元", "超数十亿元"),
    "5 billion dollars",
)

DATES: dict[str, tuple[str, ...]] = {
    "as_said": ("2016年1月", "2018年10月15日", "2020年", "15 October 2018"),
    "seen": (
        *("4月26日", "5月1日", "本月初", "今年2月", "去年3月", "明年6月"),
        "March last year",
    ),
    "third": ("2016年初", "2016年中", "2016年底", "2016年末", "early 2016"),
    "by": ("2023年底前", "by the end of 2023"),
    "part": ("上半年", "三季度", "月初", "中旬", "下旬"),
    "ahead": ("未来3-5年", "三年内", "in 3 to 5 years"),
    "counted_from": ("未来3-5年", "三年内"),
}
"""Words of dates by the rule that reads them; the last are counted from `COUNTED_FROM`."""

DATES_REFUSED = ("近日", "不久", "5月", "数十年内", "2016年1月以前")


@dataclass(frozen=True, slots=True)
class Example:
    """Words with their reading in a language, or with the refusal and the part that it names.

    A date has its EDTF text and its first and last possible day, None where that end is open.
    """

    words: str
    reading: str = ""
    edtf: str = ""
    earliest: date | None = None
    latest: date | None = None
    part: str = ""
    refusal: str = ""

    @property
    def chinese(self) -> bool:
        """Whether the words are Chinese, for those who have them read out."""
        return any("一" <= character <= "鿿" for character in self.words)


@dataclass(frozen=True, slots=True)
class Group:
    """Examples that one rule reads, by the code of the rule."""

    code: str
    examples: tuple[Example, ...]


Read = Callable[[str, Language], Example]


def amount_groups(language: Language) -> tuple[Group, ...]:
    """The words of amounts, as `read_amount` reads them."""
    return tuple(Group(code, _all(_amount, row, language)) for code, row in AMOUNTS.items())


def refused_amounts(language: Language) -> tuple[Example, ...]:
    """Words that are no amount to `read_amount`, each with its refusal."""
    return _all(_amount, AMOUNTS_REFUSED, language)


def date_groups(language: Language) -> tuple[Group, ...]:
    """The words of dates, as `read_date` reads them in a publication of `PUBLISHED`."""
    return tuple(
        Group(code, _all(_counted if code == "counted_from" else _date, row, language))
        for code, row in DATES.items()
    )


def refused_dates(language: Language) -> tuple[Example, ...]:
    """Words that are no date to `read_date`, each with its refusal."""
    return _all(_date, DATES_REFUSED, language)


def _all(read: Read, row: tuple[str, ...], language: Language) -> tuple[Example, ...]:
    return tuple(_tried(read, words, language) for words in row)


def _tried(read: Read, words: str, language: Language) -> Example:
    """Whatever comes of the words; the table shows what the code does, also where it refuses."""
    try:
        return read(words, language)
    except UnreadableWords as refusal:
        return Example(words, part=refusal.part, refusal=refusal.message(language))


def _amount(words: str, language: Language) -> Example:
    return Example(words, reading=read_amount(words).format(language))


def _date(words: str, language: Language) -> Example:
    return _dated(words, read_date(words, PUBLISHED), language)


def _counted(words: str, language: Language) -> Example:
    return _dated(words, read_date(words, PUBLISHED, counted_from=COUNTED_FROM), language)


def _dated(words: str, found: VagueDate, language: Language) -> Example:
    return Example(words, found.format(language), found.edtf, found.earliest, found.latest)
