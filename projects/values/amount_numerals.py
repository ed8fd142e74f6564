"""Reading numbers and their scales: digits, Chinese numerals, and counts such as 数十亿."""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import prod

from projects.values.amount_format import Number

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_ENGLISH = {
    "thousand": 10**3,
    "million": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
_BIG = "(?:万亿|亿|万)"
_SCALE = f"(?:[百千]?{_BIG}|[百千])"
_ROUND = f"(?:[十百千]?{_BIG}|[十百千])"
_PAIRS = "一[二两]|[二两]三|三[四五]|四五|五六|六七|七八|八九"
_NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*|0)"
_NUMERAL = "[零一二三四五六七八九十百千万亿两]+"

_PLAIN = re.compile(
    rf"(?P<number>{_NUMBER}(?:\.[0-9]+)?)(?: ?(?P<scale>{_SCALE}|{'|'.join(_ENGLISH)}))?",
    re.I | re.A,
)
_MIXED = re.compile(rf"(?:[1-9][0-9]*{_SCALE}){{2,4}}|(?:[1-9][0-9]*{_SCALE})+[1-9][0-9]{{3}}")
_MIXED_PART = re.compile(rf"([1-9][0-9]*)({_SCALE})?")
_DECIMAL = re.compile(rf"({_NUMERAL})点([零一二三四五六七八九]+)({_BIG})?")
_BARE = re.compile(rf"[百千]?{_BIG}|[百千]")
_SEVERAL = re.compile(f"[数几]({_ROUND})")
_TEENS = re.compile(f"([二三四五六七八九]?)十几({_BIG}?)")
_PAIR = re.compile(f"({_PAIRS})({_ROUND})")
_MORE = re.compile(rf"({_NUMBER}|{_NUMERAL}?)({_BIG}?)[余多]({_BIG}?)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a set of numbers without its unit.

    `scale` is what a lower end written without a scale takes over from this upper end: 1 where
    none is written, None where it would be guessing. `bare` marks a scale without a number
    (百亿), which is a limit that something can pass but no figure.
    """

    low: Number
    high: Number
    low_included: bool = True
    high_included: bool = True
    approximate: bool = False
    scale: int | None = None
    numerals: bool = False
    english: bool = False
    bare: bool = False

    @property
    def single(self) -> bool:
        """Whether it is one number and not a set."""
        return self.low == self.high


def read_quantity(text: str) -> Quantity | None:
    """Read folded words as a number or a count such as 数十亿; None where no rule fits."""
    return (
        _plain(text)
        or _mixed(text)
        or _bare(text)
        or _chinese(text)
        or _several(text)
        or _teens(text)
        or _pair(text)
        or _more(text)
    )


def _times(scale: str) -> int:
    return prod(_POWERS[character] for character in scale)


def _plain(text: str) -> Quantity | None:
    """Read 3.2亿, 5,000, 282.4 billion."""
    match = _PLAIN.fullmatch(text)
    if not match:
        return None
    word = (match["scale"] or "").lower()
    scale = _ENGLISH.get(word) or _times(word)
    number = _times_exactly(match["number"].replace(",", ""), scale)
    return Quantity(number, number, scale=scale, english=word in _ENGLISH)


def _times_exactly(digits: str, scale: int) -> Number:
    """Multiply decimal digits by a scale without the context's rounding."""
    whole, _, rest = digits.partition(".")
    return Decimal(int(whole + rest) * scale).scaleb(-len(rest)) if rest else int(whole) * scale


def _mixed(text: str) -> Quantity | None:
    """Read 12亿3456万, each part smaller than the scale before it.

    Digits without a scale at the end are read only behind 万 and four long: 3万5 is 35,000 to
    some and 30,005 to others.
    """
    if not _MIXED.fullmatch(text):
        return None
    result, limit = 0, 10**20
    for digits, scale in _MIXED_PART.findall(text):
        part = int(digits) * _times(scale)
        if part >= limit or (not scale and limit != 10**4):
            return None
        result, limit = result + part, _times(scale)
    return Quantity(result, result)


def _bare(text: str) -> Quantity | None:
    """Read 百亿, 千万, 亿."""
    if not _BARE.fullmatch(text):
        return None
    return Quantity(_times(text), _times(text), bare=True)


def _chinese(text: str) -> Quantity | None:
    """Read 三十二亿, 一点五亿."""
    match = _DECIMAL.fullmatch(text)
    if match:
        whole, scale = _numeral(match[1]), _times(match[3] or "")
        if whole is None or whole >= 10**4:
            return None
        digits = "".join(str(_DIGITS[character]) for character in match[2])
        number = _times_exactly(f"{whole}.{digits}", scale)
        return Quantity(number, number, scale=scale, numerals=True)
    value = _numeral(text)
    if value is None:
        return None
    return Quantity(value, value, scale=_scale_of_numeral(text), numerals=True)


def _scale_of_numeral(text: str) -> int | None:
    """Give the big scale at the end where one number stands before it: 亿 of 四十亿."""
    match = re.fullmatch(f"([^万亿]+)({_BIG}?)", text)
    return _times(match[2]) if match else None


def _numeral(text: str) -> int | None:
    """Read a Chinese numeral that is written as its value is written out, nothing looser.

    So 一百五 (105, or colloquially 150), 三万五 and 二零二零 are refused.
    """
    if not re.fullmatch(_NUMERAL, text) or re.search("两(?![百千万亿])|[十百千万零两]两", text):
        return None
    text = text.replace("两", "二")
    value = _sum_of_numeral(text)
    return value if _numeral_of(value) == text else None


def _sum_of_numeral(text: str) -> int:
    """Add up a numeral, whatever its order."""
    for sign in "亿万":
        before, found, after = text.rpartition(sign)
        if found:
            return _sum_of_numeral(before) * _POWERS[sign] + _sum_of_numeral(after)
    result, digit = 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            result, digit = result + max(1, digit) * _POWERS[character], 0
    return result + digit


def _numeral_of(value: int) -> str:
    """Write a numeral in full: 一亿零三百万, but 十二 and not 一十二."""
    if not 0 < value < 10**16:
        return ""
    text = _below(value, "亿万千百十")
    return text.removeprefix("一") if text.startswith("一十") else text


def _below(value: int, signs: str) -> str:
    if value < 10 or not signs:
        return "零一二三四五六七八九"[value] if value else ""
    power = _POWERS[signs[0]]
    above, rest = divmod(value, power)
    if not above:
        return _below(value, signs[1:])
    inner = signs[1:] if power >= 10**4 else ""
    gap = "零" if rest and rest * 10 < power else ""
    return _below(above, inner) + signs[0] + gap + _below(rest, signs[1:])


def _several(text: str) -> Quantity | None:
    """Read 数十亿 and 几百万: from two to below ten of them."""
    match = _SEVERAL.fullmatch(text)
    if not match:
        return None
    return Quantity(2 * _times(match[1]), 10 * _times(match[1]), high_included=False)


def _teens(text: str) -> Quantity | None:
    """Read 十几亿: above ten and below twenty."""
    match = _TEENS.fullmatch(text)
    if not match:
        return None
    tens, scale = _DIGITS.get(match[1], 1), _times(match[2])
    return Quantity(tens * 10 * scale, (tens + 1) * 10 * scale, False, False)


def _pair(text: str) -> Quantity | None:
    """Read 两三千万: about twenty to thirty million."""
    match = _PAIR.fullmatch(text)
    if not match:
        return None
    low, high = (_DIGITS[digit] for digit in match[1].replace("两", "二"))
    return Quantity(low * _times(match[2]), high * _times(match[2]), approximate=True)


def _more(text: str) -> Quantity | None:
    """Read 3000余万 and 3亿多: above it, and below the next step of its last digit that counts.

    In front of a scale the number has to end in 0 (30余亿): nobody writes 32余亿.
    """
    match = _MORE.fullmatch(text)
    if not match or (match[2] and match[3]):
        return None
    number = _whole(match[1])
    if not number or (not match[2] and number % 10):
        return None
    scale = _times(match[2] + match[3])
    step = 10 ** (len(str(number)) - len(str(number).rstrip("0")))
    return Quantity(number * scale, (number + step) * scale, False, False)


def _whole(text: str) -> int | None:
    """Read a whole number in digits or numerals; 百 and 千 alone are 100 and 1000."""
    if re.fullmatch(_NUMBER, text):
        return int(text.replace(",", ""))
    return _POWERS[text] if text in ("百", "千") else _numeral(text)
