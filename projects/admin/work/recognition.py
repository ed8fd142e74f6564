"""What the readers recognise in a text: amounts, dates and known names, marked without overlap."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from projects.models import Agreement, Indicator, Organization, Place, Project
from projects.reports.names import Known
from projects.values.amounts import Amount, find_amounts
from projects.values.dates import VagueDate, find_dates
from projects.values.folded_text import Span
from projects.values.names import find_names

LONGEST_READ = 100_000
"""Characters that are looked through, 300 KB of Chinese; the rest is shown without marks."""

AMOUNT, DATE = "amount", "date"
_KINDS: dict[type[Any], str] = {
    Organization: "organization",
    Project: "project",
    Agreement: "agreement",
    Indicator: "indicator",
    Place: "place",
}
_IN_DOUBT = tuple(_KINDS.values())
"""The kind of a mark whose name belongs to several things: the first of these."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A recognised stretch of a text: an amount, a date (None where it is unread), or names."""

    start: int
    end: int
    kind: str
    amount: Amount | None = None
    date: VagueDate | None = None
    things: tuple[Known, ...] = ()

    def only(self, model: type[Any]) -> Known | None:
        """The one thing of a model that is called so; None where there is none, or several."""
        found = [thing for thing in self.things if thing.model is model]
        return found[0] if len(found) == 1 else None


def recognise(
    text: str, said_on: VagueDate | None, names: Iterable[tuple[str, Known]]
) -> list[Mark]:
    """Mark a text; where two marks would overlap, a name goes before a figure."""
    read = text[:LONGEST_READ]
    named = [
        Mark(name.start, name.end, _kind(name.things), things=name.things)
        for name in find_names(read, names)
    ]
    return _without_overlap([*named, *_figures(read, said_on)])


# The page is drawn anew after each statement, and neither text nor day has changed by then.
@lru_cache(maxsize=4)
def _figures(text: str, said_on: VagueDate | None) -> tuple[Mark, ...]:
    amounts = (Mark(one.start, one.end, AMOUNT, amount=one.amount) for one in find_amounts(text))
    dates = (Mark(one.start, one.end, DATE, date=one.date) for one in find_dates(text, said_on))
    return (*amounts, *dates)


def _kind(things: tuple[Known, ...]) -> str:
    return min((_KINDS[thing.model] for thing in things), key=_IN_DOUBT.index)


def _without_overlap(marks: list[Mark]) -> list[Mark]:
    """The marks in the order of the text; of two that overlap the one that was given first."""
    taken: list[Mark] = []
    ordered = sorted(enumerate(marks), key=lambda pair: (pair[1].start, pair[0]))
    for number, mark in ordered:
        last = taken[-1] if taken else None
        if last is None or last.end <= mark.start:
            taken.append(mark)
        elif not last.things and mark.things and number < len(marks):
            taken[-1] = mark
    return taken


def touches(mark: Mark, span: Span) -> bool:
    """Whether a mark and a stretch of the text have a character in common."""
    return mark.start < span.end and span.start < mark.end
