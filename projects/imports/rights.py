"""What a user may import: asked row by row, by the rules that every door asks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from projects.imports.entries import Entry
from projects.models import Named, Source
from projects.permissions import may, may_change, may_publish, may_store, may_swap
from projects.reports.drafts import drafts_among, is_draft


class Rights:
    """A user, whether new sources are published at once, and the reason for the history."""

    def __init__(self, user: Any, publish: bool, reason: str) -> None:
        self.user, self.publish, self.reason = user, publish, reason
        self.publishes, self.swaps = may_publish(user), may_swap(user)
        self._may: dict[tuple[str, type[Model]], bool] = {}
        self._drafts: set[int] = set()
        self._entered_with_none: set[int] = set()

    def problem(self) -> str:
        """Why this user may not do this at all; empty where they may."""
        if self.publish and not self.publishes:
            return _("You may not publish: import the sources as drafts.")
        return ""

    def look_at(self, model: type[Model], stored: list[Any]) -> None:
        """Find out of stored entities, many at a time, which are drafts."""
        if self.publishes or not issubclass(model, Named):
            return
        self._drafts = drafts_among(model, [row.pk for row in stored])
        self._entered_with_none = {row.pk for row in stored if row.entered_with_id is None}

    def _is_draft(self, row: Any) -> bool:
        return row.pk in self._drafts if isinstance(row, Named) else is_draft(row)

    def check(self, action: str, model: type[Model]) -> None:
        """Refuse what the user's role does not hold."""
        key = (action, model)
        if key not in self._may:
            self._may[key] = may(self.user, action, model)
        if not self._may[key]:
            options = model._meta
            if action == "delete":
                message = _("You may not delete %(rows)s.")
            elif action == "change":
                message = _("You may not change %(rows)s.")
            else:
                message = _("You may not add %(rows)s.")
            raise ValidationError(message % {"rows": options.verbose_name_plural})

    def check_stored(self, row: Any) -> None:
        """Refuse a row that the user may not change as it is stored."""
        self.check("change", type(row))
        if not (self.publishes or may_change(self.user, row, draft=self._is_draft)):
            raise ValidationError(
                _("It is published: only who may publish changes it. You may change drafts.")
            )

    def check_swap(self, entry: Entry) -> None:
        """Refuse that another statement stands, where the user may not choose that."""
        swapped = entry.stops_standing or entry.begins_to_stand
        if swapped and not self.swaps and not is_draft(entry.stored):
            raise ValidationError(
                {"restates": _("You may not choose which of rival statements stands.")}
            )

    def check_new_state(self, row: Any, adding: bool) -> None:
        """Refuse a row that the user may not store as it would be."""
        if adding:
            self.check("add", type(row))
        if self.publishes or may_store(
            self.user, row, self._is_draft, lambda one: one.pk in self._entered_with_none
        ):
            return
        raise ValidationError(_why_not(row))


def _why_not(row: Any) -> dict[str, str]:
    """What somebody who may not publish does instead, by the field that it is about."""
    if isinstance(row, Source):
        return {"slug": _("It is published: only who may publish changes it.")}
    if isinstance(row, Named):
        return {
            "entered_with": _(
                "Without the right to publish, add a column entered_with that names a draft "
                "source, from which this is entered."
            )
        }
    return {"source": _("Without the right to publish, its source has to be a draft.")}
