"""The file of investments."""

from typing import Any

from django.db.models import QuerySet

from projects.exports.columns import (
    AMOUNT,
    dated,
    in_scope,
    keys,
    own,
    reference,
    references,
    slugs,
    statement,
    way,
    with_statement,
)
from projects.exports.writing import Column, Export
from projects.models import Agreement, Investment, Organization, Project
from projects.parameters import Parameters


def _rows(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Investment.objects.all(), parameters)


def _prepare(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    """Add what counts in the total of the group that is asked, or of everything."""
    reader = parameters.reader
    judged = rows.with_counted(  # type: ignore[attr-defined]
        reader, parameters.scope.organizations
    )
    return with_statement(judged, reader).prefetch_related(
        slugs("project", Project.objects.all()),
        slugs("agreement", Agreement.objects.all()),
        slugs("organizations", Organization.objects.all()),
        keys("part_of", rows, reader),
    )


INVESTMENTS = Export(
    name="investments",
    contents=statement(
        reference("project"),
        reference("agreement"),
        references("organizations"),
        *own("basis", "per", "instrument"),
        *AMOUNT,
        *dated("date"),
        way("part_of", "part_of.key"),
        Column("counted", lambda row: row.not_counted_because == ""),
        *own("not_counted_because"),
    ),
    rows=_rows,
    prepare=_prepare,
)
