"""The one spelling in which words are searched, and the part of a text where they stand."""

from bisect import bisect_right
from collections.abc import Iterable

from projects.values.words import fold

_MARKS = str.maketrans("。、“”„「」『』‘’《〈》〉【〔】〕・•‧", '.,"""""""\'\'<<>>[[]]···')


def searchable(text: str) -> str:
    """A text in the spelling that is searched.

    Letters without regard to width and case, the marks of Chinese as those of ASCII (both come from
    the keyboard for the same mark), one kind of dash and of blank.
    """
    folded = fold(text)
    found = folded.translate(_MARKS).casefold()
    return folded if found == folded else fold(found)


def search_words(query: str) -> list[str]:
    """The words of a query, each to be found by itself."""
    return searchable(query).replace(";", " ").split()


def search_lines(texts: Iterable[str]) -> str:
    """Texts as they are searched: each on a line of its own, and so what semicolons separate.

    A line break stands before and after every line, so that a whole name can be looked for.
    """
    # Put together first: one spelling of all is quicker than one of each.
    lines = (line.strip() for line in searchable(";".join(texts)).split(";"))
    return "\n".join(["", *(line for line in lines if line), ""])


def excerpt(text: str, word: str, longest: int = 60) -> str:
    """At most `longest` characters of a text around a word given in the spelling searched."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    place = _position(text, word)
    start = max(0, min(place - longest // 3, len(text) - longest))
    end = start + longest
    if start:
        start = _near(text.find(" ", start, place), start) + 1
    if end < len(text):
        end = _near(text.rfind(" ", place + len(word), end), end - 1)
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")


def _near(blank: int, cut: int) -> int:
    """The blank at which to cut instead, so that no word is cut, where it is near."""
    return blank if blank >= 0 and abs(blank - cut) < 15 else cut


def _position(text: str, word: str) -> int:
    """Where the word begins in the text as it is written; 0 where it does not stand in it."""
    found = searchable(text).find(word)
    if found < 0:
        return 0
    # A spelling may be longer than what is written, so the place is looked up by its beginning.
    lengths = range(len(text) + 1)
    return bisect_right(lengths, found, key=lambda end: len(searchable(text[:end]))) - 1
