"""When the statements of groups are out, and when each of them stands."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from projects.lookups import among
from projects.models.agreements import AgreementParty
from projects.models.derived.writing import write
from projects.models.indicators import Observation, Target
from projects.models.investments import Investment
from projects.models.milestones import MilestoneDate
from projects.models.participations import Participation
from projects.models.statements import Statement
from projects.values.standing import Member, Stretch, stretches

KINDS: tuple[type[Statement], ...] = (
    Participation,
    AgreementParty,
    Investment,
    MilestoneDate,
    Target,
    Observation,
)
COLUMNS = ("out_from", "stands_from", "stands_until")


def stand(kind: type[Statement], roots: Collection[int]) -> set[int]:
    """Store when the members of these groups are out and stand; the ids of all of them."""
    groups: dict[int, list[Member]] = defaultdict(list)
    own: dict[int, tuple[int, tuple[Any, ...]]] = {}
    for pk, restates, draft, latest, earliest, *stored in _rows(kind, roots):
        member = Member(pk, restates is None, None if draft else latest, earliest)
        own[pk] = (restates or pk, tuple(stored))
        for root in {pk, restates or pk}:
            groups[root].append(member)
    write(kind, COLUMNS, _differing(groups, own, roots))
    return set(own)


def _rows(kind: type[Statement], roots: Collection[int]) -> Any:
    rows = kind._base_manager.filter(among("pk", roots) | among("restates", roots)).order_by()
    return rows.values_list(
        "pk",
        "restates",
        "source__draft",
        "source__published_latest",
        "source__published_earliest",
        *COLUMNS,
    )


def _differing(
    groups: dict[int, list[Member]],
    own: dict[int, tuple[int, tuple[Any, ...]]],
    roots: Collection[int],
) -> Any:
    for root, members in groups.items():
        if root not in roots:
            continue
        standing: dict[int, Stretch] = stretches(members)
        for member in members:
            of, stored = own[member.id]
            derived = (member.out_from, *standing[member.id])
            if of == root and derived != stored:
                yield (*derived, member.id)
