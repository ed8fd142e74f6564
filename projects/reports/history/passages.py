"""How one text became another, in few words; the work is bounded however long the texts are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.utils.translation import ngettext

LONG = 80
"""A longer text, or one of several lines, is shown as what of it changed."""
AROUND = 30
"""So many characters are kept around what changed."""
LONGEST = 400
"""So many characters of a passage that came or went are shown."""
MOST_COMPARED = 400
"""So many words (or lines) of each text are compared one by one; more count as one passage."""

LIKE = 0.5
"""Passages with a smaller share of the same words are shown one after the other."""

_WORD = re.compile(r"[0-9A-Za-z_]+|\s+|.", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")

How = Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went or came."""

    how: How
    text: str


def is_long(*texts: str) -> bool:
    """Whether texts are too long to be shown whole."""
    return any(len(text) > LONG or "\n" in text for text in texts)


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """What went and what came, with a few words around it."""
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    raw = [
        Piece("same", before[:start]),
        *_compared(old, new),
        Piece("same", before[len(before) - end :] if end else ""),
    ]
    return tuple(_shortened([piece for piece in raw if piece.text]))


def _shared(one: str, other: str) -> int:
    """How many characters both begin with, back to where a word begins."""
    length = min(len(one), len(other))
    same = next((at for at in range(length) if one[at] != other[at]), length)
    while 0 < same < max(len(one), len(other)) and _in_word(one, same) | _in_word(other, same):
        same -= 1
    return same


def _in_word(text: str, at: int) -> bool:
    """Whether a word goes on at a place."""
    return bool(re.match(r"[0-9A-Za-z_]{2}", text[at - 1 : at + 1]))


def _compared(old: str, new: str) -> Iterator[Piece]:
    """By lines where the texts are long, and what changed of these by words."""
    if _few(_WORD.findall(old), _WORD.findall(new)):
        yield from _matched(_WORD.findall(old), _WORD.findall(new))
        return
    lines = _LINE.findall(old), _LINE.findall(new)
    if not _few(*lines):
        yield from (Piece("removed", old), Piece("added", new))
        return
    for one, other, same in _blocks(*lines):
        words = _WORD.findall(one), _WORD.findall(other)
        if same:
            yield Piece("same", one)
        elif _few(*words):
            yield from _matched(*words)
        else:
            yield from (Piece("removed", one), Piece("added", other))


def _few(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) <= MOST_COMPARED and len(other) <= MOST_COMPARED


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Words that stayed, went and came; all of them where hardly any stayed."""
    if SequenceMatcher(None, old, new, autojunk=False).ratio() < LIKE:
        yield from (Piece("removed", "".join(old)), Piece("added", "".join(new)))
        return
    for one, other, same in _blocks(old, new):
        yield from [Piece("same", one)] if same else [Piece("removed", one), Piece("added", other)]


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """What stands in each text, stretch by stretch, and whether it is the same."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[a:b]), "".join(new[c:d]), tag == "equal"


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    """Leave out of each piece what is far from a change, and the rest of a long one."""
    for number, piece in enumerate(pieces):
        if piece.how != "same":
            yield Piece(piece.how, _cut(piece.text))
            continue
        head = piece.text[:AROUND] if number else ""
        tail = piece.text[-AROUND:] if number < len(pieces) - 1 else ""
        short = len(piece.text) <= len(head) + len(tail) + 1
        yield piece if short else Piece("same", f"{head}…{tail}")


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    more = len(text) - LONGEST
    words = ngettext("(%(count)d more character)", "(%(count)d more characters)", more)
    return f"{text[:LONGEST]}… {words % {'count': more}}"
