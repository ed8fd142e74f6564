"""Where words stand in the full text of a publication, what stands around them, what is like them.

Compared after NFKC, and without blanks: a Chinese text breaks its lines anywhere. Words may leave
something out (力争…2000亿元): then their parts stand in this order. Phrases set apart by a
semicolon (入股；2016年初) may stand in any order. What lies between is at most `FARTHEST` long.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import pairwise, permutations

from projects.values.folded_text import FoldedText, Span, divides_number, fold_blanks, fold_text

AROUND = 40
"""How many characters of the text stand around words at most, before and after them together."""
FARTHEST = 200
"""How many characters may lie between two parts of the words, blanks not counted."""

_LEFT_OUT = re.compile(r"[\[(]?(?:\.{3,}|⋯+)[\])]?")  # NFKC makes dots of … and ……
_SET_APART = re.compile(r"[\[(（［]?(?:\.{3,}|…+|⋯+)[\])）］]?|[;；]")
_NUMBER_BEGINS = re.compile(r"[\d.,．，]+")
_NUMBER_ENDS = re.compile(r"[\d.,．，]+\Z")
_MOST_PHRASES = 3  # these two bound the cost; what has more is looked for as it stands
_MOST_PARTS = 8
_SMALLEST_WINDOW = 20
_COMPARED = 5


@dataclass(frozen=True, slots=True)
class Passage:
    """Where words stand in a text: a span for each of their parts, in the order of the text.

    Words that stand in several places are taken where they stand first; `places` counts them.
    `in_order` is false where phrases stand in another order than the words give.
    """

    spans: tuple[Span, ...]
    places: int = 1
    in_order: bool = True

    @property
    def start(self) -> int:
        """Where the first part begins."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where the last part ends."""
        return self.spans[-1].end


@dataclass(frozen=True, slots=True)
class Context:
    """Words as a text has them and what stands around them, with blanks folded."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class _Link:
    """A part of words where it stands, the part before it, and where the first one begins."""

    start: int
    end: int
    first: int
    before: "_Link | None" = None


def find(words: str, text: str) -> Passage | None:
    """Find words in a text; the spans are places in the text as it is given.

    Words that would begin or end within a number are not found: 3500亿元 does not say 500亿元.
    """
    folded, wanted = fold_text(text), fold_text(words).letters
    places = list(folded.occurrences(wanted))
    if places:
        return Passage((folded.span(places[0], places[0] + len(wanted)),), len(places))
    orders = list(_orders(wanted))
    chains = [(link, parts) for parts in orders if (link := _chain(parts, folded))]
    if not chains:
        return None
    tightest, parts = min(chains, key=lambda chain: chain[0].end - chain[0].first)
    spans = tuple(folded.span(link.start, link.end) for link in _links(tightest))
    return Passage(spans, in_order=parts == orders[0])


def are_words(words: str) -> bool:
    """Whether there is anything to be found: more than blanks and what is left out."""
    return bool(_phrases(fold_text(words).letters))


def around(words: str, text: str) -> Context | None:
    """Give the words as the text has them, with at most `AROUND` characters of it around them.

    None where they do not occur.
    """
    passage = find(words, text)
    return in_context(passage, text) if passage else None


def in_context(passage: Passage, text: str, most: int = AROUND) -> Context:
    """Give a passage with at most `most` characters of the text around it.

    What lies between its parts is left out. Numbers that would be cut at the edge are left out too.
    """
    words = "…".join(fold_blanks(text[span.start : span.end]) for span in passage.spans)
    # Several times as much as is shown, as runs of blanks become one.
    before = fold_blanks(text[max(0, passage.start - 10 * most) : passage.start]).lstrip()
    after = fold_blanks(text[passage.end : passage.end + 10 * most]).rstrip()
    # What one side does not have is left to the other.
    first = max(0, len(before) - max(most // 2, most - len(after)))
    last = min(len(after), most - (len(before) - first))
    shown_before, shown_after = before[first:], after[:last]
    if divides_number(before, first):
        shown_before = _NUMBER_BEGINS.sub("", shown_before, count=1)
    if divides_number(after, last):
        shown_after = _NUMBER_ENDS.sub("", shown_after)
    return Context(shown_before.lstrip(), words, shown_after.rstrip())


def nearest(words: str, text: str) -> Passage | None:
    """Give the passage most like words that do not occur; None where nothing has a letter of them.

    Of words that leave something out, the first part that does not occur is looked for. The text is
    gone over once in windows; only the few best of them are compared with the words.
    """
    folded = fold_text(text)
    wanted = _missing(fold_text(words).letters, folded)
    step = max(len(wanted), _SMALLEST_WINDOW)
    pairs = _pairs(wanted)
    scores = (
        (len(pairs & _pairs(folded.letters[start : start + 2 * step])), -start)
        for start in range(0, len(folded.letters), step)
    )
    best = [-place for score, place in nlargest(_COMPARED, scores) if score]
    stretches = [_aligned(wanted, folded.letters, start, start + 2 * step) for start in best]
    if not stretches:
        return None
    closest = max(stretches, key=lambda ends: _likeness(wanted, folded.letters[slice(*ends)]))
    return Passage((folded.span(*closest),))


def cut(text: str, spans: Iterable[Span]) -> list[Span]:
    """Cut a text wherever a span begins or ends; the pieces in their order make up the text."""
    edges = {0, len(text), *(edge for span in spans for edge in (span.start, span.end))}
    return [Span(start, end) for start, end in pairwise(sorted(edges))]


def parts_of(words: str) -> list[str]:
    """The parts of words between what they leave out, as they are written: 力争…2000亿元."""
    return [part for part in _SET_APART.split(words) if part.strip()]


def _phrases(wanted: str) -> list[list[str]]:
    """The phrases of folded words, each with its parts between what it leaves out."""
    phrases = ([part for part in _LEFT_OUT.split(one) if part] for one in wanted.split(";"))
    return [phrase for phrase in phrases if phrase]


def _orders(wanted: str) -> Iterator[list[str]]:
    """Give the parts of folded words in each order in which they may stand, first as written."""
    phrases = _phrases(wanted)
    if not 0 < len(phrases) <= _MOST_PHRASES or sum(map(len, phrases)) > _MOST_PARTS:
        return
    for order in permutations(phrases):
        yield [part for phrase in order for part in phrase]


def _chain(parts: list[str], folded: FoldedText) -> _Link | None:
    """The last part of the tightest chain of all parts in their order."""
    links = [_Link(at, at + len(parts[0]), at) for at in folded.occurrences(parts[0])]
    for part in parts[1:]:
        links = list(_linked(links, part, folded))
    return min(links, key=lambda link: link.end - link.first, default=None)


def _linked(links: list[_Link], part: str, folded: FoldedText) -> Iterator[_Link]:
    """Tie each occurrence of a part to the last link before it, where that is near enough."""
    passed = 0
    for start in folded.occurrences(part):
        while passed < len(links) and links[passed].end <= start:
            passed += 1
        if passed and start - links[passed - 1].end <= FARTHEST:
            before = links[passed - 1]
            yield _Link(start, start + len(part), before.first, before)


def _links(last: _Link | None) -> list[_Link]:
    """All links of a chain, the first one first."""
    found: list[_Link] = []
    while last is not None:
        found.append(last)
        last = last.before
    return found[::-1]


def _missing(wanted: str, folded: FoldedText) -> str:
    """The first part of folded words that does not occur; all of them where each part does."""
    parts = [part for phrase in _phrases(wanted) for part in phrase]
    missing = (part for part in parts if next(folded.occurrences(part), None) is None)
    return next(missing, "".join(parts))


def _pairs(letters: str) -> set[str]:
    """The letters and the pairs of neighbours."""
    return {letters[at : at + size] for at in range(len(letters)) for size in (1, 2)}


def _aligned(wanted: str, letters: str, start: int, end: int) -> tuple[int, int]:
    """The stretch that the letters take up if laid on the longest run of them in a window."""
    matcher = SequenceMatcher(None, wanted, letters[start:end], autojunk=False)
    run = matcher.find_longest_match()
    first = start + run.b - run.a
    return max(0, first), min(len(letters), first + len(wanted))


def _likeness(wanted: str, letters: str) -> float:
    return SequenceMatcher(None, wanted, letters, autojunk=False).ratio()
