"""Who may do what: the permissions of the roles, and what an editor may do to drafts only.

Every door asks here: the forms of the admin, the working page, bulk actions, imports, history.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_permission_codename
from django.db.models import Model

from projects.models import Named, Source
from projects.reports.drafts import is_draft

PUBLISH = "projects.publish"
SWAP = "projects.swap_standing"


def may(user: Any, action: str, model: type[Model]) -> bool:
    """Whether a user may `view`, `add`, `change` or `delete` some rows of a model at all."""
    options = model._meta
    return bool(user.has_perm(f"{options.app_label}.{get_permission_codename(action, options)}"))


def may_publish(user: Any) -> bool:
    """Whether a user may publish sources, and change what is published."""
    return bool(user.has_perm(PUBLISH))


def may_swap(user: Any) -> bool:
    """Whether a user may choose which of rival statements stands."""
    return bool(user.has_perm(SWAP))


def may_change(
    user: Any, row: Model, action: str = "change", draft: Callable[[Any], bool] = is_draft
) -> bool:
    """Whether a user may change (or `delete`) a stored row: without publishing, drafts only.

    `draft` says of a row whether it is one, for who asked for many at once.
    """
    return may(user, action, type(row)) and (may_publish(user) or draft(row))


def may_store(
    user: Any,
    row: Any,
    draft: Callable[[Any], bool] = is_draft,
    entered_with_none: Callable[[Named], bool] | None = None,
) -> bool:
    """Whether a user may store a row as it is now, before it is saved: the state it would have.

    Without publishing, an entity has to be entered with a draft (or to be one without) and its
    parent to be named by one, a statement to be made by one, a source to be one, and a link to
    hang on one.
    """
    if may_publish(user):
        return True
    if not isinstance(row, Named):
        return draft(row)
    naming = [row.entered_with, getattr(row, "parent_source", None)]
    if any(source is not None and not source.draft for source in naming):
        return False
    without = (entered_with_none or _entered_with_none)(row)
    return row.entered_with is not None or (without and draft(row))


def _entered_with_none(row: Named) -> bool:
    """Whether a row is stored, and without the source of its entry."""
    return type(row)._default_manager.filter(pk=row.pk, entered_with=None).exists()


def drafts_only(user: Any) -> dict[str, bool]:
    """The condition on the sources that a user may choose for what they enter."""
    return {} if may_publish(user) else {"draft": True}


def may_enter(user: Any) -> bool:
    """Whether a user may enter data at all: the doors that read words or list drafts ask this."""
    return may(user, "change", Source)
