"""From when investments are part of a larger one, and why they are left out of every total."""

from collections.abc import Collection, Iterator

from django.db.models import OuterRef, Q, Subquery

from projects.lookups import among
from projects.models.derived.chunks import in_chunks
from projects.models.derived.said import Days
from projects.models.derived.writing import write
from projects.models.investments import WHOLE, Investment, NotCounted
from projects.models.known import KnownProject
from projects.models.steps import Stage

_RESTATES, _PART_OF = NotCounted.RESTATES.value, NotCounted.PART_OF.value
_CANCELLED = NotCounted.CANCELLED.value


def part(investments: Collection[int]) -> None:
    """Store from when these investments are part of a larger one that is out."""
    group = Q(pk=OuterRef("whole")) | Q(restates=OuterRef("whole"))
    out = Investment._base_manager.filter(group, out_from__isnull=False).order_by("out_from")
    rows = Investment._base_manager.filter(among("pk", investments)).order_by().alias(whole=WHOLE)
    found = rows.values_list(Subquery(out.values("out_from")[:1]), "part_from", "pk")
    write(Investment, ("part_from",), [(day, pk) for day, stored, pk in found if day != stored])


def leave_out(investments: Collection[int]) -> None:
    """Store why these investments enter no total."""
    write(Investment, ("left_out",), _differing(investments))


def with_parts(members: Collection[int]) -> set[int]:
    """These members of groups, their parts, and what stands in for those."""
    parts = _ids("part_of", members)
    return {*members, *parts, *_ids("restates", parts)}


def invested_in(projects: Collection[int], agreements: Collection[int]) -> set[int]:
    """The investments in these projects, and in those under these agreements."""
    return {*_ids("project", projects), *_ids("project__agreement", agreements)}


def _ids(column: str, ids: Collection[int]) -> set[int]:
    found: set[int] = set()
    for chunk in in_chunks(ids):
        rows = Investment._base_manager.filter(among(column, chunk))
        found.update(rows.values_list("pk", flat=True))
    return found


def _differing(investments: Collection[int]) -> Iterator[tuple[str, int]]:
    now = KnownProject.objects.filter(known_until__isnull=True, project=OuterRef("project"))
    rows = Investment._base_manager.filter(among("pk", investments)).order_by()
    columns = ("pk", "basis", "stands_from", "stands_until", "part_from", "left_out")
    for pk, basis, begin, end, part_from, stored, stage in rows.values_list(
        *columns, Subquery(now.values("stage")[:1])
    ):
        left_out = reason((begin, end, part_from), basis, stage)
        if left_out != stored:
            yield left_out, pk


def reason(counts: Days, basis: str, stage: str | None) -> str:
    """Why an investment in a project of this stage is left out today; empty where it counts."""
    begin, end, part_from = counts
    if begin is None or end is not None:
        return _RESTATES
    if part_from is not None:
        return _PART_OF
    return _CANCELLED if stage == Stage.CANCELLED and basis != Investment.Basis.PAID else ""
