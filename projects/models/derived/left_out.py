"""From when investments are part of a larger one, and why they are left out of every total."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from projects.models.derived.chunks import among, in_chunks
from projects.models.derived.writing import write
from projects.models.investments import WHOLE, Investment, NotCounted
from projects.models.milestones import MilestoneKind, last_reached
from projects.values.readers import Reader

COLUMNS = ("part_from", "left_out")


def leave_out(investments: Collection[int]) -> None:
    """Store of these investments whether they are parts, and why they do not count."""
    write(Investment, COLUMNS, _differing(_judged(investments)))


def depending(
    members: Collection[int], projects: Collection[int], agreements: Collection[int]
) -> set[int]:
    """These members of groups, their parts, and the investments in these projects."""
    parts = _ids("part_of", members)
    return {
        *members,
        *parts,
        *_ids("restates", parts),
        *_ids("project", projects),
        *_ids("project__agreement", agreements),
    }


def _ids(column: str, ids: Collection[int]) -> set[int]:
    found: set[int] = set()
    for chunk in in_chunks(ids):
        rows = Investment._base_manager.filter(among(column, chunk))
        found.update(rows.values_list("pk", flat=True))
    return found


def _judged(ids: Collection[int]) -> QuerySet[Any]:
    group = Q(pk=OuterRef("whole")) | Q(restates=OuterRef("whole"))
    out = Investment._base_manager.filter(group, out_from__isnull=False).order_by("out_from")
    # Whoever reads: the day plays no part in what was reached.
    reader = Reader(date.min)
    return (
        Investment._base_manager.filter(among("pk", ids))
        .order_by()
        .alias(whole=WHOLE)
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
