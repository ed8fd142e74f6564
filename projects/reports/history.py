"""The history of a row: each change with when, who, why, and the values before and after."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

from django.db.models import BooleanField, ForeignKey, Model
from django.utils.translation import gettext as _

SHOWN = 50
"""So many changes of a row are shown, the newest ones."""


@dataclass(frozen=True)
class Value:
    """A column that changed: its name in the page's language, and what stood there, and stands."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One change; without values it is the first state that is known."""

    when: datetime
    who: str
    why: str
    values: tuple[Value, ...]


def history_of(row: Any) -> tuple[Change, ...]:
    """The changes of a row, the newest first; a query, and one for each other row that is named."""
    states = list(row.history.all()[: SHOWN + 1])
    named = cache(name_of)
    changes = [
        _change(after, _differences(row, before, after, named))
        for after, before in pairwise(states)
    ]
    if states and len(states) <= SHOWN:
        changes.append(_change(states[-1], ()))
    return tuple(changes)


def _change(state: Any, values: tuple[Value, ...]) -> Change:
    return Change(
        when=state.history_date,
        who=state.history_user_name,
        why=state.history_change_reason or "",
        values=values,
    )


def _differences(row: Any, before: Any, after: Any, named: Any) -> tuple[Value, ...]:
    """The columns in which two states differ, in the order of the model."""
    found = []
    for field in row._meta.concrete_fields:
        old, new = (getattr(state, field.attname, None) for state in (before, after))
        if old != new:
            label = str(field.verbose_name)
            found.append(Value(label, words_of(field, old, named), words_of(field, new, named)))
    return tuple(found)


def words_of(field: Any, value: Any, named: Any) -> str:
    """A stored value as a reader expects it; empty where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        return str(named(field.related_model, value))
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    choices = dict(field.flatchoices)
    return str(choices.get(value, value))


def name_of(model: type[Model], pk: Any) -> str:
    """The name of another row; its number where it is gone."""
    row = model._default_manager.filter(pk=pk).first()
    return str(row) if row else f"{model._meta.verbose_name} {pk}"
