"""The stretch of days in which a reader's day lies, joined to what it is about."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import (
    Case,
    ExpressionWrapper,
    F,
    Field,
    FilteredRelation,
    Q,
    QuerySet,
    Value,
    When,
)

from projects.lookups import among
from projects.remembering.reports import remembered_here
from projects.values.readers import Reader

FEW = 50
"""So many ids at most are handed over one by one: to hand them over as one is slower for few."""

THEN = "known_then__"
"""What leads from a row of `with_known` to what is known of it."""


def known_then(reader: Reader, prefix: str = "") -> Q:
    """Whether what is known is known on the reader's day; without one, whether it is the last."""
    until = f"{prefix}known_until"
    last = Q(**{f"{until}__isnull": True})
    if reader.as_of is None:
        return last
    begun = Q(**{f"{prefix}known_from__lte": reader.as_of})
    return begun & (last | Q(**{f"{until}__gt": reader.as_of}))


def with_known(rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
    """Join what is known of projects or milestones on the reader's day as `known_then`.

    What is known of each covers all days, so no row is lost; an inner join leaves the database free
    to begin with what is known, in the order of an index.
    """
    then = FilteredRelation("known", condition=known_then(reader, "known__"))
    about = f"{THEN}{rows.model._meta.model_name}__isnull"
    joined: QuerySet[Any] = rows.alias(known_then=then).filter(**{about: False})
    return joined


def whether(condition: Q) -> Case:
    """A condition as a column: true or false, and never NULL."""
    return Case(When(condition, then=Value(True)), default=Value(False))


def with_chosen(
    rows: QuerySet[Any],
    touched: Callable[[], tuple[QuerySet[Any], QuerySet[Any]]],
    reader: Reader,
    **known: ExpressionWrapper,
) -> QuerySet[Any]:
    """Annotate columns as they are known, but where what a reader prefers makes them differ.

    `touched` gives the few rows that it touches, joined with what is known as `rows` are, and the
    same with these columns as they are defined. Where they differ is found by one query, once a
    page, and stands in the query: to choose there would write all the rules into it.
    """
    names = tuple(known)

    def find() -> dict[str, dict[Any, list[int]]]:
        few, by_definition = touched()
        stored, chosen = (
            side.order_by().values_list(Value(number), "pk", *names)
            for number, side in enumerate((few.annotate(**known), by_definition))
        )
        sides: tuple[dict[int, list[Any]], dict[int, list[Any]]] = ({}, {})
        for number, pk, *values in stored.union(chosen, all=True):
            sides[number][pk] = values
        return _differing(names, *sides)

    about = (rows.model._meta.label, names, *reader.asked)
    found = remembered_here(("chosen", *about), find)
    columns: dict[str, Any] = {}
    for name, otherwise in known.items():
        field = otherwise.output_field
        cases = [
            When(_is_one_of(ids), then=Value(value, output_field=field))
            for value, ids in found[name].items()
        ]
        columns[name] = Case(*cases, default=otherwise, output_field=field) if cases else otherwise
    annotated: QuerySet[Any] = rows.annotate(**columns)
    return annotated


def _is_one_of(ids: list[int]) -> Q:
    return Q(pk__in=ids) if len(ids) <= FEW else among("pk", ids)


def _differing(
    names: tuple[str, ...], stored: dict[int, list[Any]], chosen: dict[int, list[Any]]
) -> dict[str, dict[Any, list[int]]]:
    """By each column the values that differ, with the ids of the rows that have them."""
    found: dict[str, dict[Any, list[int]]] = {name: {} for name in names}
    for pk in sorted(chosen):
        for name, value, before in zip(names, chosen[pk], stored[pk], strict=True):
            if value != before:
                found[name].setdefault(value, []).append(pk)
    return found


def known_as(fields: Mapping[str, Field]) -> dict[str, ExpressionWrapper]:
    """Columns of what is known, joined by `with_known`, with their types."""
    return {
        name: ExpressionWrapper(F(f"{THEN}{name}"), output_field=field)
        for name, field in fields.items()
    }
