"""Rows of several models by one query: each of them would be another wait for the database."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import (
    DecimalField,
    F,
    Field,
    JSONField,
    Model,
    QuerySet,
    Value,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import JSONObject, RowNumber


class _Exact(json.JSONDecoder):
    """Reads numbers with a point as they are written, and not as the nearest float."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parse_float=Decimal, **options)


class Columns(JSONObject):
    """The columns of a row as one value; PostgreSQL takes fifty of them."""

    output_field = JSONField(decoder=_Exact)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # Django asks each new connection whether it knows JSON, by a query; `among` needs it too.
        return super(JSONObject, self).as_sql(compiler, connection, **context)


def together(*sets: QuerySet[Any]) -> list[list[Any]]:
    """The rows of each of these sets as it would give them by a query of its own, in its order.

    One query for all, whatever they select besides, and one more for each relation that sets with
    rows prefetch. Not for sets that name the columns they want.
    """
    if not sets:
        return []
    first, *others = (
        _whole(rows).values_list(Value(number), _place(rows), _columns(rows.model, rows))
        for number, rows in enumerate(sets)
    )
    told: list[dict[int, Any]] = [{} for _rows in sets]
    for number, place, columns in first.union(*others, all=True):
        told[number][place] = columns
    found = [
        [_annotated(rows, columns) for _place, columns in sorted(by_place.items())]
        for rows, by_place in zip(sets, told, strict=True)
    ]
    _prefetch(sets, found)
    return found


def _whole(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The set in no order; one that is cut told by its ids, as SQLite cuts no part of a union."""
    if not rows.query.is_sliced:
        return rows.order_by()
    uncut = rows.all()
    uncut.query.clear_limits()
    found: QuerySet[Any] = uncut.filter(pk__in=rows.values("pk"))
    return found.order_by()


def _prefetch(sets: Sequence[QuerySet[Any]], found: list[list[Any]]) -> None:
    """Read what the sets prefetch, for all sets of a model that prefetch the same at once."""
    alike: dict[tuple[type[Model], Any], list[Any]] = defaultdict(list)
    for rows, made in zip(sets, found, strict=True):
        alike[rows.model, rows._prefetch_related_lookups] += made  # type: ignore[attr-defined]
    for (_model, lookups), made in alike.items():
        prefetch_related_objects(made, *lookups)


def _place(rows: QuerySet[Any]) -> F | Window:
    """By what its rows stand in its order: the id, unless another is asked for."""
    if rows.query.order_by in ((), ("pk",)):
        return F("pk")
    order: Any = rows.query.order_by
    return Window(RowNumber(), order_by=[*order])


def _annotated(rows: QuerySet[Any], columns: Mapping[str, Any]) -> Any:
    """A row of a set, with what is annotated."""
    row = _row(rows.model, columns, rows.db, _related(rows))
    for name, annotation in rows.query.annotation_select.items():
        setattr(row, name, from_json(annotation.output_field, columns[name]))
    return row


def _related(rows: QuerySet[Any]) -> Mapping[str, Any]:
    """The relations that are selected as well, each with those that are selected of it."""
    selected = rows.query.select_related
    return selected if isinstance(selected, dict) else {}


def _columns(
    model: type[Model],
    rows: QuerySet[Any],
    related: Mapping[str, Any] | None = None,
    prefix: str = "",
) -> Columns:
    """The columns of a row, of its relations, and, of the set's own rows, what is annotated."""
    related = _related(rows) if related is None else related
    left_out, _deferred = rows.query.deferred_loading
    columns: dict[str, Any] = {
        field.attname: F(f"{prefix}{field.attname}")
        for field in model._meta.concrete_fields
        if f"{prefix}{field.name}" not in left_out
    }
    for name, more in related.items():
        other: Any = model._meta.get_field(name).related_model
        columns[name] = _columns(other, rows, more, f"{prefix}{name}__")
    if not prefix:
        columns |= {name: F(name) for name in rows.query.annotation_select}
    return Columns(**columns)


def _row(
    model: type[Model], columns: Mapping[str, Any], database: str, related: Mapping[str, Any]
) -> Any:
    """A row of its columns; those left out are read once they are asked for."""
    fields = [field for field in model._meta.concrete_fields if field.attname in columns]
    names = [field.attname for field in fields]
    row = model.from_db(
        database, names, [from_json(field, columns[field.attname]) for field in fields]
    )
    for name, more in related.items():
        other: Any = model._meta.get_field(name).related_model
        # A relation that points to nothing has columns as well, all of them empty.
        there = columns[name][other._meta.pk.attname] is not None
        setattr(row, name, _row(other, columns[name], database, more) if there else None)
    return row


def from_json(field: "Field[Any, Any]", value: Any) -> Any:
    """A value out of JSON as the field's own column gives it."""
    if value is None:
        return None
    read: Any = field.to_python(value)
    if isinstance(field, DecimalField) and field.decimal_places is not None:
        read = read.quantize(Decimal(1).scaleb(-field.decimal_places), context=field.context)
    return read
