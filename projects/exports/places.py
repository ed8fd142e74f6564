"""The files of places and of sectors."""

from typing import Any

from django.db.models import QuerySet

from projects.exports.columns import in_scope, own, reference, slugs
from projects.exports.writing import Export
from projects.models import Place, Sector
from projects.parameters import Parameters


def _places(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Place.objects.all(), parameters)


def _with_parent(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    return rows.prefetch_related(slugs("parent", Place.objects.all()))


def _sectors(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Sector.objects.all(), parameters)


def _nothing_more(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    return rows


PLACES = Export(
    name="places",
    contents=(*own("slug", "name_zh", "name_en"), reference("parent"), *own("inferred")),
    rows=_places,
    prepare=_with_parent,
)

SECTORS = Export(
    name="sectors",
    contents=own("slug", "name_zh", "name_en"),
    rows=_sectors,
    prepare=_nothing_more,
)
