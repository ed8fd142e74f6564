"""Units of amounts: how each is written in both languages, and which words name it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from projects.values.words import Language


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its code: its words behind (or, a currency in English, before) a number."""

    code: str
    zh: str
    en: str
    en_one: str = ""
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    scaled: bool = True

    @property
    def currency(self) -> bool:
        """Whether amounts in it are money: only currencies can stand before a number."""
        return bool(self.before)


_UNITS = (
    Unit(
        "CNY",
        "元",
        "CNY",
        before=("人民币", "cny", "rmb", "¥"),
        behind=("元", "元人民币", "人民币", "cny", "rmb", "yuan", "yuan rmb", "renminbi"),
    ),
    Unit(
        "USD",
        "美元",
        "USD",
        before=("usd", "us$", "$"),
        behind=("美元", "美金", "usd", "us dollars", "us dollar"),
    ),
    Unit(
        "EUR",
        "欧元",
        "EUR",
        before=("eur", "€"),
        behind=("欧元", "eur", "euros", "euro", "€"),
    ),
    Unit(
        "HKD",
        "港元",
        "HKD",
        before=("hkd", "hk$"),
        behind=("港元", "港币", "hkd", "hong kong dollars"),
    ),
    Unit("JPY", "日元", "JPY", before=("jpy",), behind=("日元", "jpy", "japanese yen", "yen")),
    Unit("GBP", "英镑", "GBP", before=("gbp", "£"), behind=("英镑", "gbp", "pounds sterling")),
    Unit(
        "m²",
        "平方米",
        "m²",
        behind=(
            "平方米",
            "平米",
            "m2",
            "sqm",
            "sq m",
            "square metres",
            "square meters",
            "square metre",
            "square meter",
        ),
    ),
    Unit("mu", "亩", "mu", behind=("亩", "mu")),
    Unit(
        "organizations",
        "家",
        "organizations",
        en_one="organization",
        behind=("家", "organizations", "organization", "organisations", "organisation"),
    ),
    Unit("people", "人", "people", en_one="person", behind=("人", "people", "persons", "person")),
    Unit("percent", "%", "%", behind=("%", "percent", "per cent"), scaled=False),
)
_BY_CODE = {unit.code: unit for unit in _UNITS}
CODES_BEFORE = {word: unit.code for unit in _UNITS for word in unit.before}
CODES_BEHIND = {word: unit.code for unit in _UNITS for word in unit.behind}


def any_of(words: Iterable[str]) -> str:
    """Give a pattern for any of the words, the longest first so that none hides a longer one."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def is_known(code: str) -> bool:
    """Say whether the code stands in the registry; others are allowed and printed as they are."""
    return code in _BY_CODE


def is_currency(code: str) -> bool:
    """Say whether amounts in this unit are money, which is never negative."""
    return code in _BY_CODE and _BY_CODE[code].currency


def is_scaled(code: str) -> bool:
    """Say whether large numbers of this unit are written with 万, 亿, million and so on."""
    return code not in _BY_CODE or _BY_CODE[code].scaled


def before_number(code: str, language: Language) -> str:
    """Give what stands before a number of this unit: in English the code of a currency."""
    return f"{code} " if language == "en" and is_currency(code) else ""


def behind_number(code: str, language: Language, one: bool = False) -> str:
    """Give what stands behind a number of this unit; `one` asks for the English singular."""
    unit = _BY_CODE.get(code, Unit(code, code, code))
    if language == "en" and unit.currency:
        return ""
    word = unit.zh if language == "zh-hans" else (unit.en_one or unit.en) if one else unit.en
    # A word in Latin letters needs a blank, also in Chinese; % and Chinese words do not.
    glued = word == "%" or (language == "zh-hans" and not word[:1].isascii())
    return word if glued else f" {word}"
