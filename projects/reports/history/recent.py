"""What was changed last, over all models of the record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import Model

from projects.models import Link
from projects.models.past import TOGETHER, first_end
from projects.reports.history import Kind
from projects.reports.history.names import Names
from projects.reports.history.records import RecordChange, record_models

_ROWS_A_CHANGE = 4
"""So many rows of history are read for each change that is to be shown: a record with links has
several."""


@dataclass(frozen=True)
class _Row:
    """A row of history of a record (`model`, `pk`) or of one of its links (`kind`, `row`)."""

    model: type[Model]
    pk: int
    kind: type[Model]
    row: int
    number: int
    when: datetime
    how: str
    who: str
    why: str


def recent_changes(limit: int, models: Iterable[type[Model]] = ()) -> tuple[RecordChange, ...]:
    """The newest changes of records of some models, of all if none is given.

    A query for each model and kind of link, and a few a model for the names, whatever the limit.
    """
    chosen = set(models) or set(record_models())
    rows = sorted(_newest(chosen, limit), key=attrgetter("when", "number"), reverse=True)
    changes = _changes(rows)[:limit]
    names = Names((change[0].model, change[0].pk) for change in changes)
    return tuple(_change(change, names) for change in changes)


def _newest(models: set[type[Model]], limit: int) -> Iterator[_Row]:
    """The newest rows of history of records and of the links that they own."""
    for model in models:
        yield from _of(model, "id", model, limit)
    for link in Link.__subclasses__():
        end = first_end(link)
        if end.related_model in models:
            yield from _of(link, end.attname, end.related_model, limit)


def _of(kind: Any, column: str, model: type[Model], limit: int) -> Iterator[_Row]:
    rows = kind.history.order_by("-history_date", "-history_id")
    columns = ("id", "history_id", "history_date", "history_type", "history_user_name")
    newest = rows.values_list(column, *columns, "history_change_reason")[: limit * _ROWS_A_CHANGE]
    for pk, row, number, when, how, who, why in newest:
        yield _Row(model, pk, kind, row, number, when, how, who, why or "")


def _changes(rows: list[_Row]) -> list[list[_Row]]:
    """The rows of each change, the newest first: without first states that were kept."""
    found: list[list[_Row]] = []
    latest: dict[tuple[type[Model], int], list[_Row]] = {}
    for row in rows:
        change = latest.get((row.model, row.pk), [])
        near = bool(change) and change[-1].when - row.when < TOGETHER
        if near and _is_kept(row, change):
            continue
        if near and _goes_with(row, change):
            change.append(row)
            continue
        latest[row.model, row.pk] = [row]
        found.append(latest[row.model, row.pk])
    return found


def _same_row(row: _Row, change: list[_Row]) -> list[_Row]:
    return [other for other in change if (other.kind, other.row) == (row.kind, row.row)]


def _is_kept(row: _Row, change: list[_Row]) -> bool:
    """Whether a row of history is the first state of one that changed at once."""
    changed = any(other.how == "~" for other in _same_row(row, change))
    return row.how == "+" and not row.who and changed


def _goes_with(row: _Row, change: list[_Row]) -> bool:
    """Whether a row of history is of the same change as later ones of its record."""
    return not _same_row(row, change) and (row.who, row.why) == (change[0].who, change[0].why)


def _change(rows: list[_Row], names: Names) -> RecordChange:
    newest = rows[0]
    return RecordChange(
        model=newest.model,
        pk=newest.pk,
        name=names.of(newest.model, newest.pk),
        when=newest.when,
        who=newest.who,
        why=newest.why,
        kind=_kind(rows),
    )


def _kind(rows: list[_Row]) -> Kind:
    """What became of the record: a change of a link is a change of what owns it."""
    hows = {row.how for row in rows if row.kind is row.model}
    return "deleted" if "-" in hows else "added" if "+" in hows else "changed"
