"""Swaps: when a publisher chose which of rival statements stands, and why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from projects.models import Statement
from projects.reports.provenance import Group


@dataclass(frozen=True)
class Swap:
    """A statement came to stand: when, by whose choice, and why; `statement` is its id."""

    statement: int
    when: datetime
    who: str
    why: str


def swaps(groups: Iterable[Group]) -> dict[str, tuple[Swap, ...]]:
    """The swaps in each of these groups, by the code of its first member, the newest first.

    One query a kind. The history is that of the record: it follows neither as-of nor preference.
    """
    found = list(groups)
    of_kind: dict[type[Statement], set[int]] = defaultdict(set)
    for group in found:
        of_kind[type(group.standing)].update(member.pk for member in group.members)
    made = {kind: _swaps_of(kind, members) for kind, members in of_kind.items()}
    return {
        group.standing.code: tuple(
            sorted(
                (
                    swap
                    for member in group.members
                    for swap in made[type(group.standing)][member.pk]
                ),
                key=lambda swap: swap.when,
                reverse=True,
            )
        )
        for group in found
    }


def _swaps_of(kind: type[Statement], members: set[int]) -> dict[int, list[Swap]]:
    """The swaps by the id of the statement that came to stand."""
    states: dict[int, list[Any]] = defaultdict(list)
    history = kind.history.filter(id__in=members).order_by("history_date", "history_id")
    for state in history:
        states[state.id].append(state)
    return defaultdict(
        list,
        {
            pk: [
                Swap(pk, after.history_date, after.history_user_name, after.history_change_reason)
                for before, after in pairwise(row)
                if before.restates_id is not None
                and after.restates_id is None
                and after.history_change_reason
            ]
            for pk, row in states.items()
        },
    )
