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
    known = _Known(names)
    folded = fold_text(text)
    lowered = _lowered(folded.letters)
    found: list[FoundName[Thing]] = []
    place = 0
    while place < len(lowered):
        for length in known.lengths.get(lowered[place : place + _SHORTEST], ()):
            end = place + length
            things = known.called(lowered[place:end], folded.letters[place:end])
            if (
                things
                and end <= len(lowered)
                and _is_whole(folded, span := folded.span(place, end))
            ):
                found.append(FoundName(span.start, span.end, things))
                place = end
                break
        else:
            place += 1
    return found


class _Known(Generic[Thing]):
    """The folded names, and by their first two letters how long they are, the longest first.

    So the cost of a place is that of a few look-ups, however many names begin alike.
    """

    def __init__(self, names: Iterable[tuple[str, Thing]]) -> None:
        self._things: dict[str, dict[Thing, str]] = defaultdict(dict)
        lengths: dict[str, set[int]] = defaultdict(set)
        for name, thing in names:
            letters = fold_text(name).letters
            if len(letters) >= _SHORTEST:
                lowered = _lowered(letters)
                in_capitals = letters.isascii() and letters.isupper()
                self._things[lowered].setdefault(thing, letters if in_capitals else "")
                lengths[lowered[:_SHORTEST]].add(len(letters))
        self.lengths = {begin: sorted(found, reverse=True) for begin, found in lengths.items()}

    def called(self, lowered: str, letters: str) -> tuple[Thing, ...]:
        """The things that are called so."""
        things = self._things.get(lowered, {}).items()
        return tuple(thing for thing, exact in things if exact in ("", letters))


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
