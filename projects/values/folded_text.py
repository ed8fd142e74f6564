"""A text as it is compared: after NFKC and without blanks, each character with its old place."""

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_BLANKS = re.compile(r"\s+")
_DECIMALS = r"(?:\.[0-9]+(?!\.?[0-9]))?"  # of 2016.5, and not of the date 2016.1.15
_NUMBER = re.compile(rf"[0-9]+(?:,[0-9]{{3}}(?![0-9]))*{_DECIMALS}")
_IN_NUMBERS = frozenset("0123456789.,０１２３４５６７８９．，")
_LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, from `start` to before `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoldedText:
    """The letters of a text, and where each of them begins and ends in the original."""

    letters: str
    starts: "array[int]"
    ends: "array[int]"
    original: str

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that these letters come from."""
        return Span(self.starts[start], self.ends[end - 1])

    def occurrences(self, wanted: str) -> Iterator[int]:
        """Give every place where folded words stand without dividing a number."""
        place = self.letters.find(wanted) if wanted else -1
        while place >= 0:
            span = self.span(place, place + len(wanted))
            if not (
                divides_number(self.original, span.start) or divides_number(self.original, span.end)
            ):
                yield place
            place = self.letters.find(wanted, place + 1)


@lru_cache(maxsize=4)  # the statements of a publication are all looked for in one text
def fold_text(text: str) -> FoldedText:
    """Fold a text; blanks and characters without width vanish, ㎡ becomes two letters."""
    letters: list[str] = []
    starts, ends = array("I"), array("I")
    for place, character in enumerate(text):
        for letter in _letters(character):
            if letters and unicodedata.combining(letter):
                joined = unicodedata.normalize("NFC", letters[-1] + letter)
                if len(joined) == 1:
                    letters[-1], ends[-1] = joined, place + 1
                    continue
            letters.append(letter)
            starts.append(place)
            ends.append(place + 1)
    return FoldedText("".join(letters), starts, ends, text)


@lru_cache(maxsize=8192)
def _letters(character: str) -> str:
    if unicodedata.category(character) == "Cf":  # without width: soft hyphens, joiners, marks
        return ""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", character))


def divides_number(text: str, place: int) -> bool:
    """Whether a number of the text stands on both sides of a place: 3 and 500亿元, 2008. and 2."""
    if not 0 < place < len(text) or not {text[place - 1], text[place]} <= _IN_NUMBERS:
        return False
    before = unicodedata.normalize("NFKC", text[max(0, place - _LONGEST_NUMBER) : place])
    after = unicodedata.normalize("NFKC", text[place : place + _LONGEST_NUMBER])
    numbers = _NUMBER.finditer(before + after)
    return any(number.start() < len(before) < number.end() for number in numbers)


def fold_blanks(text: str) -> str:
    """Make one blank of every run of them."""
    return _BLANKS.sub(" ", text)
