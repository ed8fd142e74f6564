"""Which organization stands at the top of the group of each."""

from collections.abc import Iterator, Mapping

from projects.models.derived.writing import write
from projects.models.organizations import Organization

_COLUMNS = ("pk", "known_parent_id", "head_id")


def head() -> set[int]:
    """Store the head of every organization, and say whose moved: with one do all below it."""
    rows = Organization.objects.with_known_parent().order_by()
    found = {pk: (parent, stored) for pk, parent, stored in rows.values_list(*_COLUMNS)}
    parents = {pk: parent for pk, (parent, _stored) in found.items()}
    moved = [(top, pk) for pk, top in heads(parents) if top != found[pk][1]]
    write(Organization, ("head",), moved)
    return {pk for _top, pk in moved}


def heads(parents: Mapping[int, int | None]) -> Iterator[tuple[int, int]]:
    """Each of these organizations, and the one at the top of its group."""
    return ((pk, _top(pk, parents)) for pk in parents)


def _top(pk: int, parents: Mapping[int, int | None]) -> int:
    """The last above it; where a cycle of parents got in, none is, and it is the first itself."""
    seen, top = {pk}, pk
    while (parent := parents.get(top)) is not None:
        if parent in seen:
            return pk
        seen.add(parent)
        top = parent
    return top
