"""Where sources differ, and what is easily mistaken."""

from dataclasses import dataclass
from typing import Any

from projects.parameters import Parameters
from projects.reports.provenance import Group, disagreements, easily_mistaken, superseded
from projects.reports.swaps import Swap, swaps
from projects.views.base import Page
from projects.views.swapping import MAY_SWAP


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

    def context(self) -> dict[str, Any]:
        reader, scope = self.parameters.reader, self.parameters.scope
        groups = disagreements(reader, scope)
        made = swaps(groups)
        return {
            "disagreements": [
                disagreement(group, made[group.standing.code], self.parameters) for group in groups
            ],
            "easily_mistaken": easily_mistaken(reader, scope),
            "superseded": superseded(reader, scope),
            "may_swap": self.request.user.has_perm(MAY_SWAP)
            and not (reader.as_of or reader.prefer),
        }


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
