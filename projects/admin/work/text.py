"""The full text as it is shown: paragraphs of pieces, some of which are passages to choose."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any

from projects.admin.work.recognition import Mark
from projects.values.folded_text import Span, fold_blanks
from projects.values.passages import find
from projects.values.sentences import CLAUSE_END, paragraphs

LONGEST_PASSAGE = 500
"""Characters of a passage; a statement keeps no more words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph; `passage` is what choosing it chooses, None for plain text.

    `kind` is that of its mark, `todo` whether it is likely to be a statement and is none so far.
    """

    start: int
    text: str
    passage: Span | None = None
    kind: str = ""
    stated: bool = False
    todo: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its number, by which it is quoted."""

    number: int
    pieces: tuple[Piece, ...]


def digest(text: str) -> str:
    """A short text that tells one state of a full text from another."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def locator(number: int) -> str:
    """Where a paragraph is, in the one form in which the record keeps it in both languages."""
    return f"第{number}段"


def quotable(text: str, span: Span) -> str:
    """The words of a passage; with the words before them where they stand elsewhere first.

    A statement is found in the text by its words alone.
    """
    line = text[max(0, span.start - LONGEST_PASSAGE // 2) : span.start]
    line = line[max(line.rfind("\n"), line.rfind("\r")) + 1 :]
    begins = [span.start - len(line) + match.end() for match in CLAUSE_END.finditer(line)]
    for start in (span.start, *reversed(begins), span.start - len(line)):
        words = fold_blanks(text[start : span.end]).strip()
        found = find(words, text)
        if found and found.start <= span.start < found.end:
            return words
    return fold_blanks(text[span.start : span.end]).strip()


@dataclass(frozen=True, slots=True)
class Choice:
    """A stretch of the text that can be chosen: a mark, or a passage likely to be a statement."""

    start: int
    end: int
    kind: str = ""
    todo: bool = False


def choices(marks: list[Mark], todo: Iterable[Span]) -> list[Choice]:
    """All that can be chosen, in order and without overlap: passages before marks within them."""
    starts = [mark.start for mark in marks]
    passages = []
    for span in sorted(todo, key=_start):
        first = max(0, bisect_right(starts, span.start) - 1)
        within = [one for one in marks[first : first + 2] if one.end > span.start]
        kind = within[0].kind if within and within[0].start < span.end else ""
        passages.append(Choice(span.start, span.end, kind, todo=True))
    begins = [passage.start for passage in passages]
    free = [
        Choice(mark.start, mark.end, mark.kind)
        for mark in marks
        if not _any_between(passages, begins, mark.start, mark.end)
    ]
    return sorted([*passages, *free], key=_start)


def shown(
    text: str, choices: list[Choice], stated: Iterable[Span], chosen: Span | None
) -> Iterator[Paragraph]:
    """Cut a text into its paragraphs, and these wherever something begins or ends."""
    layers = _Layers(choices, _joined(sorted(stated, key=_start)), chosen)
    edges = layers.edges()
    for number, line in enumerate(paragraphs(text), 1):
        first, last = bisect_left(edges, line.start), bisect_left(edges, line.end)
        cuts = sorted({line.start, *edges[first:last], line.end})
        yield Paragraph(number, tuple(layers.piece(text, *cut) for cut in pairwise(cuts)))


def _start(span: Any) -> int:
    return int(span.start)


class _Layers:
    """What lies over a text, each without overlap: what can be chosen, statements, the choice."""

    def __init__(self, choices: list[Choice], stated: list[Span], chosen: Span | None) -> None:
        self.choices, self.stated, self.chosen = choices, stated, chosen
        self._begins = [choice.start for choice in choices]
        self._stated_begins = [span.start for span in stated]

    def edges(self) -> list[int]:
        """Every place where a piece begins or ends, in order."""
        spans: list[Any] = [*self.choices, *self.stated, *([self.chosen] if self.chosen else [])]
        return sorted({edge for span in spans for edge in (span.start, span.end)})

    def piece(self, text: str, start: int, end: int) -> Piece:
        """The piece between two neighbouring edges."""
        choice = _over(self.choices, self._begins, start)
        stated = _over(self.stated, self._stated_begins, start)
        lies = choice or stated
        return Piece(
            start,
            text[start:end],
            passage=Span(lies.start, lies.end) if lies else None,
            kind=choice.kind if choice else "",
            stated=stated is not None,
            todo=choice is not None and choice.todo,
            chosen=self.chosen is not None and self.chosen.start <= start < self.chosen.end,
        )


def _joined(spans: list[Span]) -> list[Span]:
    """Sorted spans, with those that overlap as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def _over(lying: list[Any], begins: list[int], place: int) -> Any:
    """The one of several stretches without overlap in which a place lies; None between them."""
    at = bisect_right(begins, place) - 1
    return lying[at] if at >= 0 and place < lying[at].end else None


def _any_between(lying: list[Any], begins: list[int], start: int, end: int) -> bool:
    """Whether one of several stretches without overlap has a character between two places."""
    at = bisect_left(begins, end) - 1
    return at >= 0 and bool(lying[at].end > start)
