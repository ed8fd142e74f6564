"""The version of a row: no save or deletion goes through on a state that is not the stored one."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar

from django.db import DatabaseError, models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from projects.models.history import keep_first_state


class StaleRow(Exception):
    """The row was changed or deleted since it was read; nothing of this save was stored."""

    def __init__(self, row: models.Model) -> None:
        super().__init__(f"{row._meta.label} {row.pk}")
        self.row = row


def met_another_save(error: DatabaseError) -> bool:
    """Whether a save gave way to another: it waited too long, or PostgreSQL undid one of two."""
    code = getattr(error.__cause__, "sqlstate", "")
    return code.startswith(("40", "55P03")) if code else "locked" in str(error)


class Versioned(models.Model):
    """A row that counts its states.

    Saving and deleting raise StaleRow unless the row is still as it was read: one conditional
    UPDATE, which lets exactly one of two editors through on both databases (SQLite locks no rows).
    `QuerySet.update` and `bulk_update` pass it by.
    """

    _change_reason: str
    _history_user: Any

    deriving: ClassVar[Callable[..., AbstractContextManager[None]]] = nullcontext
    """In what a row is saved and deleted, so that what follows from it is derived anew.

    Set by the package of the models, as that knows them all.
    """

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            with self.deriving():
                super().save(*args, **kwargs)
            return
        read = self.version
        try:
            with transaction.atomic(), self.deriving():
                keep_first_state(self)
                self._take_next_version()
                super().save(*args, **kwargs)
        except Exception:
            self.version = read
            raise

    def save_because(self, reason: str, user: Any) -> None:
        """Save it with the reason and the author in its history."""
        self._change_reason, self._history_user = reason, user
        self.save()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic(), self.deriving():
            self._take_next_version()
            return super().delete(*args, **kwargs)

    def _take_next_version(self) -> None:
        """Move the stored version on from the one that was read."""
        rows = type(self)._base_manager.filter(pk=self.pk, version=self.version)
        if not rows.update(version=F("version") + 1):
            raise StaleRow(self)
        self.version += 1
