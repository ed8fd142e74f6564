"""The first rows of a list that may be long; a table, or a file, has all of them."""

from typing import Any, TypeVar

from django.db.models import QuerySet

Row = TypeVar("Row")

SHOWN = 50
"""So many rows of a list are on the page of one entity."""


class First(list[Row]):
    """The first rows; `more` says that others follow."""

    more: bool = False


def first(rows: QuerySet[Any], most: int = SHOWN) -> First[Any]:
    """The first rows of a queryset; one query, and what it prefetches."""
    found = list(rows[: most + 1])
    shown = First(found[:most])
    shown.more = len(found) > most
    return shown
