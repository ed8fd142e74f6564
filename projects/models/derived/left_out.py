"""From when investments are part of a larger one, and why they are left out of every total."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from projects.models.derived.writing import write
from projects.models.investments import Investment, NotCounted
from projects.models.milestones import MilestoneKind, last_reached
from projects.values.readers import Reader

COLUMNS = ("part_from", "left_out")


def leave_out(
    members: Collection[int], projects: Collection[int], agreements: Collection[int]
) -> None:
    """Store why these investments, their parts, and those of these projects do not count."""
    parts = _ids(Q(part_of__in=members)) if members else set()
    members_of_parts = _ids(Q(restates__in=parts)) if parts else set()
    of_projects = _ids(Q(project__in=projects)) if projects else set()
    of_agreements = _ids(Q(project__agreement__in=agreements)) if agreements else set()
    ids = {*members, *parts, *members_of_parts, *of_projects, *of_agreements}
    if ids:
        write(Investment, COLUMNS, _differing(_judged(ids)))


def _ids(condition: Q) -> set[int]:
    return set(Investment._base_manager.filter(condition).values_list("pk", flat=True))


def _judged(ids: Collection[int]) -> QuerySet[Any]:
    group = Q(pk=OuterRef("whole")) | Q(restates=OuterRef("whole"))
    out = Investment._base_manager.filter(group, out_from__isnull=False).order_by("out_from")
    # Whoever reads: the day plays no part in what was reached.
    reader = Reader(date.min)
    return (
        Investment._base_manager.filter(pk__in=ids)
        .order_by()
        .alias(
            whole=Coalesce(
                "part_of__restates_id",
                "part_of_id",
                "restates__part_of__restates_id",
                "restates__part_of_id",
            )
        )
        .values_list(
            "pk",
            "basis",
            "stands_from",
            "stands_until",
            Subquery(out.values("out_from")[:1]),
            last_reached(reader, "project", "project__agreement"),
            *COLUMNS,
        )
    )


def _differing(rows: QuerySet[Any]) -> Any:
    for pk, basis, begin, end, part_from, last, *stored in rows:
        left_out = ""
        if begin is None or end is not None:
            left_out = NotCounted.RESTATES.value
        elif part_from is not None:
            left_out = NotCounted.PART_OF.value
        elif basis != Investment.Basis.PAID and last == MilestoneKind.CANCELLED:
            left_out = NotCounted.CANCELLED.value
        if [part_from, left_out] != stored:
            yield (part_from, left_out, pk)
