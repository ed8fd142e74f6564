"""From when entities are there for readers."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Model, Q, QuerySet

from projects.lookups import among
from projects.models.base import NOTHING_SAID
from projects.models.derived.writing import write
from projects.models.stating import STATED_BY


def see(model: type[Model], ids: Collection[int]) -> None:
    """Store from when these entities are there."""
    said = {pk: (first, count) for pk, first, count in _said(model, ids)}
    rows = model._base_manager.filter(among("pk", ids)).values_list(
        "pk", "seen_from", "entered_with__draft", "entered_with__published_latest"
    )
    differing = []
    for pk, stored, draft, entered in rows:
        first, count = said.get(pk, (None, 0))
        days = [first] if first else []
        if draft is False:
            days.append(entered)
        seen: date | None = min(days) if days else None
        if not days and not count and draft is None:
            seen = NOTHING_SAID
        if seen != stored:
            differing.append((seen, pk))
    write(model, ("seen_from",), differing)


def _said(model: type[Model], ids: Collection[int]) -> list[tuple[int, date | None, int]]:
    """Of each entity of which anything is said: its first day out, and how much is said."""
    found: dict[int, tuple[date | None, int]] = {}
    first, *others = (
        _by(statement, way, prefix, ids) for statement, way, prefix in STATED_BY[model]
    )
    for pk, day, count in first.union(*others, all=True):
        before, so_far = found.get(pk, (None, 0))
        days = [one for one in (day, before) if one is not None]
        found[pk] = (min(days, default=None), so_far + count)
    return [(pk, day, count) for pk, (day, count) in found.items()]


def _by(model: type[Model], way: str, prefix: str, ids: Collection[int]) -> QuerySet[Any]:
    """The first day out and the number of the statements of one kind, by entity."""
    rows: QuerySet[Any] = model._base_manager.filter(among(way, ids))
    if not prefix:
        day = Min("out_from")
    else:
        rows = rows.filter(**{f"{prefix}source__isnull": False})
        out = Q(**{f"{prefix}source__draft": False})
        day = Min(f"{prefix}source__published_latest", filter=out)
    return (
        rows.order_by()
        .values(entity=F(way))
        .annotate(day=day, count=Count("pk"))
        .values_list("entity", "day", "count")
    )
