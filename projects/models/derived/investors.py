"""The head of the group whose members put an investment in."""

from collections.abc import Collection, Iterable

from django.db.models import Max, Min

from projects.lookups import among
from projects.models.derived.chunks import in_chunks
from projects.models.derived.writing import write
from projects.models.investments import SEVERAL_HEADS, Investment, InvestmentOrganization


def put_in(investments: Collection[int]) -> None:
    """Store whose group put these investments in."""
    links = InvestmentOrganization._base_manager.filter(among("investment", investments))
    head = "organization__head"
    ends = links.order_by().values_list("investment").annotate(Min(head), Max(head))
    found = {pk: together((first, last)) for pk, first, last in ends}
    rows = Investment._base_manager.filter(among("pk", investments)).order_by()
    stored = rows.values_list("pk", "investors_head")
    differing = [(found.get(pk), pk) for pk, head in stored if found.get(pk) != head]
    write(Investment, ("investors_head",), differing)


def together(heads: Iterable[int]) -> int | None:
    """The head of organizations that have these; `SEVERAL_HEADS` of several, None of no one."""
    different = set(heads)
    if len(different) > 1:
        return SEVERAL_HEADS
    return next(iter(different), None)


def put_in_by(organizations: Collection[int]) -> set[int]:
    """What these organizations put in, alone or with others."""
    found: set[int] = set()
    for chunk in in_chunks(organizations):
        links = InvestmentOrganization._base_manager.filter(among("organization", chunk))
        found.update(links.values_list("investment", flat=True))
    return found
