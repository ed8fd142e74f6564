"""The first rows of several orders of one table, in one query."""

from typing import Any

from django.db.models import QuerySet


def firsts(rows: QuerySet[Any], *orders: tuple[QuerySet[Any], int]) -> QuerySet[Any]:
    """Those of the rows that come first in one of these orders, each with how many of it.

    In no order: a row that is in one of them may be a later one of another.
    """
    first, *others = (_first(order, most) for order, most in orders)
    found: QuerySet[Any] = rows.filter(pk__in=first.union(*others, all=True))
    return found


def _first(order: QuerySet[Any], most: int) -> QuerySet[Any]:
    # SQLite takes no limit within a union, but does within what one of its parts asks.
    within: Any = order.model._base_manager.order_by()
    ids: QuerySet[Any] = within.filter(pk__in=order.values("pk")[:most]).values("pk")
    return ids
