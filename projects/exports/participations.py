"""The file of participations."""

from typing import Any

from django.db.models import QuerySet

from projects.exports.columns import in_scope, own, reference, statement, with_stands
from projects.exports.writing import Export
from projects.models import Participation
from projects.parameters import Parameters


def _rows(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Participation.objects.all(), parameters)


PARTICIPATIONS = Export(
    name="participations",
    contents=statement(reference("project"), reference("organization"), *own("role")),
    rows=_rows,
    prepare=with_stands,
)
