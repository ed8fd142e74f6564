"""A sentence of a text with what is recognised in it, and how near things are to each other."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from projects.admin.work.recognition import AMOUNT, Mark
from projects.values.folded_text import Span
from projects.values.sentences import CLAUSE_END, sentences

_LOOK_BACK = 2000
"""How many characters before a sentence a project may be named of which it speaks."""


@dataclass(frozen=True)
class Sentence:
    """A sentence with the marks in it, and the marks shortly before it."""

    text: str
    span: Span
    marks: tuple[Mark, ...]
    before: tuple[Mark, ...]

    @property
    def words(self) -> str:
        """The sentence itself."""
        return self.text[self.span.start : self.span.end]

    def clause(self, span: Span) -> str:
        """The part of the sentence around a stretch of it, between two commas."""
        ends = [self.span.start + match.end() for match in CLAUSE_END.finditer(self.words)]
        edges = [self.span.start, *ends, self.span.end]
        first = edges[max(0, bisect_right(edges, span.start) - 1)]
        last = edges[min(len(edges) - 1, bisect_left(edges, span.end))]
        return self.text[first:last]

    def of_kind(self, kind: str) -> list[Mark]:
        """The marks of one kind."""
        return [mark for mark in self.marks if mark.kind == kind]


def read(text: str, marks: list[Mark]) -> Iterator[Sentence]:
    """The sentences that have a mark."""
    starts = [mark.start for mark in marks]
    for span in sentences(text):
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        if first < last:
            yield _sentence(text, marks, starts, span)


def _sentence(text: str, marks: list[Mark], starts: list[int], span: Span) -> Sentence:
    first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
    back = bisect_left(starts, span.start - _LOOK_BACK)
    return Sentence(text, span, tuple(marks[first:last]), tuple(marks[back:first]))


def sentence_at(text: str, marks: list[Mark], span: Span) -> Sentence:
    """The sentences that a stretch of the text touches, as one."""
    touched = [one for one in sentences(text) if overlap(one, span)]
    whole = Span(touched[0].start, touched[-1].end) if touched else span
    return _sentence(text, marks, [mark.start for mark in marks], whole)


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches have a character in common."""
    return one.start < other.end and other.start < one.end


def distance(one: Any, other: Any) -> int:
    """The characters between two stretches; what comes behind counts twice, as words lead on."""
    if one.end <= other.start:
        return int(other.start - one.end)
    return 2 * max(0, int(one.start - other.end)) + (1 if one.start >= other.end else 0)


def gap(one: Any, other: Any) -> int:
    """The characters between two stretches."""
    return int(max(one.start - other.end, other.start - one.end, 0))


def led_to(sentence: Sentence, span: Any) -> str:
    """The words of a sentence up to the end of the clause of a stretch, from the figure before it.

    力争2025年达到100亿元，而2020年为50亿元: what is aimed at is said of the first alone.
    """
    earlier = [mark.end for mark in sentence.of_kind(AMOUNT) if mark.end <= span.start]
    start = max(earlier, default=sentence.span.start)
    following = CLAUSE_END.search(sentence.text, span.end, sentence.span.end)
    return sentence.text[start : following.start() if following else sentence.span.end]
