"""Choosing which of rival statements stands: the whole group follows, and the history says why."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from projects.models.investments import Investment
from projects.models.statements import RestatesHow, Statement


def let_stand(
    statement: Statement, *, instead_of: int, becomes: RestatesHow, reason: str, user: Any
) -> None:
    """Let a statement stand in its group instead of the one with that id, which restates it then.

    All of it in one transaction, with the reason in the history of every row that changed. Raises
    ValidationError without a reason, where the group is not as the caller saw it, and where the one
    that stood is to repeat the other and does not agree with it.
    """
    # PostgreSQL stores no NUL in a text.
    reason = reason.replace("\0", "").strip()
    if not reason:
        raise ValidationError({"reason": _("Say why: the reason is kept in the history.")})
    with transaction.atomic():
        members = _locked_members(type(statement), instead_of)
        standing, chosen = members.get(instead_of), members.get(statement.pk)
        if standing is None or chosen is None or chosen is standing:
            raise ValidationError(
                _("Another statement stands by now: look at the group again and choose anew.")
            )
        if becomes == RestatesHow.REPEATS and not standing.agrees_with(chosen):
            raise ValidationError(
                {"becomes": _("The values do not agree, so the one that stood repeats nothing.")}
            )
        changed = _regroup(chosen, standing, members, becomes)
        for row in changed:
            row.save_because(reason, user)


def _locked_members(kind: type[Statement], root: int) -> dict[int, Any]:
    """The group of a standing statement by id, the standing one included; locked until the end."""
    rows: QuerySet[Any] = kind._default_manager.select_for_update()
    standing = rows.filter(pk=root, restates__isnull=True)
    found = {row.pk: row for row in standing}
    if found:
        found |= {row.pk: row for row in rows.filter(Q(restates=root)).order_by("pk")}
    return found


def _regroup(
    chosen: Any, standing: Any, members: dict[int, Any], becomes: RestatesHow
) -> list[Statement]:
    """Point every member to the chosen one; in the order in which they can be stored."""
    # First the one that stood: of some kinds no two may stand at once.
    standing.restates, standing.restates_how = chosen, becomes
    chosen.restates, chosen.restates_how, chosen.proposed = None, "", ""
    if isinstance(chosen, Investment):
        _take_over_whole(chosen, standing)
    others = [row for row in members.values() if row is not chosen and row is not standing]
    for row in others:
        row.restates, row.restates_how = chosen, _how(row, chosen)
    return [standing, chosen, *others]


def _take_over_whole(chosen: Investment, standing: Any) -> None:
    """A member counts as a part of what the standing one is a part of, and so it stays."""
    if chosen.part_of_id is None:
        chosen.part_of = cast(Investment, standing).part_of


def _how(row: Any, chosen: Any) -> RestatesHow:
    """How another member restates the chosen one: an earlier word stays one."""
    if row.restates_how == RestatesHow.SUPERSEDED:
        return RestatesHow.SUPERSEDED
    return RestatesHow.REPEATS if row.agrees_with(chosen) else RestatesHow.DISPUTED
