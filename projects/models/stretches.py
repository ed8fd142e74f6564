"""The stretch of days in which a reader's day lies, joined to what it is about."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

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
from projects.models.together import Columns, from_json
from projects.remembering.reports import remembered_here
from projects.values.readers import Reader

FEW = 50
"""So many ids at most are handed over one by one: to hand them over as one is slower for few."""

Differing = dict[str, dict[Any, list[int]]]
"""By each column the values that differ, with the ids of the rows that have them."""

Told = Mapping[int, Sequence[Any]]
"""The columns of rows in their order, by the ids of the rows."""

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


@dataclass(frozen=True)
class Chosen:
    """Columns that are known for readers who prefer nothing, and chosen for those who do.

    Where what a reader prefers makes them differ is found once a page, by one query for all that
    are in `every`, and stands in each query: to choose there would write all the rules into it.
    """

    every: ClassVar[list["Chosen"]] = []

    name: str
    kinds: tuple[str, ...]
    """The kinds of statement on which they rest."""
    known: Callable[[Reader], "dict[str, ExpressionWrapper[Any]]"]
    """As they are known, of rows joined by `with_known`."""
    sides: Callable[[Reader], tuple[QuerySet[Any], QuerySet[Any]]]
    """The few rows that a reader's preferences may change: joined so, and with these columns as
    they are defined."""

    def __post_init__(self) -> None:
        self.every.append(self)

    def annotate(self, rows: QuerySet[Any], reader: Reader) -> QuerySet[Any]:
        """Annotate the columns, of rows joined with what is known."""
        differing = self.differing(reader)
        columns: dict[str, Any] = {}
        for name, otherwise in self.known(reader).items():
            field = otherwise.output_field
            cases = [
                When(_is_one_of(ids), then=Value(value, output_field=field))
                for value, ids in differing[name].items()
            ]
            chosen = Case(*cases, default=otherwise, output_field=field)
            columns[name] = chosen if cases else otherwise
        annotated: QuerySet[Any] = rows.annotate(**columns)
        return annotated

    def differing(self, reader: Reader) -> Differing:
        """Where what is chosen for the reader differs from what is known."""
        asked = [one for one in self.every if not reader.stored(*one.kinds)]
        about = ("chosen", *(one.name for one in asked), *reader.asked)
        found = remembered_here(about, partial(_differing, asked, reader))
        return found[self.name]


def _differing(asked: Sequence[Chosen], reader: Reader) -> dict[str, Differing]:
    """Where what is chosen differs from what is known; one query."""
    first, *others = (
        side for number, one in enumerate(asked) for side in _sides(number, one, reader)
    )
    known: list[dict[int, Any]] = [{} for _one in asked]
    chosen: list[dict[int, Any]] = [{} for _one in asked]
    for number, is_chosen, pk, values in first.union(*others, all=True):
        (chosen if is_chosen else known)[number][pk] = values
    return {
        one.name: _where(one.known(reader), known[number], chosen[number])
        for number, one in enumerate(asked)
    }


def _sides(number: int, one: Chosen, reader: Reader) -> Iterator[QuerySet[Any]]:
    """The columns of the few rows, as they are known and as they are chosen."""
    few, by_definition = one.sides(reader)
    known = one.known(reader)
    columns = Columns(*(F(name) for name in known))
    for is_chosen, rows in ((False, few.annotate(**known)), (True, by_definition)):
        yield rows.order_by().values_list(Value(number), Value(is_chosen), "pk", columns)


def _where(columns: Mapping[str, "ExpressionWrapper[Any]"], known: Told, chosen: Told) -> Differing:
    """By each column the values that differ, with the ids of the rows that have them."""
    found: Differing = {name: {} for name in columns}
    for pk, values in sorted(chosen.items()):
        for (name, column), before, after in zip(columns.items(), known[pk], values, strict=True):
            if before != after:
                value = from_json(column.output_field, after)
                found[name].setdefault(value, []).append(pk)
    return found


def _is_one_of(ids: list[int]) -> Q:
    return Q(pk__in=ids) if len(ids) <= FEW else among("pk", ids)


def known_as(fields: Mapping[str, Field]) -> "dict[str, ExpressionWrapper[Any]]":
    """Columns of what is known, joined by `with_known`, with their types."""
    return {
        name: ExpressionWrapper(F(f"{THEN}{name}"), output_field=field)
        for name, field in fields.items()
    }
