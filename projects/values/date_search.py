"""Finding the words of dates in a text."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from projects.values.date_phrases import PHRASE
from projects.values.date_reading import read_date
from projects.values.date_words import EN_MONTH, FLAGS, nameless
from projects.values.vague_dates import VagueDate
from projects.values.words import UnreadableWords, fold

# Words that change what the date says are found with it, so that the date is refused, not read
# as if they were not there: 约2016年, 2025年前.
_CHANGED_BEFORE = r"(?:大约|约|近|早于|晚于|\b(?:about|around|circa|before|after|until|since) )?"
_CHANGED_AFTER = "(?:左右|前后|以前|之前|以后|之后|以来|前|后)?"
_FOUND = re.compile(f"{_CHANGED_BEFORE}{PHRASE}{_CHANGED_AFTER}", FLAGS)
# 2705 and may are dates only after a word that says so.
_DOUBTFUL = re.compile(rf"[0-9]{{4}}(?: ?- ?[0-9]{{4}})?|{nameless(EN_MONTH)}", FLAGS)
_SAYS_SO = re.compile(r"\b(?:in|on|during|of|year) $", FLAGS)
_BLANK = " "


@dataclass(frozen=True, slots=True)
class FoundDate:
    """The words of a date in a text, from `start` to before `end`; `date` is None if unread."""

    start: int
    end: int
    words: str
    date: VagueDate | None = None


def find_dates(
    text: str, said_on: date | VagueDate | None = None, counted_from: date | None = None
) -> list[FoundDate]:
    """Find the words of dates, in order and without overlap, at their places in the text as given.

    With `said_on`, the publication's day, each that can be read carries its date, as `read_date`
    reads it. Never raises.
    """
    folded, places = _fold_in_place(text)
    found = []
    for match in _FOUND.finditer(folded):
        if not _is_doubtful(match):
            start, end = places[match.start()], places[match.end() - 1] + 1
            words = text[start:end]
            found.append(FoundDate(start, end, words, _read(words, said_on, counted_from)))
    return found


def _is_doubtful(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - len("during ")) : match.start()]
    return bool(_DOUBTFUL.fullmatch(match[0])) and not _SAYS_SO.search(before)


def _read(
    words: str, said_on: date | VagueDate | None, counted_from: date | None
) -> VagueDate | None:
    if said_on is None:
        return None
    try:
        return read_date(words, said_on, counted_from)
    except UnreadableWords:
        return None


def _fold_in_place(text: str) -> tuple[str, list[int]]:
    """The text as the reader folds it, and for each of its characters the place in the original.

    Character by character: NFKC makes ㋀ two characters and a run of dashes becomes one.
    """
    letters: list[str] = []
    places: list[int] = []
    for place, original in enumerate(text):
        for letter in original if original.isalnum() and original.isascii() else _fold(original):
            last = letters[-1] if letters else _BLANK
            if (letter == last and letter in " -") or (letter == _BLANK and _is_chinese(last)):
                continue
            if last == _BLANK and letters and _is_chinese(letter):
                letters.pop()
                places.pop()
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


def _fold(letter: str) -> str:
    if letter.isspace():
        return _BLANK
    if _is_chinese(letter):
        return unicodedata.normalize("NFKC", letter)
    return fold(letter) or _BLANK


def _is_chinese(letter: str) -> bool:
    return "一" <= letter <= "鿿" or letter == "〇"
