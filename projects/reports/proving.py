"""Proof that what is stored is what is defined: both are asked by the same readers and compared.

Of big tables a sample of rows is asked, on a sample of the days on which anything changes.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, QuerySet

from projects.models import STATEMENTS, Investment, Milestone, Project, Source
from projects.models.stating import STATED_BY
from projects.reports.progress import with_last_report, with_promised, with_stage
from projects.reports.visible import visible
from projects.values.readers import Reader
from projects.values.scopes import Scope

ROWS, DAYS = 100, 5
"""So many rows of a table, on so many days, are asked unless all are."""

Asked = Callable[[QuerySet[Any], Reader], QuerySet[Any]]


@dataclass(frozen=True)
class Difference:
    """What is stored of a row is not what is defined, for readers of a day (None: of today)."""

    model: type[Model]
    row: int
    day: date | None
    stored: object
    defined: object

    def __str__(self) -> str:
        when = f"as of {self.day}" if self.day else "today"
        return f"{self.model.__name__} {self.row}, {when}: {self.stored!r}, not {self.defined!r}"


def differences(
    today: date, days: Collection[date], *, everything: bool = False
) -> Iterator[Difference]:
    """Where what is stored differs from the definition, today or as of one of these days."""
    for model, asked in _questions():
        rows = _rows(model, everything)
        for reader in (Reader(today), *(Reader(today, day) for day in days)):
            stored = _answers(asked, rows, reader)
            defined = _answers(asked, rows, reader.by_definition)
            for pk in sorted({*stored, *defined}):
                answers = stored.get(pk), defined.get(pk)
                if answers[0] != answers[1]:
                    yield Difference(model, pk, reader.as_of, *answers)


def _questions() -> Iterator[tuple[type[Model], Asked]]:
    """What is asked of the rows of each model: ids first, of those that are out or there."""
    for kind in STATEMENTS:
        yield kind, _standing
    yield Investment, _counted
    for entity in STATED_BY:
        yield entity, _seen
    yield Project, _progress
    yield Milestone, _state


def _standing(rows: Any, reader: Reader) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.out(reader).with_stands(reader).values_list("pk", "stands")
    return found


def _counted(rows: Any, reader: Reader) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.with_counted(reader).values_list("pk", "not_counted_because")
    return found


def _seen(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    return visible(rows, reader).values_list("pk", "slug")


def _progress(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    known = with_last_report(with_stage(rows, reader), reader)
    return with_promised(known, reader, Scope()).values_list(
        "pk",
        "stage",
        "stage_statement_id",
        "stage_since",
        "overdue",
        "last_report_id",
        "last_reported",
        "silent",
        "promised_low",
        "promised_high",
        "investment_stated",
    )


def _state(rows: Any, reader: Reader) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.with_state(reader).values_list(
        "pk", "state", "due_statement_id", "reached_statement_id"
    )
    return found


def _answers(asked: Asked, rows: QuerySet[Any], reader: Reader) -> dict[int, Any]:
    return {row[0]: row[1:] for row in asked(rows, reader).iterator()}


def _rows(model: type[Model], everything: bool) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.order_by()
    if everything or rows.count() <= ROWS:
        return rows
    ids = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
    return rows.filter(pk__in=_sample(ids, ROWS))


def days_of_change(*, everything: bool = False) -> list[date]:
    """The days on which anything is published, each with the one before."""
    published = Source.objects.order_by("published_latest").values_list(
        "published_latest", flat=True
    )
    changing = {day for day in published.distinct() if day > date.min}
    days = sorted(changing | {day - timedelta(days=1) for day in changing})
    return days if everything else _sample(days, DAYS)


def _sample(found: list[Any], size: int) -> list[Any]:
    """So many of them, evenly spread, with the first and the last."""
    if len(found) <= size:
        return found
    return [found[place * (len(found) - 1) // (size - 1)] for place in range(size)]
