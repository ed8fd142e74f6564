"""Which words of a statement are read as its value, and which values were entered by hand."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from projects.models import Investment, MilestoneDate, Observation, Statement, Target
from projects.models.columns import AmountColumns, DateColumns, PeriodColumns
from projects.values.amounts import Amount, UnreadableWords, find_amounts, read_amount
from projects.values.dates import VagueDate, find_dates, read_date
from projects.values.passages import parts_of

LOOKED_AT = 200
"""So many of the newest statements of each kind are looked through; each takes 0.5 ms."""

_WITH_VALUES: dict[type[Statement], tuple[str, ...]] = {
    Investment: ("project", "agreement"),
    MilestoneDate: ("milestone__project", "milestone__agreement"),
    Target: ("indicator",),
    Observation: ("indicator",),
}
"""The kinds that state an amount or a date, with what is read together with each."""

_QUOTED_IN = {
    "amount": ("as_written",),
    "date": ("as_written",),
    "period": ("period_as_written", "as_written"),
    "growth_since": ("growth_as_written",),
}


def by_hand(statement: Statement) -> tuple[str, ...]:
    """Those of amount, date and period whose stored value is no reading of the statement's words.

    Derived from the words each time. The words of a period are quoted only where it needs them.
    """
    return tuple(name for name in _values(statement) if not _is_read(statement, name))


def amount_words(statement: Any) -> str:
    """The words of a statement that are read as its amount; empty where none are."""
    stored = statement.amount
    return _first(words for words, read in _amounts(statement) if read == stored)


def date_words(statement: Any, name: str) -> str:
    """The words of a statement that are read as the date in a column; empty where none are."""
    stored = getattr(statement, name)
    return _first(words for words, read in _dates(statement, name) if read.edtf == stored)


def unread_statements(limit: int) -> list[Statement]:
    """Statements with words of which no value of theirs is a reading, the newest first.

    Looks at the newest `LOOKED_AT` of each kind, drafts too; a query a kind that has values.
    """
    found: list[Statement] = []
    for kind in _WITH_VALUES:
        found.extend(islice(filter(_is_unread, _newest(kind)), limit))
    found.sort(key=lambda one: (one.source.published_latest, one.pk), reverse=True)
    return found[:limit]


def _newest(kind: type[Statement]) -> Iterator[Any]:
    """The newest statements of a kind, with what reading and naming them needs."""
    rows: QuerySet[Any] = kind._default_manager.exclude(as_written="")
    rows = rows.select_related("source", *_WITH_VALUES[kind]).defer("source__full_text")
    return iter(rows.order_by("-pk")[:LOOKED_AT])


def _is_unread(statement: Any) -> bool:
    """Whether no value of a statement is a reading of its words, not stated included."""
    first = "amount" if isinstance(statement, AmountColumns) else "date"
    read = any(_is_read(statement, name) for name in _values(statement) or [first])
    return not read and not _is_at_least(statement)


def _is_at_least(statement: Any) -> bool:
    """Whether a target is to reach at least the figure of its words: 达到3000亿元 means no less."""
    bounds = (statement.amount_low, None) if isinstance(statement, Target) else None
    return bounds is not None and any(
        (read.low, statement.amount_high) == bounds for _words, read in _amounts(statement)
    )


def _values(statement: Any) -> list[str]:
    """The values that are stored and whose words the statement is to quote."""
    values = []
    if isinstance(statement, AmountColumns) and statement.amount_stated:
        values.append("amount")
    if isinstance(statement, DateColumns) and statement.date:
        values.append("date")
    quoted = getattr(statement, "period_as_written", "")
    if isinstance(statement, PeriodColumns) and statement.period and quoted:
        values.append("period")
    return values


def _is_read(statement: Any, name: str) -> bool:
    if name == "amount":
        return bool(amount_words(statement))
    days = getattr(statement, f"{name}_earliest"), getattr(statement, f"{name}_latest")
    return any((read.earliest, read.latest) == days for _words, read in _dates(statement, name))


def _amounts(statement: Any) -> Iterator[tuple[str, Amount]]:
    """The amounts in the words of a statement, in its unit where the words name none."""
    unit = statement.amount_unit
    for words in _quoted(statement, "amount"):
        for figure in (words, *(found.words for found in find_amounts(words))):
            with suppress(UnreadableWords):
                yield figure, read_amount(figure, unit)


def _dates(statement: Any, name: str) -> Iterator[tuple[str, VagueDate]]:
    """The dates in the words of a statement, seen from the day of its source."""
    said_on, counted_from = statement.source.when, getattr(statement, "counted_from", None)
    for words in _quoted(statement, name):
        with suppress(UnreadableWords):
            yield words, read_date(words, said_on, counted_from)
        for found in find_dates(words, said_on, counted_from):
            if found.date is not None:
                yield found.words, found.date


def _quoted(statement: Any, name: str) -> Iterator[str]:
    """The words in which a value may stand: whole, and part by part."""
    for column in _QUOTED_IN[name]:
        words = getattr(statement, column, "")
        if words:
            yield words
            yield from parts_of(words)


def _first(words: Iterator[str]) -> str:
    return next(words, "")
