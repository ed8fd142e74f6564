"""Deriving what follows from a write, in its transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from projects.models.derived.groups import stand
from projects.models.derived.known import know
from projects.models.derived.left_out import leave_out, part
from projects.models.derived.reach import Reach, Rows
from projects.models.derived.seen import see
from projects.models.investments import Investment
from projects.models.projects import Project

_LOCK = 6_020_426
"""Any number: the lock under which one writer after the other derives."""


def derive(rows: Rows) -> None:
    """Derive everything that follows from rows that were written, as they are stored now."""
    with transaction.atomic():
        _wait_for_others()
        reach = Reach()
        reach.add(rows)
        follow(reach)


@contextmanager
def deriving(row: Any) -> Iterator[None]:
    """Save or delete a row in this: what followed from it before and follows now is derived."""
    with transaction.atomic():
        _wait_for_others()
        reach = Reach()
        if row.pk is not None:
            reach.add({type(row): [row.pk]})
        yield
        if row.pk is not None:
            reach.add({type(row): [row.pk]})
        follow(reach)


def follow(reach: Reach) -> None:
    """Store what is derived of all that a write reaches: each step reads what the last stored."""
    investments: set[int] = set()
    for kind, roots in reach.groups.items():
        members = stand(kind, roots)
        if kind is Investment:
            investments = part(members)
    for entity, ids in reach.entities.items():
        see(entity, ids)
    know(reach.entities[Project], reach.agreements)
    leave_out(investments, reach.projects, reach.agreements)


def _wait_for_others() -> None:
    """Let one writer after the other derive: two would not see what the other is about to store.

    SQLite does so by itself: its transactions begin with the lock of the one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
