"""Swaps: when a publisher chose which of rival statements stands, and why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Value

from projects.models import STATEMENTS, Statement
from projects.reports.provenance import Group

_READ = (
    "id",
    "restates_id",
    "history_id",
    "history_date",
    "history_user_name",
    "history_change_reason",
)


@dataclass(frozen=True)
class Swap:
    """A statement came to stand: when, by whose choice, and why; `statement` is its id."""

    statement: int
    when: datetime
    who: str
    why: str


def swaps(groups: Iterable[Group]) -> dict[str, tuple[Swap, ...]]:
    """The swaps in each of these groups, by the code of its first member, the newest first.

    One query. The history is that of the record: it follows neither as-of nor preference.
    """
    found = list(groups)
    of_kind: dict[type[Statement], set[int]] = {kind: {0} for kind in STATEMENTS}
    for group in found:
        of_kind[type(group.standing)].update(member.pk for member in group.members)
    made = _made(of_kind)
    return {
        group.standing.code: tuple(
            sorted(
                (
                    swap
                    for member in group.members
                    for swap in made[member.kind_of_statement, member.pk]
                ),
                key=lambda swap: swap.when,
                reverse=True,
            )
        )
        for group in found
    }


def _made(of_kind: dict[type[Statement], set[int]]) -> dict[tuple[str, int], list[Swap]]:
    """The swaps by the kind and the id of the statement that came to stand; one query."""
    first, *others = (
        kind.history.filter(id__in=members)
        .annotate(kind=Value(kind.kind_of_statement))
        .order_by()
        .values_list("kind", *_READ)
        for kind, members in of_kind.items()
    )
    states: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for kind, *values in first.union(*others, all=True):
        state = dict(zip(_READ, values, strict=True))
        states[kind, state["id"]].append(state)
    made: dict[tuple[str, int], list[Swap]] = defaultdict(list)
    for key, row in states.items():
        row.sort(key=lambda state: (state["history_date"], state["history_id"]))
        made[key] = [
            Swap(
                key[1],
                after["history_date"],
                after["history_user_name"],
                after["history_change_reason"],
            )
            for before, after in pairwise(row)
            if before["restates_id"] is not None
            and after["restates_id"] is None
            and after["history_change_reason"]
        ]
    return made
