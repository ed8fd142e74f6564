"""What is there for a reader: entities from the first publication that states anything of them.

The publication with which an entity was entered counts as one that states something of it. Without
an as-of day an entity of which nothing is stated yet is there too; one of which only drafts speak
is not.
"""

from datetime import date
from typing import Any, TypeVar, cast

from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet

from projects.models import (
    Agreement,
    AgreementSector,
    Indicator,
    Place,
    Project,
    ProjectPlace,
    ProjectSector,
    Sector,
)
from projects.models.base import no_draft
from projects.models.sources import SourceQuerySet
from projects.models.statements import StatementQuerySet, known_from, source_is_out
from projects.models.stating import STATED_BY
from projects.values.readers import Reader

Rows = TypeVar("Rows", bound=QuerySet[Any])


def visible(rows: Rows, reader: Reader) -> Rows:
    """The rows that are there for the reader: entities stated, sources and statements out."""
    model = rows.model
    if model in STATED_BY:
        if reader.stored():
            return rows.filter(known_from(reader, "seen_from"))
        stated = _stated(model, reader)
        return rows.filter(stated if reader.as_of else stated | ~_stated(model, None))
    if isinstance(rows, SourceQuerySet | StatementQuerySet):
        return cast(Rows, rows.out(reader))  # isinstance forgets that both are Rows
    if reader.as_of is None:
        return rows.filter(no_draft())
    if model is Sector:
        return rows.filter(pk__in=_sectors(reader))
    if model is Place:
        return rows.filter(pk__in=_places(reader))
    raise LookupError(model)


def linked(name: str, entities: QuerySet[Any], reader: Reader) -> Any:
    """Follow a reference or links to those entities that are no drafts, whatever the day."""
    return Prefetch(name, visible(entities, Reader(reader.today)))


def seen(rows: list[Any], reader: Reader) -> list[Any]:
    """Those of some entities of one kind that are there; for readers with preferences one query."""
    if rows and not reader.stored():
        there = visible(type(rows[0])._default_manager.order_by(), reader)
        ids = set(there.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        return [row for row in rows if row.pk in ids]
    day = reader.as_of or date.max
    return [row for row in rows if row.seen_from is not None and row.seen_from <= day]


def hide_draft(row: Model, name: str) -> None:
    """Forget the entity that a row refers to where that is a draft, as `linked` does."""
    entity = getattr(row, name)
    if entity is not None and entity.seen_from is None:
        row._meta.get_field(name).set_cached_value(row, None)  # type: ignore[union-attr]


def ways_to(entity: Model) -> dict[type[Model], str]:
    """The look-up by which each kind of statement leads to an entity, as far as one does."""
    return {statement: way for statement, way, _prefix in STATED_BY[type(entity)]}


def _stated(model: type[Model], reader: Reader | None) -> Q:
    """The condition that some statement (out for the reader, if one is given) speaks of a row."""
    entered = Q(entered_with__isnull=False)
    condition = entered if reader is None else entered & source_is_out(reader, "entered_with__")
    for statement, way, prefix in STATED_BY[model]:
        rows: QuerySet[Any] = statement._default_manager.filter(**{way: OuterRef("pk")})
        if reader is None:
            rows = rows.filter(**{f"{prefix}source__isnull": False})
        else:
            rows = rows.filter(source_is_out(reader, f"{prefix}source__"))
        condition |= Q(Exists(rows))
    return condition


def _sectors(reader: Reader) -> set[int]:
    """The ids of the sectors of projects and agreements that are there."""
    projects = visible(Project.objects.order_by(), reader).values("pk")
    agreements = visible(Agreement.objects.order_by(), reader).values("pk")
    return {
        *ProjectSector.objects.filter(project__in=projects).values_list("sector", flat=True),
        *AgreementSector.objects.filter(agreement__in=agreements).values_list("sector", flat=True),
    }


def _places(reader: Reader) -> set[int]:
    """The ids of the places of projects and indicators that are there, and of all they lie in."""
    projects = visible(Project.objects.order_by(), reader).values("pk")
    indicators = visible(Indicator.objects.order_by(), reader)
    parents = dict(Place.objects.values_list("pk", "parent"))
    found: set[int] = set()
    step: set[int | None] = {
        *ProjectPlace.objects.filter(project__in=projects).values_list("place", flat=True),
        *indicators.values_list("place", flat=True),
    }
    while step := step - found - {None}:
        found |= {place for place in step if place is not None}
        step = {parents.get(place) for place in step if place is not None}
    return found
