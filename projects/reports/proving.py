"""Proof that what is stored is what is defined: both are asked by the same readers and compared.

Of big tables a sample of rows is asked, on a sample of the days on which anything changes.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, Case, F, Max, Min, Model, QuerySet, Value, When
from django.db.models.functions import Coalesce

from projects.models import (
    STATEMENTS,
    Agreement,
    Investment,
    Milestone,
    Organization,
    Project,
    Source,
)
from projects.models.base import SEVERAL, no_draft
from projects.models.organizations import Root
from projects.models.stating import STATED_BY
from projects.models.stretches import THEN, with_known
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
    yield Organization, _head
    yield Investment, _investors
    yield Project, _sector
    yield Project, _place
    yield Agreement, _sector
    yield Project, _progress
    yield Milestone, _state
    yield Project, _copied
    yield Milestone, _copied


def _standing(rows: Any, reader: Reader) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.out(reader).with_stands(reader).values_list("pk", "stands")
    return found


def _counted(rows: Any, reader: Reader) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.with_counted(reader).values_list("pk", "not_counted_because")
    return found


def _seen(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    return visible(rows, reader).values_list("pk", "slug")


def _head(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    if reader.plain:
        return rows.values_list("pk", "head")
    return rows.values_list("pk", Coalesce(Root(F("pk")), F("pk"), output_field=BigIntegerField()))


def _investors(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    if reader.plain:
        return rows.values_list("pk", "investors_head")
    end = F("organizations")
    head = Coalesce(Root(end), end, output_field=BigIntegerField())
    first, last = Min(head), Max(head)
    return _one(rows, first, last)


def _sector(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    if reader.plain:
        return rows.values_list("pk", "one_sector")
    shown = no_draft("sectors__")
    return _one(rows, Min("sectors", filter=shown), Max("sectors", filter=shown))


def _place(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    if reader.plain:
        return rows.values_list("pk", "one_place")
    shown = no_draft("places__")
    return _one(rows, Min("places", filter=shown), Max("places", filter=shown))


def _one(rows: QuerySet[Any], first: Min, last: Max) -> QuerySet[Any]:
    several = When(first__lt=F("last"), then=Value(SEVERAL))
    ends: QuerySet[Any] = rows.annotate(first=first, last=last)
    return ends.values_list("pk", Case(several, default=F("first"), output_field=BigIntegerField()))


def _progress(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    known = with_last_report(with_stage(rows, reader), reader)
    return with_promised(known, reader, Scope()).values_list(
        "pk",
        "stage",
        "stage_statement_id",
        "stage_since",
        "stage_since_earliest",
        "stage_since_latest",
        "overdue",
        "last_report_id",
        "last_reported",
        "last_reported_latest",
        "silent",
        "promised_low",
        "promised_high",
        "promised_parts",
        "investment_stated",
    )


def _state(rows: Any, reader: Reader) -> QuerySet[Any]:
    due = ("due_statement_id", "due_earliest", "due_latest")
    reached = ("reached_statement_id", "reached_earliest", "reached_latest")
    found: QuerySet[Any] = rows.with_state(reader).values_list(
        "pk", "state", "rank", *due, *reached
    )
    return found


def _copied(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    """What stands beside what is known, to count and to narrow by."""
    subject = ("project_id", "agreement_id") if rows.model is Milestone else ()
    names = ("seen_from", *subject)
    if not reader.plain:
        return rows.values_list("pk", *names)
    return with_known(rows, reader).values_list("pk", *(f"{THEN}{name}" for name in names))


def _answers(asked: Asked, rows: QuerySet[Any], reader: Reader) -> dict[int, Any]:
    """The answers by id; a row that is answered twice has both."""
    answers: dict[int, Any] = {}
    for pk, *answer in asked(rows, reader).iterator():
        answers[pk] = (*answers.get(pk, ()), *answer)
    return answers


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
