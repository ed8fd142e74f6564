"""What is stated already of the thing that a statement is about, and how it would restate that."""

from dataclasses import dataclass
from typing import Any

from projects.admin.work.links import form_of
from projects.models import (
    AgreementParty,
    Investment,
    MilestoneDate,
    Observation,
    Participation,
    RestatesHow,
    Statement,
    Target,
)

_MOST_SHOWN = 20
_ABOUT: dict[type[Statement], tuple[str, ...]] = {
    Participation: ("project_id", "role"),
    AgreementParty: ("agreement_id", "organization_id"),
    Investment: ("project_id", "agreement_id"),
    MilestoneDate: ("milestone_id", "side"),
    Target: ("indicator_id",),
    Observation: ("indicator_id", "status"),
}
_SEVERAL_STAND = (Participation, Investment)
"""Kinds of which several statements about one thing may stand beside each other."""


@dataclass(frozen=True)
class Rival:
    """A standing statement about the same thing, and whether it says the same."""

    statement: Any
    agrees: bool
    newer: bool

    @property
    def address(self) -> str:
        """The address of its form."""
        return form_of(self.statement)

    @property
    def how(self) -> str:
        """How the new statement restates it; an earlier word is superseded by a later one."""
        if self.agrees:
            return RestatesHow.REPEATS
        return RestatesHow.SUPERSEDED if self.newer else RestatesHow.DISPUTED


def rivals_of(new: Any) -> list[Rival]:
    """The standing statements about the thing that a statement, not stored yet, is about."""
    about = {name: getattr(new, name) for name in _ABOUT[type(new)]}
    if not any(value for name, value in about.items() if name.endswith("_id")):
        return []
    rows = type(new)._default_manager.filter(restates=None, **about).select_related("source")
    rows = rows.defer("source__full_text").order_by("-pk")
    found = [row for row in rows if row.thing() == new.thing()][:_MOST_SHOWN]
    return [Rival(row, _agrees(new, row), _is_newer(row, new)) for row in found]


def likely(rivals: list[Rival], kind: type[Statement]) -> Rival | None:
    """The one that the new statement restates, as far as that can be told from both."""
    agreeing = [rival for rival in rivals if rival.agrees]
    if agreeing or kind in _SEVERAL_STAND:
        return agreeing[0] if agreeing else None
    return rivals[0] if rivals else None


def _agrees(new: Any, standing: Any) -> bool:
    """Whether both say the same; of two amounts, one that is not stated says nothing."""
    if isinstance(new, Investment) and not (new.amount_stated and standing.amount_stated):
        return False
    try:
        return bool(new.agrees_with(standing))
    except ValueError:
        return False


def _is_newer(row: Any, new: Any) -> bool:
    return bool(row.source.published_latest > new.source.published_latest)
