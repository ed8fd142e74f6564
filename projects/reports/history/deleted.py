"""The records that are gone, each with its last deletion."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value

from projects.reports.history.names import Names
from projects.reports.history.records import RecordChange, record_models

Deletion = tuple[str, int, Any]
"""The name of a model, the number of the row of its history, and when."""


def deleted(models: Iterable[type[Any]]) -> "QuerySet[Any, Deletion] | list[Deletion]":
    """The last deletion of each record of some models that is gone, the newest first."""
    queries = [_of(model) for model in models]
    if not queries:
        return []
    return queries[0].union(*queries[1:], all=True).order_by("-when", "-number", "of_model")


def in_words(deletions: Iterable[Deletion]) -> tuple[RecordChange, ...]:
    """Deletions with the names of what went, in the same order; a few queries a model."""
    wanted = list(deletions)
    models = {model._meta.model_name: model for model in record_models()}
    states: dict[tuple[str, int], Any] = {}
    for kind in sorted({kind for kind, _number, _when in wanted}):
        numbers = [number for other, number, _when in wanted if other == kind]
        rows = models[kind].history.filter(history_id__in=numbers)
        states |= {(kind, state.history_id): state for state in rows}
    found = [states[kind, number] for kind, number, _when in wanted]
    names = Names((state.instance_type, state.id) for state in found)
    return tuple(
        RecordChange(
            model=state.instance_type,
            pk=state.id,
            name=names.of(state.instance_type, state.id),
            when=state.history_date,
            who=state.history_user_name,
            why=state.history_change_reason or "",
            kind="deleted",
        )
        for state in found
    )


def _of(model: Any) -> QuerySet[Any, Deletion]:
    """The deletions of one model that nothing followed."""
    later = model.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    there = model._base_manager.filter(pk=OuterRef("id"))
    rows = model.history.filter(~Exists(later.order_by()), ~Exists(there), history_type="-")
    name = Value(model._meta.model_name, output_field=CharField())
    # `kind` is a column of some models.
    named: QuerySet[Any, Deletion] = (
        rows.order_by()
        .annotate(of_model=name, number=F("history_id"), when=F("history_date"))
        .values_list("of_model", "number", "when")
    )
    return named
