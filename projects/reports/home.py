"""What waits for those who enter data: the blocks of the first page of the admin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db.models import Model, QuerySet
from django.urls import reverse

from projects.models import (
    Investment,
    Link,
    MilestoneDate,
    Observation,
    Source,
    Statement,
    Target,
)
from projects.models.base import in_language
from projects.models.versions import Versioned
from projects.reports.portfolio import ProjectRow, progress, project_rows
from projects.reports.provenance import Group, SourceRow, disagreements, source_rows
from projects.values.amounts import Amount, UnreadableWords, find_amounts, read_amount
from projects.values.dates import VagueDate, find_dates, read_date
from projects.values.readers import Reader
from projects.values.scopes import Scope

Row = TypeVar("Row")

LOOKED_AT = 1_000
"""So many statements of a kind are read anew, the newest ones: a reading takes a millisecond."""


@dataclass(frozen=True)
class Block(Generic[Row]):
    """The first rows of a list, and how many there are in all."""

    count: int
    rows: tuple[Row, ...]


def drafts(limit: int) -> Block[SourceRow]:
    """The sources that wait for publication, the one entered first ahead; three queries."""
    waiting = Source.objects.filter(draft=True).defer("full_text").order_by("pk")
    return Block(waiting.count(), tuple(source_rows(waiting[:limit])))


def newest_disagreements(reader: Reader, scope: Scope, limit: int) -> Block[Group]:
    """The groups with a rival, those with the newest publication first."""
    found = sorted(disagreements(reader, scope), key=_newest, reverse=True)
    return Block(len(found), tuple(found[:limit]))


def _newest(group: Group) -> date:
    return max(member.source.published_latest for member in group.members)


def longest_silent(reader: Reader, scope: Scope, limit: int) -> Block[ProjectRow]:
    """The silent projects, those without a report for the longest time first."""
    silent = progress(reader, scope).filter(silent=True).order_by("last_reported_latest", "pk")
    return Block(silent.count(), tuple(project_rows(silent[:limit], reader, scope)))


def unread_words(limit: int) -> Block[Statement]:
    """The statements whose words are not read as the value that is stored; a query a kind."""
    found = [statement for statement in _newest_with_words() if not _is_read(statement)]
    return Block(len(found), tuple(found[:limit]))


_NAMED_BY: dict[type[Statement], tuple[str, ...]] = {
    Investment: ("project", "agreement"),
    MilestoneDate: ("milestone",),
    Target: ("indicator",),
    Observation: ("indicator",),
}
"""The kinds that carry an amount or a date, and what they are named by."""


def _newest_with_words() -> Iterable[Any]:
    for kind, named_by in _NAMED_BY.items():
        rows: QuerySet[Any] = kind._default_manager.exclude(as_written="")
        rows = rows.select_related("source", *named_by).defer("source__full_text")
        yield from rows.order_by("-pk")[:LOOKED_AT]


def _is_read(statement: Any) -> bool:
    """Whether an amount or a date that is stored is found in the words; nothing stored is read."""
    amount: Amount | None = getattr(statement, "amount", None)
    when: VagueDate | None = getattr(statement, "when", None)
    stored = {value for value in (amount if amount and amount.stated else None, when) if value}
    if not stored:
        return True
    unit = amount.unit if amount else ""
    counted_from: date | None = getattr(statement, "counted_from", None)
    read = _readings(statement.as_written, unit, statement.source.published, counted_from)
    return not stored.isdisjoint(read)


@lru_cache(maxsize=16_384)
def _readings(
    words: str, unit: str, published: str, counted_from: date | None
) -> frozenset[Amount | VagueDate]:
    """All that words can be read as, in a unit and from a day; kept, as most stay as they are."""
    said_on = VagueDate(published)
    read: set[Amount | VagueDate | None] = {found.amount for found in find_amounts(words)}
    read |= {found.date for found in find_dates(words, said_on)}
    for reading in (
        lambda: read_amount(words, unit or "CNY"),
        lambda: read_date(words, said_on, counted_from),
    ):
        try:
            read.add(reading())
        except UnreadableWords:
            continue
    return frozenset(value for value in read if value is not None)


@dataclass(frozen=True)
class Changed:
    """A row was added (`+`), changed (`~`) or deleted (`-`): when, by whom, why."""

    sign: str
    kind: str
    name: str
    address: str
    """Of its form; empty where the row is gone."""
    when: datetime
    who: str
    why: str


def recent_changes(limit: int) -> tuple[Changed, ...]:
    """The newest changes of all rows but links; a query a model."""
    models: list[Any] = [
        model
        for model in apps.get_app_config("projects").get_models()
        if issubclass(model, Versioned) and not issubclass(model, Link)
    ]
    states = chain.from_iterable(
        model.history.order_by("-history_date", "-history_id")[:limit] for model in models
    )
    newest = sorted(states, key=lambda state: state.history_date, reverse=True)[:limit]
    return tuple(_changed(state) for state in newest)


def _changed(state: Any) -> Changed:
    model: type[Model] = state.instance_type
    form = f"admin:projects_{model._meta.model_name}_change"
    return Changed(
        sign=state.history_type,
        kind=str(model._meta.verbose_name),
        name=_name(state),
        address="" if state.history_type == "-" else reverse(form, args=[state.id]),
        when=state.history_date,
        who=state.history_user_name,
        why=state.history_change_reason or "",
    )


def _name(state: Any) -> str:
    """What the row was called then: its title, its name, or its words or key."""
    if hasattr(state, "title"):
        return str(state.title)
    if hasattr(state, "slug"):
        return in_language(state.name_zh, state.name_en) or str(state.slug)
    return str(state.as_written or state.key)
