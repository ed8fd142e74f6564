"""The passages of a text that are likely to be statements, and of which kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from projects.admin.work.recognition import AMOUNT, DATE, Mark, touches
from projects.admin.work.sentence import Sentence, distance, led_to, overlap, read, sentence_at
from projects.admin.work.values import is_growth, role_of, steps_by_date, values
from projects.models import (
    AgreementParty,
    Investment,
    MilestoneDate,
    Observation,
    Organization,
    Participation,
    Statement,
    Target,
)
from projects.values import cues
from projects.values.amounts import is_currency
from projects.values.folded_text import Span

_FAR = 10**6


@dataclass(frozen=True)
class Passage:
    """A stretch of the text that is likely to be a statement, and of which kind."""

    span: Span
    kind: type[Statement]
    values: dict[str, Any] = field(default_factory=dict)


def passages(text: str, marks: list[Mark]) -> Iterator[Passage]:
    """Every stretch that seems to state something, in the order of the text, without overlap."""
    end = 0
    for sentence in read(text, marks):
        for passage in _in_sentence(sentence):
            if passage.span.start >= end:
                yield passage
                end = passage.span.end


def chosen(text: str, marks: list[Mark], span: Span, kind: type[Statement] | None) -> Passage:
    """The passage that an editor has chosen: of the kind asked for, else of the likeliest one."""
    sentence = sentence_at(text, marks, span)
    inside = [mark for mark in sentence.marks if touches(mark, span)]
    found = [one for one in _in_sentence(sentence) if overlap(one.span, span)]
    likely = found[0].kind if found else _kind_alone(inside)
    kind = kind or likely
    return Passage(span, kind, values(kind, sentence, span))


def _in_sentence(sentence: Sentence) -> Iterator[Passage]:
    dated = steps_by_date(sentence)
    for mark in sentence.marks:
        span = Span(mark.start, mark.end)
        if mark.kind == AMOUNT:
            if is_growth(sentence, mark):
                continue  # a part of the observation beside it
            yield Passage(span, _kind_of_amount(sentence, mark))
        elif mark in dated:
            yield Passage(span, MilestoneDate)
        elif mark.only(Organization):
            yield from _roles(sentence, mark)


def _roles(sentence: Sentence, mark: Mark) -> Iterator[Passage]:
    """That an organization takes part, with the word that says so, or signs a paper."""
    role = role_of(sentence, mark)
    if role is not None:
        start = sentence.span.start
        yield Passage(
            Span(min(mark.start, start + role.start), max(mark.end, start + role.end)),
            Participation,
        )
    elif cues.signs_paper(sentence.words):
        yield Passage(Span(mark.start, mark.end), AgreementParty)


def _kind_alone(marks: Iterable[Mark]) -> type[Statement]:
    """The kind of a passage of which no word says more than its marks."""
    kinds = [mark.kind for mark in marks]
    if AMOUNT in kinds:
        return Investment
    return MilestoneDate if DATE in kinds or "organization" not in kinds else Participation


def _kind_of_amount(sentence: Sentence, mark: Mark) -> type[Statement]:
    """An investment, or a figure that is aimed at or observed: what is said next to it."""
    money = mark.amount is None or is_currency(mark.amount.unit)
    to_money = _nearest_match(cues.INVESTMENT.finditer(sentence.words), sentence, mark)
    to_figure = min(
        _nearest_match(cues.FIGURE.finditer(sentence.words), sentence, mark),
        min((distance(one, mark) for one in sentence.of_kind("indicator")), default=_FAR),
    )
    if money and to_money <= to_figure:
        return Investment
    return Target if cues.is_target(led_to(sentence, mark)) else Observation


def _nearest_match(matches: Any, sentence: Sentence, mark: Mark) -> int:
    start = sentence.span.start
    spans = (Span(start + match.start(), start + match.end()) for match in matches)
    return min((distance(span, mark) for span in spans), default=_FAR)
