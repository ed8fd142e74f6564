"""The files of places and of sectors."""

from typing import Any

from django.db.models import QuerySet

from projects.exports.columns import as_they_are, in_scope, own, reference
from projects.exports.writing import Export
from projects.models import Place, Sector
from projects.parameters import Parameters


def _places(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Place.objects.all(), parameters)


def _sectors(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Sector.objects.all(), parameters)


PLACES = Export(
    name="places",
    contents=(*own("slug", "name_zh", "name_en"), reference("parent"), *own("inferred")),
    rows=_places,
    prepare=as_they_are,
)

SECTORS = Export(
    name="sectors",
    contents=own("slug", "name_zh", "name_en"),
    rows=_sectors,
    prepare=as_they_are,
)
