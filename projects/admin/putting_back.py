"""An attempt to put a record back: what would change, who may, and what stands against it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    ObjectDoesNotExist,
    PermissionDenied,
    ValidationError,
)
from django.db import IntegrityError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from projects import permissions
from projects.models.past import Moment, Past, State
from projects.models.putting_back import gone, put_back, to_be
from projects.models.versions import StaleRow
from projects.reports.history import between, present_state
from projects.reports.history.differences import Value


class Attempt:
    """A record, a state that it was in, and the account that would put it back to that."""

    def __init__(self, past: Past, moment: Moment, user: Any) -> None:
        self.past, self.moment, self.user = past, moment, user
        self.problems: list[str] = list(self._said(gone(self.state)))
        self.hopeless = bool(self.problems)
        if not self.hopeless and not self._may_store(self.state.row):
            raise PermissionDenied

    @property
    def when(self) -> str:
        """The day and time of the state, as a reader expects them."""
        return date_format(timezone.localtime(self.moment.newest.when), "Y-m-d H:i:s")

    @property
    def was_deleted(self) -> bool:
        """Whether the state is the last one before a deletion."""
        return self.past.deletes(self.moment)

    @property
    def version(self) -> int | None:
        """The version of the record that is looked at; None where it is gone."""
        return None if self._present is None else self._present.version

    @cached_property
    def state(self) -> State:
        """What would be stored."""
        return to_be(self.past, self.moment)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """What would change."""
        now = present_state(self._present) if self._present is not None else None
        return between(now, self.state, with_texts=True)

    @cached_property
    def _present(self) -> Any:
        return self.past.model._base_manager.filter(pk=self.past.pk).first()

    def stored(self, version: str, reason: str) -> bool:
        """Put the record back and say whether that went well; `problems` says what did not."""
        if self.hopeless:
            return False
        if self._present is not None and not self.values:
            self.problems = [_("The record is in this state already.")]
            return False
        why = _("put back to the state of %(when)s") % {"when": self.when}
        state = to_be(self.past, self.moment)
        try:
            put_back(
                state,
                version=self._looked_at(version),
                reason=f"{why}{_(': ')}{reason}" if reason else why,
                user=self.user,
            )
        except ValidationError as error:
            self.problems = list(self._said(error.message_dict))
        except (StaleRow, IntegrityError):
            self.problems = [_stale()]
        return not self.problems

    def _looked_at(self, version: str) -> int | None:
        """The version that the form was opened with; that of no row where it sent none."""
        if self._present is None and version == "":
            return None
        is_number = version.isascii() and version.isdigit() and len(version) < 10
        return int(version) if is_number else 0

    def _may_store(self, row: Any) -> bool:
        """Whether the account may store the state.

        As a new row, where it is gone, or stays a draft only by the source it was entered with.
        """
        if self._present is not None and getattr(self._present, "entered_with_id", None) is None:
            return permissions.may_store(self.user, row)
        return may_add_again(self.user, row)

    def _said(self, errors: dict[str, list[str]]) -> Iterator[str]:
        """What stands against it, each with the name of its column."""
        for name, said in errors.items():
            label = "" if name == NON_FIELD_ERRORS else self._label(name)
            yield from (
                _("%(column)s: %(said)s") % {"column": label, "said": one} if label else one
                for one in said
            )

    def _label(self, name: str) -> str:
        return str(self.past.model._meta.get_field(name).verbose_name)


def may_add_again(user: Any, row: Any) -> bool:
    """Whether an account may store a state as that of a new row.

    Where its publication is gone nothing says whether that was a draft, and nothing is stored.
    """
    pk, row.pk = row.pk, None
    try:
        return permissions.may_store(user, row)
    except ObjectDoesNotExist:
        return True
    finally:
        row.pk = pk


def _stale() -> str:
    return _(
        "The record was changed since this page was opened. What would change is shown anew: "
        "look at it again."
    )
