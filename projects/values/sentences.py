"""The parts of a text: its paragraphs, which are its lines, and its sentences."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from projects.values.folded_text import Span

LONGEST_SENTENCE = 600
"""Characters after which a sentence is cut, so that a text without marks costs no more."""

_LINE = re.compile(r"[^\r\n]+")
_SENTENCE_END = re.compile(r"[。！？!?；;]+[”’」』）)\"']*|\.(?=\s)")
CLAUSE_END = re.compile(r"[，,、：:]")


def paragraphs(text: str) -> list[Span]:
    """The lines of a text that are not blank, in their order."""
    return [Span(*line.span()) for line in _LINE.finditer(text) if line[0].strip()]


def paragraph_number(text: str, place: int) -> int:
    """The number, from 1, of the paragraph in which a place lies, or of the one before it."""
    starts = [span.start for span in paragraphs(text)]
    return max(1, bisect_right(starts, place))


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a text; none goes beyond its paragraph."""
    for line in _LINE.finditer(text):
        start = line.start()
        for mark in _SENTENCE_END.finditer(text, *line.span()):
            yield from _cut(start, mark.end())
            start = mark.end()
        yield from _cut(start, line.end())


def _cut(start: int, end: int) -> Iterator[Span]:
    for place in range(start, end, LONGEST_SENTENCE):
        yield Span(place, min(end, place + LONGEST_SENTENCE))
