"""Names of rows by their ids, also of those that are gone: a few queries a model, however many."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import ForeignKey, Max, Model

from projects.models import Source
from projects.models.past import instance_of

Key = tuple[type[Model], int]

_NAMED_BY = ("project", "agreement", "organization", "milestone", "indicator")
"""The references that a row names when it says what it is."""


class Names:
    """The names of rows; the last one that is known where a row is gone."""

    def __init__(self, wanted: Iterable[Key]) -> None:
        self._rows = _rows(set(wanted))
        _tie(list(self._rows.values()))

    def of(self, model: type[Model], pk: int) -> str:
        """The name of a row; its number where nothing is known of it."""
        row = self._rows.get((model, pk))
        return name_of(row) if row is not None else f"{model._meta.verbose_name} {pk}"


def name_of(row: Any) -> str:
    """What a row is called; its key where what it is about is gone."""
    try:
        return str(row)
    except (ObjectDoesNotExist, AttributeError, ValueError):
        return str(getattr(row, "key", "") or getattr(row, "slug", "") or row.pk)


def tied(rows: list[Any]) -> list[Any]:
    """The same rows, which name what they are about without a query each."""
    _tie(rows)
    return rows


def _tie(rows: list[Any]) -> None:
    """Give rows those that they name, and these theirs."""
    ends = [
        (row, field)
        for row in rows
        for field in row._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.name in _NAMED_BY
        if getattr(row, field.attname) is not None
    ]
    if not ends:
        return
    found = _rows({(field.related_model, getattr(row, field.attname)) for row, field in ends})
    _tie(list(found.values()))
    for row, field in ends:
        end = found.get((field.related_model, getattr(row, field.attname)))
        if end is not None:
            setattr(row, field.name, end)


def _rows(wanted: set[Any]) -> dict[Any, Any]:
    """The rows, as they are or as they last were."""
    found: dict[Any, Any] = {}
    for model in sorted({model for model, _ in wanted}, key=lambda model: model._meta.label):
        ids = {pk for other, pk in wanted if other is model}
        rows = model._base_manager.filter(pk__in=ids)
        present = {row.pk: row for row in (rows.defer("full_text") if model is Source else rows)}
        found |= {(model, pk): row for pk, row in present.items()}
        if gone := ids - set(present):
            found |= {(model, row.pk): row for row in _last_states(model, gone)}
    return found


def _last_states(model: Any, ids: set[int]) -> list[Any]:
    of_each = model.history.filter(id__in=ids).order_by().values("id")
    newest = of_each.annotate(newest=Max("history_id")).values("newest")
    return [instance_of(state) for state in model.history.filter(history_id__in=newest)]
