"""The order in which the rows of a table can be stored, whatever their order in the files.

A row comes after those that it names. Of some kinds no two statements of a group may stand at once:
what stops standing comes before what begins to. A new statement that takes the place of a stored
one is stored as restating it first, and is swapped in then, as an editor would do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from django.utils.translation import gettext as _

from projects.imports.entries import Entry

NAMED = 5
"""How many rows of a circle are named."""


@dataclass(frozen=True)
class Step:
    """An entry to store; `below` is the key of the statement that it restates for the moment."""

    entry: Entry
    below: str = ""


def in_order(entries: list[Entry]) -> Iterator[Step]:
    """The steps that store the entries of one table; those in a circle are refused."""
    new = _after_what_they_name([entry for entry in entries if entry.new])
    changed = [entry for entry in entries if not entry.new]
    stopping = [entry for entry in changed if stops_standing(entry)]
    instead = _taking_their_place(stopping, new)
    first = _needed([*changed, *instead], new)
    yield from (Step(entry, instead.get(entry, "")) for entry in first)
    yield from map(Step, stopping)
    yield from map(Step, instead)
    yield from (Step(entry) for entry in changed if begins_to_stand(entry))
    yield from (
        Step(entry) for entry in changed if not stops_standing(entry) and not begins_to_stand(entry)
    )
    stored = set(first)
    yield from (Step(entry) for entry in new if entry not in stored)


def stops_standing(entry: Entry) -> bool:
    """Whether a stored statement that stands is to restate another one."""
    return _restates(entry.values) != "" and not entry.new and _restates(entry.before) == ""


def begins_to_stand(entry: Entry) -> bool:
    """Whether a stored statement that restates another one is to stand."""
    return _restates(entry.values) == "" and not entry.new and _restates(entry.before) != ""


def _restates(values: dict[str, str]) -> str:
    return values.get("restates", "")


def _taking_their_place(stopping: list[Entry], new: list[Entry]) -> dict[Entry, str]:
    """New statements that stand instead of stored ones, with the keys of those."""
    by_key = {entry.key: entry for entry in new if entry.key and not _restates(entry.values)}
    return {
        by_key[_restates(entry.values)]: entry.key
        for entry in stopping
        if _restates(entry.values) in by_key
    }


def _needed(entries: list[Entry], new: list[Entry]) -> list[Entry]:
    """The new entries that others name, directly or by another one, in the order given."""
    by_key = {entry.key: entry for entry in new if entry.key}
    found: set[Entry] = set()
    waiting = list(entries)
    while waiting:
        entry = waiting.pop()
        if entry.new:
            found.add(entry)
        waiting += [one for one in _named_by(entry, by_key) if one not in found]
    return [entry for entry in new if entry in found]


def _named_by(entry: Entry, by_key: dict[str, Entry]) -> list[Entry]:
    names = {entry.values[column] for column in entry.table.own_references}
    return [by_key[name] for name in names if name in by_key]


def _after_what_they_name(entries: list[Entry]) -> list[Entry]:
    """The entries in their order, but each after those that it names."""
    by_key = {entry.key: entry for entry in entries if entry.key}
    place = {entry: number for number, entry in enumerate(entries)}
    named = {entry: set(_named_by(entry, by_key)) for entry in entries}
    naming: dict[Entry, list[Entry]] = {entry: [] for entry in entries}
    for entry, others in named.items():
        for other in others:
            naming[other].append(entry)
    ready = [place[entry] for entry in entries if not named[entry]]
    heapify(ready)
    ordered: list[Entry] = []
    while ready:
        entry = entries[heappop(ready)]
        ordered.append(entry)
        for other in naming[entry]:
            named[other].discard(entry)
            if not named[other]:
                heappush(ready, place[other])
    _refuse_circles([entry for entry in entries if named[entry]], named)
    return ordered


def _refuse_circles(left: list[Entry], named: dict[Entry, set[Entry]]) -> None:
    """Refuse what is left: each names, directly or by others, one of a circle."""
    for entry in left:
        keys, seen, step = [], set(), entry
        while step not in seen:
            seen.add(step)
            keys.append(step.key)
            step = min(named[step], key=lambda one: one.line)
        start = keys.index(step.key)
        circle = keys[start : start + NAMED]
        more = "…" if len(keys) - start > NAMED else ""
        entry.refuse(
            _("These rows name each other in a circle: %(keys)s.")
            % {"keys": ", ".join([*circle, more or step.key])}
        )
