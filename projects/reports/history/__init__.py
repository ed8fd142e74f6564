"""The history of a record: each change with when, who, why, and the values before and after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from projects.models.past import Event, Moment, Past, State, links_of, stored_links
from projects.reports.history.differences import Difference, Value, differences, tie, values
from projects.reports.history.names import Names

__all__ = [
    "Change",
    "Kind",
    "Value",
    "between",
    "changes_of",
    "history_of",
    "present_state",
]

SHOWN = 50
"""So many changes of a row are shown beside it, the newest ones."""

Kind = Literal["first", "added", "changed", "deleted"]


@dataclass(frozen=True)
class Change:
    """One change; without values it is the first state that is known.

    `code` names the state after it (before it, where the record was deleted).
    """

    when: datetime
    who: str
    why: str
    values: tuple[Value, ...]
    kind: Kind = "changed"
    code: str = ""


def history_of(row: Any) -> tuple[Change, ...]:
    """The changes of a stored record with its links, the newest first; a few queries a model."""
    past = Past(type(row), row.pk)
    return changes_of(past, past.moments[::-1][:SHOWN], with_texts=True)


def changes_of(past: Past, moments: Sequence[Moment], *, with_texts: bool) -> tuple[Change, ...]:
    """Some of the changes of a record in words, in the order given."""
    states = _states(past, moments)
    found = [list(_differences(past, moment, states)) for moment in moments]
    names = Names(key for group in found for one in group for key in one.rows())
    return tuple(
        _change(past, moment, values(group, names, with_texts=with_texts))
        for moment, group in zip(moments, found, strict=True)
    )


def between(now: State | None, then: State, *, with_texts: bool) -> tuple[Value, ...]:
    """What would change if a record were put back to a state."""
    found = list(differences(now.row if now else None, then.row))
    for link in links_of(type(then.row)):
        old = set(now.links[link].values()) if now else set()
        new = set(then.links[link].values())
        found += [tie(link, other, None) for other in sorted(old - new)]
        found += [tie(link, None, other) for other in sorted(new - old)]
    return values(found, Names(key for one in found for key in one.rows()), with_texts=with_texts)


def present_state(row: Any) -> State:
    """A stored record with its links as they are now."""
    links = {link: stored_links(link, row.pk) for link in links_of(type(row))}
    return State(row, links)


def kind_of(past: Past, moment: Moment) -> Kind:
    """Whether the record was added or deleted, or only changed."""
    own = [event for event in moment.events if event.model is past.model]
    if any(event in past.kept for event in own):
        return "first"
    hows = {event.how for event in own}
    return "deleted" if "-" in hows else "added" if "+" in hows else "changed"


def _change(past: Past, moment: Moment, changed: tuple[Value, ...]) -> Change:
    newest = moment.newest
    kind = kind_of(past, moment)
    return Change(newest.when, newest.who, newest.why, changed, kind, newest.code)


def _differences(past: Past, moment: Moment, states: dict[int, Any]) -> Iterator[Difference]:
    for event in moment.events:
        if event in past.kept:
            continue
        before = _before(past, event)
        if event.model is not past.model:
            yield from _tie(event, before)
        elif event.how == "-":
            yield from differences(states[event.number], None)
        elif event.how == "+":
            yield from differences(None, states[event.number])
        elif before is not None:
            yield from differences(states[before.number], states[event.number])


def _tie(event: Event, before: Event | None) -> Iterator[Difference]:
    """What an event of a link says: tied, no longer tied, or tied to another row."""
    old = before.other if before else None if event.how == "+" else event.other
    new = None if event.how == "-" else event.other
    if old != new:
        yield tie(event.model, old, new)


def _before(past: Past, event: Event) -> Event | None:
    """The event of the same row before one; none where the row was not there then."""
    same = [one for one in past.events if (one.model, one.row) == (event.model, event.row)]
    at = same.index(event)
    return same[at - 1] if at and same[at - 1].how != "-" else None


def _states(past: Past, moments: Sequence[Moment]) -> dict[int, Any]:
    """The rows of history that the changes of a record itself compare, by their numbers."""
    own = [one for moment in moments for one in moment.events if one.model is past.model]
    numbers = {event.number for event in own}
    numbers |= {before.number for event in own if (before := _before(past, event))}
    rows = past.model.history.filter(history_id__in=numbers)
    return {row.history_id: row for row in rows}
