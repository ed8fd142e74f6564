"""Finding known names in a text: the longest first, after NFKC, without blanks and case."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from projects.values.folded_text import FoldedText, Span, divides_number, fold_text

Thing = TypeVar("Thing", bound=Hashable)

_SHORTEST = 2
"""Letters that a name has at least; one letter stands in too many other words."""


@dataclass(frozen=True, slots=True)
class FoundName(Generic[Thing]):
    """A name in a text, from `start` to before `end`, and every thing that is called so."""

    start: int
    end: int
    things: tuple[Thing, ...]


def find_names(text: str, names: Iterable[tuple[str, Thing]]) -> list[FoundName[Thing]]:
    """Find names in a text, in order and without overlap, each with the thing it is given with.

    Case counts for names in capitals alone (CEC), which are also parts of words.
    """
    known = _by_beginning(names)
    folded = fold_text(text)
    lowered = _lowered(folded.letters)
    found: list[FoundName[Thing]] = []
    place = 0
    while place < len(lowered):
        name = _longest(known, lowered, folded, place)
        if name is None:
            place += 1
            continue
        length, things = name
        span = folded.span(place, place + length)
        found.append(FoundName(span.start, span.end, things))
        place += length
    return found


_Known = dict[str, dict[str, dict[Thing, None]]]


def _by_beginning(names: Iterable[tuple[str, Thing]]) -> _Known[Thing]:
    """The folded names, the longest first, by their first two letters, so that few are tried."""
    known: _Known[Thing] = defaultdict(lambda: defaultdict(dict))
    spelt = ((fold_text(name).letters, thing) for name, thing in names)
    for letters, thing in sorted(spelt, key=lambda pair: -len(pair[0])):
        if len(letters) >= _SHORTEST:
            # A dictionary keeps the order and drops what comes twice.
            known[_lowered(letters[:_SHORTEST])][letters][thing] = None
    return known


def _longest(
    known: _Known[Thing], lowered: str, folded: FoldedText, place: int
) -> tuple[int, tuple[Thing, ...]] | None:
    """The length and the things of the longest name that stands at a place."""
    for name, things in known.get(lowered[place : place + _SHORTEST], {}).items():
        end = place + len(name)
        exact = name.isascii() and name.isupper()
        stands = folded.letters if exact else lowered
        wanted = name if exact else _lowered(name)
        if stands.startswith(wanted, place) and _is_whole(folded, folded.span(place, end)):
            return len(name), tuple(things)
    return None


def _is_whole(folded: FoldedText, span: Span) -> bool:
    """Whether a name neither begins nor ends within a number or a word in Latin letters."""
    text = folded.original
    return not any(
        divides_number(text, place) or _divides_word(text, place)
        for place in (span.start, span.end)
    )


def _divides_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and _is_latin(text[place - 1]) and _is_latin(text[place])


def _is_latin(letter: str) -> bool:
    return letter.isalnum() and letter < "\u0250"


def _lowered(letters: str) -> str:
    """In small letters, and as long as before: İ would become two."""
    small = letters.lower()
    if len(small) == len(letters):
        return small
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in letters)
