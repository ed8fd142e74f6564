"""Rows of several models by one query: each of them would be another wait for the database."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    DateField,
    DecimalField,
    Expression,
    F,
    Field,
    Func,
    JSONField,
    Model,
    QuerySet,
    Value,
    Window,
    prefetch_related_objects,
)
from django.db.models.expressions import Col
from django.db.models.functions import RowNumber


class _Exact(json.JSONDecoder):
    """Reads numbers with a point as they are written, and not as the nearest float."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parse_float=Decimal, **options)


class Columns(Func):
    """Columns of a row as one value, in their order; PostgreSQL takes a hundred of them.

    Django's own `JSONArray` asks each new connection to SQLite, by a query, whether it knows JSON.
    """

    function = "JSON_ARRAY"
    output_field = JSONField(decoder=_Exact)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_BUILD_ARRAY", **context)


def together(*sets: QuerySet[Any]) -> list[list[Any]]:
    """The rows of each of these sets as it would give them by a query of its own, in its order.

    One query for all, whatever they select besides, and one more for each relation that sets with
    rows prefetch. Not for sets of values, nor of distinct rows (ValueError).
    """
    found = _read(sets)
    alike: dict[tuple[type[Model], Any], list[Any]] = defaultdict(list)
    for rows, made in zip(sets, found, strict=True):
        alike[rows.model, rows._prefetch_related_lookups] += made  # type: ignore[attr-defined]
    for (_model, lookups), made in alike.items():
        prefetch_related_objects(made, *lookups)
    return found


def all_together(*sets: QuerySet[Any]) -> list[list[Any]]:
    """The same with what they prefetch, which is many-to-many, by the one query as well.

    For sets that are quickly found: each that prefetches is asked once more for it.
    """
    ties = [
        _Ties(number, rows.model._meta.get_field(name))
        for number, rows in enumerate(sets)
        for name in rows._prefetch_related_lookups  # type: ignore[attr-defined]
    ]
    found = _read([*sets, *(one.rows(sets[one.number]) for one in ties)])
    for one, tied in zip(ties, found[len(sets) :], strict=True):
        one.give(found[one.number], tied)
    return found[: len(sets)]


@dataclass(frozen=True)
class _Ties:
    """Many-to-many: the number of the set whose rows have it, and its field."""

    number: int
    field: Any

    def rows(self, ends: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the table between, each with its other end."""
        between = self.field.remote_field.through._base_manager
        near, far = self.field.m2m_field_name(), self.field.m2m_reverse_field_name()
        tied: QuerySet[Any] = between.filter(**{f"{near}__in": ends.order_by().values("pk")})
        return tied.select_related(far).order_by(far)

    def give(self, ends: list[Any], tied: list[Any]) -> None:
        """Let each row know its other ends, as Django does after it has prefetched them."""
        near, far = self.field.m2m_field_name(), self.field.m2m_reverse_field_name()
        others: dict[int, list[Any]] = defaultdict(list)
        for tie in tied:
            others[getattr(tie, f"{near}_id")].append(getattr(tie, far))
        for row in ends:
            known = getattr(row, self.field.name).get_queryset()
            known._result_cache, known._prefetch_done = others[row.pk], True
            row.__dict__.setdefault("_prefetched_objects_cache", {})[self.field.name] = known


def _read(sets: Sequence[QuerySet[Any]]) -> list[list[Any]]:
    """The rows of each set, without what it prefetches."""
    if not sets:
        return []
    shapes = [_shape(rows, rows.model, _related(rows)) for rows in sets]
    first, *others = (
        _whole(rows).values_list(Value(number), _place(rows), _Row(shape))
        for number, (rows, shape) in enumerate(zip(sets, shapes, strict=True))
    )
    told: list[dict[int, Any]] = [{} for _rows in sets]
    for number, place, columns in first.union(*others, all=True):
        told[number][place] = columns
    return [
        [shape.row(by_place[place], rows.db) for place in sorted(by_place)]
        for rows, shape, by_place in zip(sets, shapes, told, strict=True)
    ]


def _whole(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The set in no order; one that is cut told by its ids, as SQLite cuts no part of a union."""
    if rows.query.distinct:
        raise ValueError("Each row has a place of its own here, which makes all of them distinct.")
    if not rows.query.is_sliced:
        return rows.order_by()
    uncut = rows.all()
    uncut.query.clear_limits()
    found: QuerySet[Any] = uncut.filter(pk__in=rows.values("pk"))
    return found.order_by()


def _place(rows: QuerySet[Any]) -> F | Window:
    """By what its rows stand in its order: the id, unless another is asked for."""
    query: Any = rows.query
    order = query.order_by or (query.default_ordering and rows.model._meta.ordering) or ("pk",)
    return F("pk") if [*order] == ["pk"] else Window(RowNumber(), order_by=[*order])


@dataclass(frozen=True)
class _Shape:
    """Of what a row is made: its columns, the rows to which it points, and what is annotated."""

    model: type[Model]
    prefix: str
    fields: list["Field[Any, Any]"]
    related: dict[str, "_Shape"]
    annotated: dict[str, "Field[Any, Any]"]

    def columns(self, resolve: Callable[[str], Any]) -> Columns:
        """All of it as one value, in the query that resolves names."""
        # The way to a table is found once, and not for each of its columns.
        plain = (one for one in self.fields if not (one.primary_key or one.is_relation))
        alias = resolve(f"{self.prefix}{next(plain).attname}").alias
        return Columns(
            *(Col(alias, field) for field in self.fields),
            *(shape.columns(resolve) for shape in self.related.values()),
            *(resolve(name) for name in self.annotated),
        )

    def row(self, columns: Sequence[Any], database: str) -> Any:
        """A row of its columns; those left out are read once they are asked for."""
        own, others = columns[: len(self.fields)], iter(columns[len(self.fields) :])
        values = [from_json(field, value) for field, value in zip(self.fields, own, strict=True)]
        row = self.model.from_db(database, [field.attname for field in self.fields], values)
        for name, shape in self.related.items():
            pointed = next(others)
            # A relation that points to nothing has columns as well, all of them empty.
            there = pointed[shape.key] is not None
            setattr(row, name, shape.row(pointed, database) if there else None)
        for name, field in self.annotated.items():
            setattr(row, name, from_json(field, next(others)))
        return row

    @property
    def key(self) -> int:
        """The place of the id among the columns."""
        return next(place for place, field in enumerate(self.fields) if field.primary_key)


class _Row(Expression):
    """A row of a set as one value."""

    output_field: Any = Columns.output_field

    def __init__(self, shape: _Shape) -> None:
        super().__init__()
        self.shape = shape

    def resolve_expression(
        self,
        query: Any = None,
        allow_joins: bool = True,
        reuse: Any = None,
        summarize: bool = False,
        for_save: bool = False,
    ) -> Any:
        def resolve(name: str) -> Any:
            return F(name).resolve_expression(query, allow_joins, reuse, summarize)

        return self.shape.columns(resolve)


def _related(rows: QuerySet[Any]) -> Mapping[str, Any]:
    """The relations that are selected as well, each with those that are selected of it."""
    selected = rows.query.select_related
    return selected if isinstance(selected, dict) else {}


def _shape(
    rows: QuerySet[Any], model: type[Model], related: Mapping[str, Any], prefix: str = ""
) -> _Shape:
    """The shape of a set's rows, or of those to which they point by way of `prefix`."""
    names, left_out = rows.query.deferred_loading
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.primary_key or (f"{prefix}{field.name}" in names) is not left_out
    ]
    others: dict[str, Any] = {name: model._meta.get_field(name).related_model for name in related}
    annotated = {} if prefix else rows.query.annotation_select
    return _Shape(
        model,
        prefix,
        fields,
        {
            name: _shape(rows, other, related[name], f"{prefix}{name}__")
            for name, other in others.items()
        },
        {name: annotation.output_field for name, annotation in annotated.items()},
    )


_OTHERWISE = (BooleanField, DateField, DecimalField)
"""Fields whose values JSON has otherwise; texts and whole numbers it has as they are."""


def from_json(field: "Field[Any, Any]", value: Any) -> Any:
    """A value out of JSON as the field's own column gives it."""
    if value is None or not isinstance(field, _OTHERWISE):
        return value
    read: Any = field.to_python(value)
    if isinstance(field, DecimalField) and field.decimal_places is not None:
        read = read.quantize(Decimal(1).scaleb(-field.decimal_places), context=field.context)
    return read
