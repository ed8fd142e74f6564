"""The words of statements as they stand in the full text of their source."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count

from django.db.models import Model

from projects.models import Statement
from projects.models.passages import words_of
from projects.reports.provenance import SaidOfSubject
from projects.values.folded_text import Span
from projects.values.passages import Context, Passage, cut, find, in_context


@dataclass(frozen=True)
class Quote:
    """Words of a statement, where they stand in the text, and what a reader may see around them."""

    words: str
    passage: Passage | None
    context: Context | None

    @property
    def shown(self) -> str:
        """The words as the statement gives them, or as the text does where its order is another."""
        if self.passage is None or self.context is None or self.passage.in_order:
            return self.words
        return self.context.words


@dataclass(frozen=True)
class Quoted:
    """A statement with its words, and the number by which the text refers to it."""

    statement: Statement
    number: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class QuotedOfSubject:
    """What a publication states of one project, agreement or indicator, with its words."""

    subject: Model
    statements: tuple[Quoted, ...]


@dataclass(frozen=True)
class Note:
    """The number of a statement at the end of a passage; `first` where no other came before."""

    statement: Statement
    number: int
    address: str
    first: bool


@dataclass(frozen=True)
class Piece:
    """A piece of a text that belongs to the same passages throughout.

    It leads to the statement with the shortest of them. `notes` are those that end with it.
    """

    text: str
    statement: Statement | None
    address: str
    notes: tuple[Note, ...]


def quoted(said: Iterable[SaidOfSubject], text: str) -> list[QuotedOfSubject]:
    """Find the words of statements (from `said_by`) in the text, if there is one."""
    numbers = count(1)
    return [
        QuotedOfSubject(
            one.subject,
            tuple(quote(statement, next(numbers), text) for statement in one.statements),
        )
        for one in said
    ]


def quote(statement: Statement, number: int, text: str) -> Quoted:
    """Find the words of a statement in a text."""
    quotes = []
    for words in words_of(statement).values():
        passage = find(words, text)
        quotes.append(Quote(words, passage, in_context(passage, text) if passage else None))
    return Quoted(statement, number, tuple(quotes))


def marked(
    text: str, statements: Iterable[Quoted], address: Callable[[Statement], str]
) -> list[Piece]:
    """Cut a whole text into pieces that lead to the statements whose words they are."""
    passages = [
        (span, one)
        for one in statements
        for said in one.quotes
        for span in (said.passage.spans if said.passage else ())
    ]
    noted: set[int] = set()
    pieces = []
    for piece in cut(text, [span for span, _one in passages]):
        over = [
            (span, one)
            for span, one in passages
            if span.start <= piece.start and piece.end <= span.end
        ]
        # Where passages end together, the number of each stands once.
        ending = {one.number: one for span, one in over if span.end == piece.end}
        notes = tuple(
            Note(one.statement, number, address(one.statement), number not in noted)
            for number, one in ending.items()
        )
        noted |= set(ending)
        closest = min(over, key=_length)[1].statement if over else None
        words = text[piece.start : piece.end]
        pieces.append(Piece(words, closest, address(closest) if closest else "", notes))
    return pieces


def _length(passage: tuple[Span, Quoted]) -> int:
    return passage[0].end - passage[0].start
