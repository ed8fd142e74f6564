"""What is there for a reader: entities from the first publication that states anything of them.

The publication with which an entity was entered counts as one that states something of it. Without
an as-of day an entity of which nothing is stated yet is there too; one of which only drafts speak
is not.
"""

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
from projects.models.sources import SourceQuerySet
from projects.models.statements import StatementQuerySet, known_from, source_is_out
from projects.models.stating import STATED_BY
from projects.values.readers import Reader

Rows = TypeVar("Rows", bound=QuerySet[Any])


def visible(rows: Rows, reader: Reader) -> Rows:
    """The rows that are there for the reader: entities stated, sources and statements out."""
    model = rows.model
    if model in STATED_BY:
        if reader.plain:
            return rows.filter(known_from(reader, "seen_from"))
        stated = _stated(model, reader)
        return rows.filter(stated if reader.as_of else stated | ~_stated(model, None))
    if isinstance(rows, SourceQuerySet | StatementQuerySet):
        return cast(Rows, rows.out(reader))  # isinstance forgets that both are Rows
    if reader.as_of is None:
        return rows.filter(Q(entered_with__isnull=True) | source_is_out(reader, "entered_with__"))
    if model is Sector:
        return rows.filter(pk__in=_sectors(reader))
    if model is Place:
        return rows.filter(pk__in=_places(reader))
    raise LookupError(model)


def linked(name: str, entities: QuerySet[Any], reader: Reader) -> Any:
    """Follow a reference or links to those entities that are no drafts, whatever the day."""
    return Prefetch(name, visible(entities, Reader(reader.today)))


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
