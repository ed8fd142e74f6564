"""Reading the words of an amount: its number, its unit, and the words that bound it.

The whole text has to be understood. A rest that no rule reads, or words that could be read in
two ways, are refused: a wrong bound is worse than none.
"""

import re
import unicodedata
from dataclasses import dataclass

from projects.values.amount_format import Number
from projects.values.amount_numerals import Quantity, read_quantity
from projects.values.amount_sets import Amount
from projects.values.amount_vocabulary import (
    ABOUT_WORDS,
    BEFORE_WORDS,
    BEHIND_WORDS,
    NOT_STATED_WORDS,
    ROUGHLY_WORDS,
    Side,
)
from projects.values.units import CODES_BEFORE, CODES_BEHIND, any_of, is_currency, is_known
from projects.values.words import UnreadableWords, fold

_LONGEST = 200
_SHOWN = 60
_JOINER = re.compile(r" ?[、,;]? ?(?:且|但|而|and |but )? ?", re.I | re.A)

_PREFIX = any_of(CODES_BEFORE)
_SUFFIX = any_of(CODES_BEHIND)
_FIGURE = re.compile(
    rf"(?:(?P<before>{_PREFIX}) ?)?(?P<quantity>.+?)(?: ?(?P<behind>{_SUFFIX}))?", re.I | re.A
)
_SINGLE = re.compile(
    rf"(?:(?P<currency>{_PREFIX}) ?(?=[^0-9 ]))?(?:(?P<before>{any_of(BEFORE_WORDS)}|上) ?)?"
    rf"(?:(?P<about>{any_of(ABOUT_WORDS)}) ?)?(?P<figure>.+?)"
    rf"(?: ?(?P<behind>{any_of(BEHIND_WORDS)})| ?(?P<roughly>{any_of(ROUGHLY_WORDS)}))?",
    re.I | re.A,
)
_RANGE = re.compile(
    rf"(?:(?P<head>between|from|介于|在) ?)?(?:(?P<currency>{_PREFIX}) ?(?=[^0-9 ]))?"
    rf"(?:(?P<above>超过|above) ?)?(?:(?P<about>{any_of(ABOUT_WORDS)}) ?)?"
    r"(?P<low>.+?) ?(?P<middle>-|至|到|和|与|(?<= )(?:to|and)(?= )) ?"
    rf"(?:(?P<below>{any_of(BEFORE_WORDS)}) ?)?(?P<high>.+?)(?P<tail> ?之间)?"
    rf"(?: ?(?P<roughly>{any_of(ROUGHLY_WORDS)}))?",
    re.I | re.A,
)
_SPLITS = re.compile(f"{any_of(BEFORE_WORDS)}|(?<=以上)", re.I | re.A)
_HEADS = {"between": ("and",), "from": ("to",), "介于": ("和", "与", "至", "到", "-")}
_HEADS["在"] = _HEADS["介于"]
_KNOWN = re.compile(
    rf"{_PREFIX}|{_SUFFIX}|{any_of(BEFORE_WORDS)}|{any_of(BEHIND_WORDS)}|{any_of(ABOUT_WORDS)}"
    rf"|{any_of(ROUGHLY_WORDS)}|[0-9]+(?:[.,][0-9]+)*|[零一二三四五六七八九十百千万亿两几数余多点上]+"
    r"|trillion|billion|million|thousand|bn|mn|between|from|and|to|介于|之间|至|到|-|[ 、,;]",
    re.I | re.A,
)
_NUMERALS = frozenset("0123456789零一二三四五六七八九十百千万亿两")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A quantity with the unit that stands at it; `closed` where the unit ends it."""

    quantity: Quantity
    unit: str | None
    closed: bool


@dataclass(frozen=True, slots=True)
class _Clause:
    """A figure with the side it bounds (None: the figure itself)."""

    figure: _Figure
    side: Side | None
    about: bool


def read_amount(words: str, default_unit: str = "CNY") -> Amount:
    """Read a figure with its bounding words, such as 不低于40亿元 or about 500,000 m².

    The rules are the table of words on the method page. A figure without a unit word has
    `default_unit`; a bare number is no amount of money. Whatever is not understood to the last
    character, or can be understood in two ways, raises UnreadableWords. Signs of minus are
    not read.
    """
    text = _folded(words)
    if text.lower() in NOT_STATED_WORDS:
        return Amount(unit=default_unit)
    try:
        amount = (
            _read_single(text, default_unit)
            or _read_range(text, default_unit)
            or _read_clauses(text, default_unit)
        )
    except ValueError as error:
        # Bounds in the wrong order, or more digits than an amount holds.
        raise UnreadableWords(words, text) from error
    if amount is None:
        raise UnreadableWords(words, _strange_part(text, default_unit))
    return amount


def _folded(words: str) -> str:
    """Fold the words; refuse what is empty, too long, or has digits in disguise.

    A raised 2 (but in m²) is a footnote's mark, which folding would make a digit of the number.
    """
    if len(words) > _LONGEST:
        shown = words[:_SHOWN] + "…"
        raise UnreadableWords(shown, shown)
    for place, character in enumerate(words):
        plain = unicodedata.normalize("NFKC", character)
        if plain == character or unicodedata.decomposition(character).startswith("<wide>"):
            continue
        area = character == "㎡" or (character == "²" and words[:place].lower().endswith("m"))
        if not area and _NUMERALS.intersection(plain):
            raise UnreadableWords(words, character)
    text = fold(words)
    if not text or len(text) > _LONGEST:
        raise UnreadableWords(words[:_SHOWN], text[:_SHOWN])
    return text


def _strange_part(text: str, default_unit: str) -> str:
    """Give the first stretch without any known word, else all of it."""
    if not is_known(default_unit):
        text = text.removesuffix(fold(default_unit))
    strange = [part for part in _KNOWN.split(text) if part.strip()]
    return strange[0].strip() if strange else text


def _read_single(text: str, default_unit: str) -> Amount | None:
    clause = _clause(text, default_unit)
    if clause is None or _is_bare_number(clause.figure, default_unit):
        return None
    return _one_sided(clause, clause.figure.unit or default_unit)


def _clause(text: str, default_unit: str) -> _Clause | None:
    """Read a figure with at most one word that bounds it, and 约 only where it is no set."""
    match = _SINGLE.fullmatch(text)
    if not match:
        return None
    before, behind = match["before"], match["behind"]
    about = bool(match["about"] or match["roughly"])
    figure = _figure((match["currency"] or "") + match["figure"], default_unit)
    if figure is None or (before and (behind or match["roughly"])):
        return None
    quantity = figure.quantity
    side: Side | None = BEHIND_WORDS[behind.lower()] if behind else None
    if before:
        side = "from" if before == "上" else BEFORE_WORDS[before.lower()]
    if quantity.bare and (side is None or about):
        return None
    if before == "上" and not quantity.bare:
        return None
    if not quantity.single and (side or about):
        return None
    return _Clause(figure, side, about)


def _figure(text: str, default_unit: str) -> _Figure | None:
    """Read a number with its unit before or behind it; two units have to be the same."""
    own = "" if is_known(default_unit) else fold(default_unit)
    if own and own[0] not in _NUMERALS and text.endswith(own):
        quantity = read_quantity(text.removesuffix(own).rstrip())
        return _Figure(quantity, default_unit, True) if quantity else None
    match = _FIGURE.fullmatch(text)
    quantity = read_quantity(match["quantity"]) if match else None
    if not match or not quantity:
        return None
    before = CODES_BEFORE[match["before"].lower()] if match["before"] else None
    behind = CODES_BEHIND[match["behind"].lower()] if match["behind"] else None
    if before and behind and before != behind:
        return None
    return _Figure(quantity, before or behind, behind is not None)


def _is_bare_number(figure: _Figure, default_unit: str) -> bool:
    """Say whether it is a number of money with neither unit nor scale: 32 may well be 32亿."""
    quantity = figure.quantity
    plain = quantity.scale == 1 or (quantity.scale is None and quantity.high <= 10**4)
    return figure.unit is None and is_currency(default_unit) and plain


def _one_sided(clause: _Clause, unit: str) -> Amount:
    quantity, about = clause.figure.quantity, clause.about
    if clause.side in ("from", "above"):
        included = clause.side == "from"
        return Amount(low=quantity.low, low_included=included, approximate=about, unit=unit)
    if clause.side:
        included = clause.side == "up to"
        return Amount(high=quantity.high, high_included=included, approximate=about, unit=unit)
    return Amount(
        low=quantity.low,
        high=quantity.high,
        low_included=quantity.low_included,
        high_included=quantity.high_included,
        approximate=about or quantity.approximate,
        unit=unit,
    )


def _read_range(text: str, default_unit: str) -> Amount | None:
    """Read 30至40亿元, 20亿元至不足100亿元, between 2 and 3 billion yuan."""
    match = _RANGE.fullmatch(text)
    if not match or not _is_framed(match):
        return None
    below = BEFORE_WORDS[match["below"].lower()] if match["below"] else None
    if below in ("from", "above") or (match["above"] and not below):
        return None
    low = _figure((match["currency"] or "") + match["low"], default_unit)
    high = _figure(match["high"], default_unit)
    if low is None or high is None:
        return None
    return _between(
        low,
        high,
        default_unit,
        low_included=not match["above"],
        high_included=below != "below",
        approximate=bool(match["about"] or match["roughly"]),
    )


def _is_framed(match: re.Match[str]) -> bool:
    """Say whether the words around a range belong together: between with and, 介于 with 和."""
    middle = match["middle"].lower()
    if match["head"]:
        chinese = match["head"] in ("介于", "在")
        return middle in _HEADS[match["head"].lower()] and chinese >= bool(match["tail"])
    return middle not in ("and", "和", "与")


def _between(
    low: _Figure,
    high: _Figure,
    default_unit: str,
    low_included: bool,
    high_included: bool,
    approximate: bool,
) -> Amount | None:
    """Join two ends into a range; each end has to be one number, and the units the same."""
    if not (low.quantity.single and high.quantity.single) or low.quantity.bare:
        return None
    if low.unit and high.unit and low.unit != high.unit:
        return None
    start, end = _start(low, high), high.quantity.high
    if start is None or start >= end or high.quantity.bare:
        return None
    unit = low.unit or high.unit
    if _is_bare_number(_Figure(high.quantity, unit, False), default_unit):
        return None
    return Amount(start, end, low_included, high_included, approximate, unit or default_unit)


def _start(low: _Figure, high: _Figure) -> Number | None:
    """Give the lower end, with the scale of the upper one where its own is left out.

    None where that would be guessing: 3000元至4亿 has its own unit, but CNY 20 to CNY 30 billion
    could mean 20, 三至五百万 could mean 3万, and 1万至2万亿 means 1万亿 rather than 1万.
    """
    number, scale = low.quantity.low, high.quantity.scale
    if scale == 1 or number == 0 or low.closed or low.quantity.english:
        return number
    if low.quantity.scale != 1:
        return number if number * 10**4 > high.quantity.high else None
    both = low.quantity.numerals and high.quantity.numerals
    if scale is None or (low.quantity.numerals and not both) or (low.unit and high.unit):
        return None
    if both and number < 10 and high.quantity.high >= 10 * scale:
        return None
    return number * scale


def _read_clauses(text: str, default_unit: str) -> Amount | None:
    """Read a lower and an upper bound with words of their own: 超过10亿元、不超过20亿元."""
    for split in _SPLITS.finditer(text):
        for joined in _JOINER.finditer(text, 0, split.start()):
            if joined.end() == split.start():
                break
        else:
            continue
        amount = _joined(text[: joined.start()], text[split.start() :], default_unit)
        if amount:
            return amount
    return None


def _joined(first: str, second: str, default_unit: str) -> Amount | None:
    low, high = _clause(first, default_unit), _clause(second, default_unit)
    if low is None or high is None or high.about:
        return None
    if low.side not in ("from", "above") or high.side not in ("up to", "below"):
        return None
    own_scale = low.figure.closed or low.figure.quantity.scale != 1
    if not own_scale and low.figure.quantity.low and high.figure.quantity.scale != 1:
        return None
    return _between(
        low.figure,
        high.figure,
        default_unit,
        low_included=low.side == "from",
        high_included=high.side == "up to",
        approximate=low.about,
    )
