"""A full text as the working page reads it: its marks, its passages, and what is stated so far."""

import re
from functools import cached_property
from typing import Any

from projects.admin.work.proposals import Passage, passages
from projects.admin.work.recognition import LONGEST_READ, Mark, recognise
from projects.admin.work.sitting import Sitting
from projects.admin.work.text import (
    LONGEST_PASSAGE,
    Paragraph,
    choices,
    digest,
    shown,
)
from projects.models import Source, Statement
from projects.reports.names import known_names
from projects.reports.passages import Quoted, quote
from projects.reports.provenance import all_said_by
from projects.values.folded_text import Span

_PASSAGE = re.compile(r"([0-9]{1,7})-([0-9]{1,7})")


class Article:
    """The text of a source, with what an editor has done with it in this sitting."""

    def __init__(self, source: Source, session: Any) -> None:
        self.source, self.text = source, source.full_text
        self.digest = digest(self.text)
        # The digest alone would carry what was set aside to another source with the same text.
        self.sitting = Sitting(session, f"{source.pk}-{self.digest}")

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.text.strip()

    @property
    def too_long(self) -> bool:
        """Whether its end is shown without marks."""
        return len(self.text) > LONGEST_READ

    @cached_property
    def marks(self) -> list[Mark]:
        """What the readers recognise in it."""
        return recognise(self.text, self.source.when, known_names())

    @cached_property
    def passages(self) -> list[Passage]:
        """The stretches that are likely to be statements."""
        return list(passages(self.text, self.marks))

    @cached_property
    def statements(self) -> list[Quoted]:
        """The statements of the source, with where their words stand."""
        said = all_said_by(self.source)
        return [quote(statement, number, self.text) for number, statement in enumerate(said, 1)]

    @cached_property
    def stated(self) -> list[tuple[Span, Statement]]:
        """The stretches that are statements, found by their words or remembered."""
        found = [
            (span, one.statement)
            for one in self.statements
            for said in one.quotes
            for span in (said.passage.spans if said.passage else ())
        ]
        by_key = {one.statement.key: one.statement for one in self.statements}
        remembered = self.sitting.entered.items()
        return found + [(span, by_key[key]) for span, key in remembered if key in by_key]

    def stated_in(self, span: Span) -> list[Statement]:
        """The statements that lie in a stretch, in part at least."""
        lying = [one for other, one in self.stated if _overlap(span, other)]
        return list(dict.fromkeys(lying))

    @cached_property
    def done(self) -> list[Passage]:
        """The passages that are statements."""
        return [one for one in self.passages if self.stated_in(one.span)]

    @cached_property
    def todo(self) -> list[Passage]:
        """The passages that are neither statements nor set aside."""
        handled = {one.span for one in self.done} | self.sitting.skipped
        return [one for one in self.passages if one.span not in handled]

    @property
    def aside(self) -> int:
        """How many passages were set aside."""
        return len(self.passages) - len(self.done) - len(self.todo)

    def next_after(self, place: int) -> Passage | None:
        """The next passage to do; after the last one the first."""
        later = (one for one in self.todo if one.span.start >= place)
        return next(later, self.todo[0] if self.todo else None)

    def paragraphs(self, chosen: Span | None) -> list[Paragraph]:
        """The text to choose from."""
        to_do = choices(self.marks, [one.span for one in self.todo])
        return list(shown(self.text, to_do, [span for span, _one in self.stated], chosen))

    def span(self, spelt: str) -> Span | None:
        """The stretch that an address names; None where it is none of this text."""
        match = _PASSAGE.fullmatch(spelt)
        if match is None:
            return None
        start, end = int(match[1]), int(match[2])
        inside = start < end <= len(self.text) and end - start <= LONGEST_PASSAGE
        return Span(start, end) if inside and self.text[start:end].strip() else None


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
