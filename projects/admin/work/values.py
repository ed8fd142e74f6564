"""The values that a passage is likely to state, by the names of a form's fields."""

from collections.abc import Iterable
from typing import Any

from projects.admin.work.recognition import AMOUNT, DATE, Mark, touches
from projects.admin.work.sentence import Sentence, distance, gap, led_to
from projects.models import (
    Agreement,
    AgreementParty,
    Indicator,
    Investment,
    MilestoneDate,
    Observation,
    Organization,
    Participation,
    Project,
    Statement,
    Target,
)
from projects.reports.names import Known
from projects.values import cues
from projects.values.amounts import is_currency
from projects.values.folded_text import Span, fold_blanks
from projects.values.sentences import CLAUSE_END

_ROLE_REACH = 12
_FARTHEST_STEP = 30


def values(kind: type[Statement], sentence: Sentence, span: Span) -> dict[str, Any]:
    """The values that a statement of this kind would have, by the names of its fields."""
    mine = [mark for mark in sentence.marks if touches(mark, span)]
    found = _VALUES[kind](sentence, span, mine)
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def role_of(sentence: Sentence, mark: Mark) -> cues.Cue | None:
    """The word for the part that an organization takes: just behind its name, in its clause."""
    end = mark.end - sentence.span.start
    near = sentence.words[end : end + _ROLE_REACH]
    near = CLAUSE_END.split(near, maxsplit=1)[0]
    found = next(cues.roles(near), None)
    following = [
        other.start for other in sentence.of_kind("organization") if other.start > mark.start
    ]
    if found is None or any(start < mark.end + found.start for start in following):
        return None
    return cues.Cue(end + found.start, end + found.end, found.code)


def steps_by_date(sentence: Sentence) -> dict[Mark, cues.Cue]:
    """The dates that are next to a word for a step, each with the nearest such word."""
    dates = sentence.of_kind(DATE)
    start = sentence.span.start
    found: dict[Mark, cues.Cue] = {}
    for cue in cues.steps(sentence.words) if dates else ():
        span = Span(start + cue.start, start + cue.end)
        date = min(dates, key=lambda mark: (gap(mark, span), mark.start))
        if gap(date, span) <= _FARTHEST_STEP and date not in found:
            found[date] = cue
    return found


def _subject(sentence: Sentence, span: Span, model: type[Any]) -> Known | None:
    """The thing of a model of which a passage speaks: nearest in its sentence, else before it."""
    named = [mark for mark in sentence.marks if mark.only(model)]
    if named:
        return min(named, key=lambda mark: distance(mark, span)).only(model)
    before = (mark.only(model) for mark in reversed(sentence.before))
    return next((known for known in before if known), None)


def _project_or_agreement(sentence: Sentence, span: Span) -> dict[str, Any]:
    """A project, unless the sentence names an agreement alone."""
    own = {model for mark in sentence.marks for model in (Project, Agreement) if mark.only(model)}
    if own == {Agreement}:
        return {"agreement": _pk(_subject(sentence, span, Agreement))}
    project = _subject(sentence, span, Project)
    return (
        {"project": _pk(project)}
        if project
        else {"agreement": _pk(_subject(sentence, span, Agreement))}
    )


def _investors(sentence: Sentence) -> list[int]:
    """The organizations of a sentence but those of which it says that they build or run."""
    named = sentence.of_kind("organization")
    found = (mark.only(Organization) for mark in named if role_of(sentence, mark) is None)
    return list(dict.fromkeys(known.pk for known in found if known))


def _words(sentence: Sentence, mark: Mark | None) -> str:
    """The words of a mark as one line."""
    return fold_blanks(sentence.text[mark.start : mark.end]) if mark else ""


def _first(marks: Iterable[Mark], kind: str) -> Mark | None:
    return next((mark for mark in marks if mark.kind == kind), None)


def _pk(known: Known | None) -> int | None:
    return known.pk if known else None


def _organization(sentence: Sentence, span: Span, mine: list[Mark]) -> int | None:
    """The organization in the passage, else the nearest one of its sentence."""
    named = [mark for mark in mine or sentence.marks if mark.only(Organization)]
    named = named or [mark for mark in sentence.marks if mark.only(Organization)]
    nearest = min(named, key=lambda mark: distance(mark, span), default=None)
    return _pk(nearest.only(Organization)) if nearest else None


def _participation(sentence: Sentence, span: Span, mine: list[Mark]) -> dict[str, Any]:
    named = [mark for mark in mine if mark.only(Organization)]
    role = next((cue for mark in named if (cue := role_of(sentence, mark))), None)
    return {
        "project": _pk(_subject(sentence, span, Project)),
        "organization": _organization(sentence, span, mine),
        "role": role.code if role else "",
    }


def _party(sentence: Sentence, span: Span, mine: list[Mark]) -> dict[str, Any]:
    return {
        "agreement": _pk(_subject(sentence, span, Agreement)),
        "organization": _organization(sentence, span, mine),
        "role": "signatory",
    }


def _investment(sentence: Sentence, span: Span, mine: list[Mark]) -> dict[str, Any]:
    amount = _first(mine, AMOUNT)
    near = led_to(sentence, amount or span)
    unit = (
        amount.amount.unit if amount and amount.amount and is_currency(amount.amount.unit) else ""
    )
    return {
        **_project_or_agreement(sentence, span),
        "amount_words": _words(sentence, amount),
        "unit": unit,
        "basis": cues.basis(near),
        "per": cues.per(near),
        "instrument": cues.instrument(near),
        "investors": _investors(sentence),
    }


def _milestone_date(sentence: Sentence, span: Span, mine: list[Mark]) -> dict[str, Any]:
    date = _first(mine, DATE)
    step = steps_by_date(sentence).get(date) if date else None
    around = sentence.clause(Span(date.start, date.end)) if date else sentence.words
    if date and step:
        start = sentence.span.start
        reach = Span(min(date.start, start + step.start), max(date.end, start + step.end))
        around = sentence.clause(reach)
    return {
        **_project_or_agreement(sentence, span),
        "step": step.code if step else "",
        "side": cues.side(around),
        "date": _words(sentence, date),
    }


def _measured(sentence: Sentence, span: Span, mine: list[Mark]) -> dict[str, Any]:
    amount = _first(mine, AMOUNT)
    dates = [mark for mark in sentence.of_kind(DATE) if mark.date is not None]
    period = min(dates, key=lambda mark: distance(mark, amount or span), default=None)
    return {
        "indicator": _pk(_indicator(sentence, span, amount)),
        "amount_words": _words(sentence, amount),
        "period": _words(sentence, period),
    }


def _indicator(sentence: Sentence, span: Span, amount: Mark | None) -> Known | None:
    """The nearest indicator of the sentence; one in the unit of the amount goes first."""
    unit = amount.amount.unit if amount and amount.amount else ""
    named = [mark for mark in sentence.marks if mark.only(Indicator)]
    fitting = [mark for mark in named if unit in {thing.unit for thing in mark.things}]
    nearest = min(fitting or named, key=lambda mark: distance(mark, span), default=None)
    return nearest.only(Indicator) if nearest else None


def _observation(sentence: Sentence, span: Span, mine: list[Mark]) -> dict[str, Any]:
    return {
        **_measured(sentence, span, mine),
        "status": cues.status(led_to(sentence, span)),
        **_growth(sentence, _first(mine, AMOUNT)),
    }


def _growth(sentence: Sentence, amount: Mark | None) -> dict[str, Any]:
    """How much the figure grew, where that is the next amount of its sentence."""
    behind = [one for one in sentence.of_kind(AMOUNT) if amount and one.start > amount.start]
    if not behind or not is_growth(sentence, behind[0]) or behind[0].amount is None:
        return {}
    return {"growth": behind[0].amount.low, "growth_as_written": _words(sentence, behind[0])}


def is_growth(sentence: Sentence, mark: Mark) -> bool:
    """Whether an amount says by how much another one grew."""
    if mark.amount is None or mark.amount.unit != "percent":
        return False
    return cues.speaks_of_growth(
        sentence.text[max(sentence.span.start, mark.start - 15) : mark.end]
    )


_VALUES: dict[type[Statement], Any] = {
    Participation: _participation,
    AgreementParty: _party,
    Investment: _investment,
    MilestoneDate: _milestone_date,
    Target: _measured,
    Observation: _observation,
}
