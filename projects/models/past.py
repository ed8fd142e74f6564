"""The past of a record: what happened to it and to its own links, and each state it was in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Model

from projects.models.base import Link

TOGETHER = timedelta(seconds=1)
"""What one account changes for one reason without a longer pause is one change of a record."""


@dataclass(frozen=True)
class Event:
    """That one row was added (`+`), changed (`~`) or deleted (`-`); `other` is the second end of a
    link."""

    model: type[Model]
    row: int
    number: int
    when: datetime
    how: str
    who: str
    why: str
    other: int | None = None

    @property
    def code(self) -> str:
        """How an address names it, such as `project-12`."""
        return f"{self.model._meta.model_name}-{self.number}"


@dataclass(frozen=True)
class Moment:
    """One change of a record: events of different rows, first to last, numbered in its past."""

    events: tuple[Event, ...]
    first: int
    last: int

    @property
    def newest(self) -> Event:
        """The event that ends it, by which the state after it is named."""
        return self.events[-1]


@dataclass(frozen=True)
class State:
    """A record as it was: its row, not stored, and the other ends of its links by their ids."""

    row: Any
    links: dict[type[Link], dict[int, int]]


def links_of(model: type[Model]) -> tuple[type[Link], ...]:
    """The kinds of links that a record of this model owns: they go with it."""
    return tuple(link for link in Link.__subclasses__() if first_end(link).related_model is model)


def first_end(link: type[Link]) -> Any:
    """The reference of a link to the record that owns it."""
    return link._meta.get_field(link.ends[0].partition("__")[0])


def second_end(link: type[Link]) -> Any:
    """The reference of a link to what its record is tied to."""
    return link._meta.get_field(link.ends[1].partition("__")[0])


def instance_of(state: Any) -> Any:
    """The row that a row of history keeps, not stored."""
    model = state.instance_type
    return model(**{field.attname: getattr(state, field.attname) for field in state.tracked_fields})


class Past:
    """What happened to the record with an id, which may be gone: a query, and one a kind of link.

    Fixtures have no history: what was never changed counts as there from the beginning.
    """

    def __init__(self, model: type[Any], pk: int) -> None:
        self.model, self.pk = model, pk
        events = [*_events(model, "id", pk), *self._events_of_links()]
        self.events = tuple(sorted(events, key=lambda event: (event.when, event.number)))

    def _events_of_links(self) -> Iterator[Event]:
        for link in links_of(self.model):
            yield from _events(link, first_end(link).attname, self.pk, second_end(link).attname)

    @cached_property
    def kept(self) -> frozenset[Event]:
        """First states that were kept before a change: they are no additions."""
        return frozenset(_kept(self.events))

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """The changes, first to last; of links only what happened to them."""
        found: list[list[tuple[int, Event]]] = []
        for number, event in enumerate(self.events):
            if event in self.kept and event.model is not self.model:
                continue
            if not (found and self._goes_with(event, [other for _, other in found[-1]])):
                found.append([])
            found[-1].append((number, event))
        return tuple(
            Moment(tuple(event for _, event in group), group[0][0], group[-1][0]) for group in found
        )

    def _goes_with(self, event: Event, group: list[Event]) -> bool:
        last = group[-1]
        return (
            (event.who, event.why, False) == (last.who, last.why, last in self.kept)
            and event not in self.kept
            and event.when - last.when < TOGETHER
            and all((event.model, event.row) != (other.model, other.row) for other in group)
        )

    def moment(self, code: str) -> Moment | None:
        """The change whose last event has this code."""
        return next((one for one in self.moments if one.newest.code == code), None)

    def deletes(self, moment: Moment) -> bool:
        """Whether the record itself went in a change."""
        return any(event.model is self.model and event.how == "-" for event in moment.events)

    def state(self, moment: Moment) -> State:
        """The record after a change; before it, where it was deleted."""
        end = moment.first - 1 if self.deletes(moment) else moment.last
        number = self._own(moment)
        kept = self.model.history.get(history_id=number) if number else None
        row = instance_of(kept) if kept else self.model._base_manager.get(pk=self.pk)
        return State(row, self.links_at(end))

    def _own(self, moment: Moment) -> int | None:
        """The row of history that has the columns, the first one where the change is older."""
        own = [(at, event) for at, event in enumerate(self.events) if event.model is self.model]
        before = [event.number for at, event in own if at <= moment.last]
        return before[-1] if before else next((event.number for _, event in own), None)

    def links_at(self, end: int) -> dict[type[Link], dict[int, int]]:
        """The other ends of the links after the event with this number, by the ids of the links."""
        return {link: dict(self._links_at(link, end)) for link in links_of(self.model)}

    def _links_at(self, link: type[Link], end: int) -> Iterator[tuple[int, int]]:
        events: dict[int, list[tuple[int, Event]]] = {}
        for at, event in enumerate(self.events):
            if event.model is link:
                events.setdefault(event.row, []).append((at, event))
        for row, other in stored_links(link, self.pk).items():
            if row not in events:
                yield row, other
        for row, happened in events.items():
            other_then = self._other_at(happened, end)
            if other_then is not None:
                yield row, other_then

    def _other_at(self, happened: list[tuple[int, Event]], end: int) -> int | None:
        """The other end of a link after an event, None where the link was not there."""
        until = [event for at, event in happened if at <= end]
        if until:
            return None if until[-1].how == "-" else until[-1].other
        first = happened[0][1]
        return None if first.how == "+" and first not in self.kept else first.other


def stored_links(link: type[Link], pk: int) -> dict[int, int]:
    """The other ends of the links that a record has now, by their ids."""
    rows = link._default_manager.filter(**{first_end(link).attname: pk}).order_by("pk")
    return dict(rows.values_list("pk", second_end(link).attname))


def _events(model: type[Any], column: str, value: int, *other: str) -> Iterator[Event]:
    rows = model.history.filter(**{column: value}).order_by("history_id")
    columns = (
        "id",
        "history_id",
        "history_date",
        "history_type",
        "history_user_name",
        "history_change_reason",
        *other,
    )
    for row, number, when, how, who, why, *end in rows.values_list(*columns):
        yield Event(model, row, number, when, how, who, why or "", *end)


def _kept(events: tuple[Event, ...]) -> Iterator[Event]:
    """The additions by nobody that a change of the same row follows at once."""
    waiting: dict[tuple[type[Model], int], Event] = {}
    for event in events:
        first = waiting.pop((event.model, event.row), None)
        if first and event.how == "~" and event.when - first.when < TOGETHER:
            yield first
        if event.how == "+" and not event.who:
            waiting[event.model, event.row] = event
