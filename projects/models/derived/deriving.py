"""Deriving what follows from a write, in its transaction."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import local
from typing import Any

from django.db import connection, transaction

from projects.models.derived.chunks import in_chunks, whole_table
from projects.models.derived.ends import ENDS, owners_of, store_ends
from projects.models.derived.facts import DECIDING, facts
from projects.models.derived.groups import KINDS, stand
from projects.models.derived.heads import head
from projects.models.derived.known import know, know_everything
from projects.models.derived.left_out import invested_in, leave_out, part, with_parts
from projects.models.derived.reach import Reach, Rows
from projects.models.derived.rules import RULES, Derivation
from projects.models.derived.seen import see
from projects.models.investments import Investment
from projects.models.organizations import Organization
from projects.models.projects import Project
from projects.models.sources import Source
from projects.models.stating import STATED_BY

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
    """Save or delete a row in this: what followed from it before and follows now is derived.

    Where a save changed words only, it is left at that.
    """
    adding = row._state.adding
    if type(row) not in DECIDING or (adding and type(row) is Source):
        yield  # nothing states what a new publication says before it is there
        return
    with transaction.atomic():
        if _collected.reach is None:
            _wait_for_others()
        reach = Reach()
        before = None if adding else facts(row)
        if before is not None and type(row) is not Source:
            reach.add({type(row): [row.pk]})
        yield
        if not adding and row.pk is not None and facts(row) == before:
            return
        if row.pk is not None:
            reach.add({type(row): [row.pk]})
        if _collected.reach is None:
            follow(reach)
        else:
            _collected.reach.join(reach)


@contextmanager
def deriving_together() -> Iterator[Reach]:
    """Write many rows in this: what follows from all of them is derived once, at its end.

    Rows that are saved or deleted add themselves; others are added to what it gives, before they
    are changed and after. Writers wait for each other only from then on.
    """
    with transaction.atomic():
        reach = _collected.reach = Reach()
        try:
            yield reach
        finally:
            _collected.reach = None
        _wait_for_others()
        follow(reach)


class _Collected(local):
    """What is to be derived at the end, in a thread that derives together."""

    reach: Reach | None = None


_collected = _Collected()


def derive_everything() -> None:
    """Derive all that is stored anew; what is right is not written."""
    with transaction.atomic():
        _wait_for_others()
        for kind in KINDS:
            _each(whole_table(kind), partial(stand, kind))
        _each(whole_table(Investment), part)
        for entity in STATED_BY:
            _each(whole_table(entity), partial(see, entity))
        head()
        for owner in {end.owner for end in ENDS}:
            _each(whole_table(owner), partial(store_ends, owner))
        know_everything()
        _each(whole_table(Investment), leave_out)
        Derivation.objects.all().delete()
        Derivation.objects.create(rules=RULES)


def follow(reach: Reach) -> None:
    """Store what is derived of all that a write reaches: each step reads what the last stored."""
    members: set[int] = set()
    for kind, roots in reach.groups.items():
        for chunk in in_chunks(roots):
            found = stand(kind, chunk)
            if kind is Investment:
                members |= found
    investments = with_parts(members)
    _each(in_chunks(investments), part)
    for entity, ids in reach.entities.items():
        _each(in_chunks(ids), partial(see, entity))
    if reach.parents:
        reach.add_owners(owners_of(Organization, head()))
    for owner, ids in reach.owners.items():
        _each(in_chunks(ids), partial(store_ends, owner))
    know(reach.entities[Project], reach.agreements)
    investments |= invested_in(reach.projects, reach.agreements)
    _each(in_chunks(investments), leave_out)


def _each(chunks: Iterable[Collection[int]], store: Callable[[Collection[int]], object]) -> None:
    for chunk in chunks:
        store(chunk)


def _wait_for_others() -> None:
    """Let one writer after the other derive: two would not see what the other is about to store.

    SQLite does so by itself: its transactions begin with the lock of the one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
