"""Pages that begin after a row, named by what the order says of it: no count and no OFFSET."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy


class Place(NamedTuple):
    """Where a row stands: in which part of the rows, and what its keys are, its id the last."""

    part: int
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Key:
    """One of the columns that rows are ordered by; with `nulls_last` it may be empty."""

    name: str
    order: OrderBy

    def behind(self, value: Any) -> dict[str, Any]:
        """The condition that this key alone comes after a value."""
        return {f"{self.name}__{'lt' if self.order.descending else 'gt'}": value}

    def same(self, value: Any) -> dict[str, Any]:
        """The condition that this key has a value."""
        return self.empty if value is None else {self.name: value}

    @property
    def empty(self) -> dict[str, Any]:
        """The condition that this key is empty."""
        return {f"{self.name}__isnull": True}


def page(
    parts: Sequence[QuerySet[Any]], after: Place | None, limit: int
) -> tuple[list[Any], Place | None]:
    """The ids of so many rows after a place, and the place of the last one if others follow.

    The rows are parts that follow each other, each in an order that ends with the primary key.
    """
    found: list[Place] = []
    for number, rows in _rest(parts, after):
        found += [Place(number, values) for values in rows[: limit + 1 - len(found)]]
        if len(found) > limit:
            return [place.values[-1] for place in found[:limit]], found[limit - 1]
    return [place.values[-1] for place in found], None


def read_place(parts: Sequence[QuerySet[Any]], given: Any) -> Place:
    """A place that was written as plain values; ValueError where there is no such place."""
    try:
        part, *values = given
        fields = _fields(parts[part])
        plain = zip(fields, values, strict=True)
        return Place(
            part, tuple(None if one is None else field.to_python(one) for field, one in plain)
        )
    except (LookupError, TypeError, ValueError, ValidationError) as error:
        raise ValueError(given) from error


def _rest(
    parts: Sequence[QuerySet[Any]], after: Place | None
) -> Iterator[tuple[int, QuerySet[Any]]]:
    """What is left of the parts after a place, as values of their keys."""
    for number, rows in enumerate(parts):
        if after is None or number > after.part:
            yield number, _valued(rows)[0]
        elif number == after.part:
            for following in _following(rows, after.values):
                yield number, following


def _following(rows: QuerySet[Any], values: tuple[Any, ...]) -> Iterator[QuerySet[Any]]:
    """The rows after one with these keys, in parts that follow each other.

    First those that differ from it in the last key alone, at the end those that differ in the first
    one. Each part begins somewhere in an index and goes on from there, where one disjunction of all
    would have the index read from its start.
    """
    valued, keys = _valued(rows)
    for length in reversed(range(len(keys))):
        alike = valued
        for key, value in zip(keys[:length], values[:length], strict=True):
            alike = alike.filter(**key.same(value))
        key, value = keys[length], values[length]
        if value is None:  # what is empty comes last
            continue
        rest = [one.order for one in keys[length:]]
        yield alike.filter(**key.behind(value)).order_by(*rest)
        if key.order.nulls_last:
            yield alike.filter(**key.empty).order_by(*rest[1:])


def _valued(rows: QuerySet[Any]) -> tuple[QuerySet[Any], list[Key]]:
    """The rows as the values of their keys, and the keys."""
    keys = _keys(rows)
    bare = rows.select_related(None).prefetch_related(None)
    named = bare.annotate(**{key.name: key.order.expression for key in keys})
    return named.values_list(*(key.name for key in keys)), keys


def _keys(rows: QuerySet[Any]) -> list[Key]:
    """The order of rows up to the primary key, which settles every tie."""
    keys = []
    for number, one in enumerate(rows.query.order_by):
        order: Any = _order(one) if isinstance(one, str) else one
        keys.append(Key(f"key_{number}", order))
        if order.expression == F("pk"):
            return keys
    raise ValueError(f"no whole order: {rows.query.order_by}")


def _order(name: str) -> OrderBy:
    column = F(name.removeprefix("-"))
    return column.desc() if name.startswith("-") else column.asc()


def _fields(rows: QuerySet[Any]) -> list[Any]:
    valued, keys = _valued(rows)
    return [valued.query.annotations[key.name].output_field for key in keys]
