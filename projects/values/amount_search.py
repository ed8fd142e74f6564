"""Finding amounts in running text, with their places in the text as it is given."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from projects.values.amount_sets import Amount
from projects.values.amount_vocabulary import (
    ABOUT_WORDS,
    BEFORE_WORDS,
    BEHIND_WORDS,
    ROUGHLY_WORDS,
)
from projects.values.amount_words import read_amount
from projects.values.units import CODES_BEFORE, CODES_BEHIND, any_of
from projects.values.words import UnreadableWords, fold

_MOST_TOKENS = 24
# Words that end or begin like one of ours: 签约30亿元 is signed, not about, 30亿元.
_OTHER_WORDS = (
    *("签约", "合约", "条约", "预约", "节约", "违约", "续约", "履约", "解约", "特约", "公约"),
    *("最近", "附近", "临近", "靠近", "邻近", "新近", "赶超", "反超", "截至", "截止到", "达到"),
    *("总数", "人数", "参数", "户数", "次数", "指数", "基数", "家数", "倍数", "台数", "件数"),
    *("人次", "人份", "人均", "人才", "人民政府", "家庭", "家族", "元素", "平方米每", "第"),
)


def _word(words: Iterable[str]) -> str:
    """Give a pattern for words that, in Latin letters, are not part of a longer word."""
    latin = any_of(word for word in words if word[:1].isascii() and word[-1:].isalnum())
    other = any_of(word for word in words if not (word[:1].isascii() and word[-1:].isalnum()))
    patterns = [f"(?:{other})"] if other else []
    return "|".join([*patterns, rf"(?<![a-z])(?:{latin})(?![a-z0-9])"] if latin else patterns)


_BLANK = " "
_TOKEN = re.compile(
    rf"(?P<other>{any_of(_OTHER_WORDS)})"
    r"|(?P<between>(?<![a-z])between(?![a-z])|介于)|(?P<and>(?<![a-z])and(?![a-z])|和|与)"
    rf"|(?P<before>{_word(BEFORE_WORDS)}|{_word(ABOUT_WORDS)}|上(?=[百千万亿]))"
    rf"|(?P<after>{_word(BEHIND_WORDS)}|{any_of(ROUGHLY_WORDS)}|之间)"
    rf"|(?P<number>(?![余多点.,])(?:[0-9零一二三四五六七八九十百千万亿两几数余多点]"
    r"|(?<=[0-9])[.,](?=[0-9]))+"
    r"|(?<![a-z])(?:thousand|million|billion|trillion|mn|bn)(?![a-z]))"
    rf"|(?P<unit>{_word(CODES_BEHIND)}|(?<![a-z])(?:{any_of(CODES_BEFORE)}))"
    r"|(?P<middle>-{1,2}|至|到|(?<![a-z])to(?![a-z]))"
    rf"|(?P<blank>{_BLANK})|(?P<rest>.)",
    re.I | re.A | re.S,
)
_PARTS = frozenset({"before", "after", "number", "unit"})


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount in a text: `text[start:end]` is `words`, which read as `amount`."""

    start: int
    end: int
    words: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    start: int
    end: int


def find_amounts(text: str) -> list[FoundAmount]:
    """Find the figures with a known unit, or with 万 or 亿, in their order.

    Bare numbers, and figures that cannot be read as a whole with the words around them, are left
    out rather than read in part.
    """
    folded, places = _folded(text)
    found: list[FoundAmount] = []
    for run in _runs(folded):
        found.extend(_found_in(run, text, folded, places))
    return found


def _folded(text: str) -> tuple[str, list[int]]:
    """Fold character by character, with the place in the text of each folded character."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        # `fold` drops blanks at the ends, so a lone blank comes out empty.
        plain = fold(character) if character.isprintable() else ""
        plain = plain or (_BLANK if character.isspace() else ".")
        characters.append(plain)
        places.extend([place] * len(plain))
    return "".join(characters), [*places, len(text)]


def _runs(folded: str) -> Iterator[list[_Token]]:
    """Give the stretches of known words; "and" belongs to one only after "between"."""
    run: list[_Token] = []
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup or "rest"
        closed = kind == "and" and not any(token.kind == "between" for token in run)
        if kind in ("other", "rest") or closed:
            yield run
            run = []
        else:
            run.append(_Token(kind, *match.span()))
    yield run


def _found_in(
    run: list[_Token], text: str, folded: str, places: list[int]
) -> Iterator[FoundAmount]:
    """Take the longest stretches of a run that can be read, from the left."""
    tokens = [token for token in run if token.kind != "blank"]
    if len(tokens) > _MOST_TOKENS:
        return
    first = 0
    while first < len(tokens):
        for last in range(len(tokens), first, -1):
            if not _stands_alone(tokens, first, last):
                continue
            start, end = tokens[first].start, tokens[last - 1].end
            found = _read(text, folded, places, start, end, tokens[first:last])
            if found:
                yield found
                first = last - 1
                break
        first += 1


def _stands_alone(tokens: list[_Token], first: int, last: int) -> bool:
    """Say whether no neighbour belongs to the figure and would be ignored."""
    left = [token.kind for token in tokens[max(0, first - 2) : first]]
    right = [token.kind for token in tokens[last : last + 2]]
    # Two figures may stand side by side, as in a table; without a blank one is misspelt.
    apart = bool(right) and tokens[last].start > tokens[last - 1].end
    if apart and right[0] == "number" and tokens[last - 1].kind == "unit":
        right = []
    if left and (left[-1] in ("number", "before", "between", "and")):
        return False
    if right and (right[0] in ("number", "unit", "after", "and")):
        return False
    range_left = len(left) == 2 and left[1] == "middle" and left[0] in _PARTS
    range_right = len(right) == 2 and right[0] == "middle" and right[1] in _PARTS
    return not (range_left or range_right)


def _read(
    text: str, folded: str, places: list[int], start: int, end: int, tokens: list[_Token]
) -> FoundAmount | None:
    kinds = [token.kind for token in tokens]
    if "number" not in kinds or kinds[0] in ("after", "middle", "and"):
        return None
    # A minus, and not the dash of a sentence, which folding makes the same.
    if start and text[places[start] - 1] in "-−－–":
        return None
    if not _is_bounded(folded, start, end, tokens):
        return None
    words = text[places[start] : places[end - 1] + 1]
    try:
        amount = read_amount(words)
    except UnreadableWords:
        return None
    return FoundAmount(places[start], places[end - 1] + 1, words, amount)


def _is_bounded(folded: str, start: int, end: int, tokens: list[_Token]) -> bool:
    """Say whether the characters around a figure let it be one, and one of a known unit."""
    before, after = folded[max(0, start - 5) : start], folded[end:].lstrip(_BLANK)[:1]
    words = folded[start:end]
    if words[0].isdigit() and re.search(r"[a-z.]$", before, re.I):
        return False
    # 总数十亿元 is either a total of ten or several tens.
    if before.endswith(("负", "第", "数")):
        return False
    # 从20亿元到30亿元 tells of a change and not of a range.
    change = before.endswith(("从", "由")) or before.lower().endswith("from ")
    if change and any(token.kind == "middle" for token in tokens):
        return False
    numbers = [folded[token.start : token.end] for token in tokens if token.kind == "number"]
    if any(token.kind == "unit" for token in tokens):
        # 二元 and 一家 are words, and no amounts.
        return any(number.isascii() or len(number) > 1 for number in numbers)
    # Without a unit: 3亿台 counts something else, so nothing may follow.
    return bool(re.search("[万亿]", numbers[-1])) and not after.isalnum()
