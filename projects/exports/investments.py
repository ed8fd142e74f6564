"""The file of investments."""

from typing import Any

from django.db.models import Q, QuerySet

from projects.exports.cells import Cell, truth
from projects.exports.columns import (
    amount,
    code,
    dated,
    in_scope,
    listed,
    own,
    reference,
    restated,
    statement,
)
from projects.exports.writing import Column, Export
from projects.models import Investment, InvestmentOrganization
from projects.parameters import Parameters


def _rows(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Investment.objects.all(), parameters)


def _prepare(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    """Add what stands, and what counts in the total of the group asked, or of everything."""
    judged: QuerySet[Any] = rows.with_counted(  # type: ignore[attr-defined]
        parameters.reader, parameters.scope.organizations
    )
    return judged


INVESTMENTS = Export(
    name="investments",
    contents=statement(
        reference("project"),
        reference("agreement"),
        listed("organizations", InvestmentOrganization),
        *own("basis", "per", "instrument"),
        *amount("unit"),
        *dated("date"),
        restated("part_of"),
        Column("counted", lambda parameters: Cell(truth(Q(not_counted_because="")))),
        code("not_counted_because"),
    ),
    rows=_rows,
    prepare=_prepare,
)
