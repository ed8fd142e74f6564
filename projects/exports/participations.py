"""The file of participations."""

from typing import Any

from django.db.models import QuerySet

from projects.exports.columns import in_scope, own, reference, slugs, statement, with_statement
from projects.exports.writing import Export
from projects.models import Organization, Participation, Project
from projects.parameters import Parameters


def _rows(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Participation.objects.all(), parameters)


def _prepare(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    return with_statement(rows, parameters.reader).prefetch_related(
        slugs("project", Project.objects.all()),
        slugs("organization", Organization.objects.all()),
    )


PARTICIPATIONS = Export(
    name="participations",
    contents=statement(reference("project"), reference("organization"), *own("role")),
    rows=_rows,
    prepare=_prepare,
)
