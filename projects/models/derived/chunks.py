"""Rows a few thousand at a time, so that neither a query nor the memory grows with the tables."""

from collections.abc import Collection, Iterator
from itertools import islice

from django.db.models import Model

AT_ONCE = 5_000


def in_chunks(ids: Collection[int]) -> Iterator[Collection[int]]:
    """These ids, so many at a time."""
    if isinstance(ids, range):
        yield from (ids[place : place + AT_ONCE] for place in range(0, len(ids), AT_ONCE))
        return
    if len(ids) <= AT_ONCE:
        yield from [ids] if ids else []
        return
    rest = iter(sorted(ids))
    while chunk := list(islice(rest, AT_ONCE)):
        yield chunk


def whole_table(model: type[Model]) -> Iterator[range]:
    """Stretches of ids that hold all rows of a table, so many rows at a time."""
    ids = model._base_manager.order_by("pk").values_list("pk", flat=True)
    start = ids.first()
    while start is not None:
        behind = ids.filter(pk__gte=start)[AT_ONCE : AT_ONCE + 1].first()
        yield range(start, behind or (ids.last() or start) + 1)
        start = behind
