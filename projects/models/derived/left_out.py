"""From when investments are part of a larger one, and why they are left out of every total."""

from collections.abc import Collection, Iterator

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from projects.models.derived.writing import write
from projects.models.investments import Investment, NotCounted
from projects.models.known import KnownProject
from projects.models.milestones import Stage


def part(members: Collection[int]) -> set[int]:
    """Store from when these investments and their parts are part of a larger one; their ids."""
    if not members:
        return set()
    parts = _ids(Q(part_of__in=members))
    ids = {*members, *parts, *_ids(Q(restates__in=parts))}
    group = Q(pk=OuterRef("whole")) | Q(restates=OuterRef("whole"))
    out = Investment._base_manager.filter(group, out_from__isnull=False).order_by("out_from")
    rows = (
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
        .values_list(Subquery(out.values("out_from")[:1]), "part_from", "pk")
    )
    write(Investment, ("part_from",), [(day, pk) for day, stored, pk in rows if day != stored])
    return ids


def leave_out(
    investments: Collection[int], projects: Collection[int], agreements: Collection[int]
) -> None:
    """Store why these investments, and those of these projects, enter no total."""
    of_projects = _ids(Q(project__in=projects)) if projects else set()
    of_agreements = _ids(Q(project__agreement__in=agreements)) if agreements else set()
    ids = {*investments, *of_projects, *of_agreements}
    if ids:
        write(Investment, ("left_out",), _differing(ids))


def _ids(condition: Q) -> set[int]:
    return set(Investment._base_manager.filter(condition).values_list("pk", flat=True))


def _differing(ids: Collection[int]) -> Iterator[tuple[str, int]]:
    now = KnownProject.objects.filter(known_until__isnull=True, project=OuterRef("project"))
    rows = Investment._base_manager.filter(pk__in=ids).order_by()
    columns = ("pk", "basis", "stands_from", "stands_until", "part_from", "left_out")
    for pk, basis, begin, end, part_from, stored, stage in rows.values_list(
        *columns, Subquery(now.values("stage"))
    ):
        left_out = ""
        if begin is None or end is not None:
            left_out = NotCounted.RESTATES.value
        elif part_from is not None:
            left_out = NotCounted.PART_OF.value
        elif basis != Investment.Basis.PAID and stage == Stage.CANCELLED:
            left_out = NotCounted.CANCELLED.value
        if left_out != stored:
            yield left_out, pk
