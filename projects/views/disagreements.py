"""Where sources differ, and what is easily mistaken."""

from dataclasses import dataclass
from typing import Any

from projects.models import STATEMENTS
from projects.parameters import Parameters
from projects.reports.mistaken import easily_mistaken
from projects.reports.provenance import (
    Group,
    disputed,
    groups,
    replaced,
    superseded_in,
)
from projects.reports.swaps import Swap, swaps
from projects.views.base import Page
from projects.views.places import place_asked
from projects.views.swapping import MAY_SWAP

AT_ONCE = 25
"""So many matters are on a page."""

FIRST = 25
"""So many of the groups with superseded words are shown below them."""


@dataclass(frozen=True)
class Disagreement:
    """Rivals side by side, why the one that stands does, and what was chosen before."""

    group: Group
    why: str
    """`preferred` in this view, `stands_in` for a later one, `chosen` by a publisher, `entered`."""
    chosen: Swap | None
    earlier: tuple[Swap, ...]


class DisagreementList(Page):
    """Rivals side by side, figures easily mistaken, and words that later ones replaced."""

    template_name = "projects/disagreement/list.html"
    known = ("page",)

    def context(self) -> dict[str, Any]:
        reader, scope = self.parameters.reader, self.parameters.scope
        rivals, earlier = disputed(reader, scope), replaced(reader, scope)
        counts = rivals.counts()
        place = place_asked(self, sum(counts.values()), AT_ONCE)
        roots = rivals.part(counts, place.start, AT_ONCE)
        others, more = earlier.first(FIRST)
        found = groups({kind: {*roots[kind], *others[kind]} for kind in STATEMENTS}, reader)
        differing = [one for one in found if one.others and one.root in roots[one.kind]]
        made = swaps(differing)
        return {
            "disagreements": [
                disagreement(group, made[group.standing.code], self.parameters)
                for group in differing
            ],
            "page": place,
            "easily_mistaken": easily_mistaken(reader, scope) if place.number == 1 else [],
            "superseded": superseded_in(one for one in found if one.root in others[one.kind]),
            "more_superseded": more,
            "may_swap": self.request.user.has_perm(MAY_SWAP)
            and not (reader.as_of or reader.prefer),
        }


class SupersededList(Page):
    """The words that later ones replaced, a page of them at a time."""

    template_name = "projects/disagreement/superseded.html"
    known = ("page",)

    def context(self) -> dict[str, Any]:
        reader = self.parameters.reader
        earlier = replaced(reader, self.parameters.scope)
        counts = earlier.counts()
        place = place_asked(self, sum(counts.values()), AT_ONCE)
        found = groups(earlier.part(counts, place.start, AT_ONCE), reader)
        return {"superseded": superseded_in(found), "page": place}


def disagreement(group: Group, made: tuple[Swap, ...], parameters: Parameters) -> Disagreement:
    """Why the one that stands does, from the newest reason to the oldest."""
    standing = group.standing
    if (standing.kind_of_statement, standing.pk) in parameters.reader.prefer:
        return Disagreement(group, "preferred", None, made)
    if standing.restates_id is not None:
        return Disagreement(group, "stands_in", None, made)
    if made and made[0].statement == standing.pk:
        return Disagreement(group, "chosen", made[0], made[1:])
    return Disagreement(group, "entered", None, made)
