"""Which organization stands at the top of the group of each."""

from collections.abc import Mapping

from projects.models.derived.writing import write
from projects.models.organizations import Organization

_COLUMNS = ("pk", "known_parent_id", "head_id")


def head() -> None:
    """Store the head of every organization: what moves one moves all below it."""
    rows = Organization.objects.with_known_parent().order_by()
    found = {pk: (parent, stored) for pk, parent, stored in rows.values_list(*_COLUMNS)}
    parents = {pk: parent for pk, (parent, _stored) in found.items()}
    heads = ((_top(pk, parents), stored, pk) for pk, (_parent, stored) in found.items())
    write(Organization, ("head",), [(top, pk) for top, stored, pk in heads if top != stored])


def _top(pk: int, parents: Mapping[int, int | None]) -> int:
    """The last above it; where a cycle of parents got in, none is, and it is the first itself."""
    seen, top = {pk}, pk
    while (parent := parents.get(top)) is not None:
        if parent in seen:
            return pk
        seen.add(parent)
        top = parent
    return top
