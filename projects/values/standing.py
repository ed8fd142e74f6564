"""From when until when each statement of a group stands, for readers who prefer none."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Member(NamedTuple):
    """A statement of a group: whether it heads it, and the days of its publication if it is out."""

    id: int
    heads: bool
    out_from: date | None
    earliest: date | None


class Stretch(NamedTuple):
    """From a day until before another, or without end; without a first day it is empty."""

    begin: date | None = None
    end: date | None = None


NEVER = Stretch()


def stretches(members: Iterable[Member]) -> dict[int, Stretch]:
    """When each member of a group stands: from when it is out until one that goes before it is."""
    members = list(members)
    if len(members) == 1:  # as most groups
        return {members[0].id: Stretch(members[0].out_from)}
    found: dict[int, Stretch] = {}
    end: date | None = None
    for member in sorted(members, key=_place):
        begin = member.out_from
        if begin is None or (end is not None and begin >= end):
            found[member.id] = NEVER
        else:
            found[member.id] = Stretch(begin, end)
            end = begin
    return found


def _place(member: Member) -> tuple[bool, int, bool, int, int]:
    """Who goes first: the head, then the latest publication: its last day, first day, lower id."""
    latest, earliest = member.out_from, member.earliest
    return (
        not member.heads,
        -latest.toordinal() if latest else 0,
        earliest is None,
        -earliest.toordinal() if earliest else 0,
        member.id,
    )
