"""The first rows of a list that may be long; a table, or a file, has all of them."""

from typing import Any, TypeVar

from django.db.models import QuerySet

from projects.models.together import together

Row = TypeVar("Row")

SHOWN = 50
"""So many rows of a list are on the page of one entity."""


class First(list[Row]):
    """The first rows; `more` says that others follow."""

    more: bool = False


def first(rows: QuerySet[Any], most: int = SHOWN) -> First[Any]:
    """The first rows of a queryset; one query, and what it prefetches."""
    return _cut(list(rows[: most + 1]), most)


def first_of_each(*sets: QuerySet[Any], most: int = SHOWN) -> list[First[Any]]:
    """The first rows of several, each by their ids; one query, and what they prefetch."""
    return [_cut(found, most) for found in together(*(rows[: most + 1] for rows in sets))]


def _cut(found: list[Any], most: int) -> First[Any]:
    shown = First(found[:most])
    shown.more = len(found) > most
    return shown
