"""What was changed, by whom and why: every state of a row, kept when the row and its editor go."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from projects.fields import DerivedField, SearchTextField


class HistoryRow(models.Model):
    """A past state of a row, with the name of who made it beside the account, which may go."""

    history_user_name = models.CharField(
        _("changed by"), max_length=150, blank=True, editable=False
    )

    history_user: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.history_user is not None and not self.history_user_name:
            self.history_user_name = self.history_user.get_username()
        super().save(*args, **kwargs)


class History(HistoricalRecords):
    """The history of a model and of those derived from it."""

    def __init__(self) -> None:
        super().__init__(
            inherit=True,
            bases=[HistoryRow],
            history_change_reason_field=models.TextField(_("reason"), null=True),
        )

    def get_change_reason_for_object(self, instance: Any, history_type: str, using: Any) -> Any:
        """The reason given with the row, else the one given once for all that a request changes."""
        reason = getattr(instance, "_change_reason", None)
        return reason or getattr(getattr(self.context, "request", None), "change_reason", None)

    def fields_included(self, model: Any) -> list[Any]:
        """All columns but those that follow from others."""
        included = super().fields_included(model)
        follow = (DerivedField, SearchTextField)
        return [field for field in included if not isinstance(field, follow)]


def keep_first_state(row: Any) -> None:
    """Keep the stored state of a row that has no history yet, before it is changed.

    Fixtures are the first state and have no history; without this their first change would show
    no old value.
    """
    if row.pk is None or row.history.exists():
        return
    stored = type(row)._default_manager.get(pk=row.pk)
    past = {
        field.attname: getattr(stored, field.attname) for field in row.history.model.tracked_fields
    }
    row.history.create(history_date=timezone.now(), history_type="+", **past)
