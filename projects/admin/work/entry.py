"""A statement as it is entered on the working page: its form, and storing what it says."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.forms import BaseForm, BoundField
from django.http import HttpRequest, QueryDict

from projects.admin.work.forms import statement_form
from projects.models import Source, Statement


class Entry:
    """The form of one statement: unbound with proposals, or bound to what was sent.

    `proposals` are by the names of fields, as `values` of a passage gives them.
    """

    def __init__(
        self,
        request: HttpRequest,
        source: Source,
        kind: type[Statement],
        proposals: dict[str, Any] | None = None,
        data: QueryDict | None = None,
    ) -> None:
        self.request, self.source, self.kind = request, source, kind
        self.data, self.proposals = data, proposals or {}
        self.form = self.statement_form(data)

    @property
    def forms(self) -> list[BaseForm]:
        """All forms, in the order in which they are filled in."""
        return [self.form]

    def fields(self) -> dict[str, BoundField]:
        """The fields of all forms by their names in the page."""
        return {field.html_name: field for form in self.forms for field in form}

    def as_it_would_be(self) -> Any:
        """The statement that the form describes, as far as it can be read; nothing is stored."""
        form = self.form if self.form.is_bound else self.statement_form(self._as_sent())
        form.is_valid()
        return form.instance

    def save(self) -> Statement | None:
        """Store the statement and what belongs to it: all of it, or nothing where it is refused."""
        with transaction.atomic():
            saved = self.store() if self.prepare() and self.form.is_valid() else None
            if saved is None:
                transaction.set_rollback(True)
        return saved

    def prepare(self) -> bool:
        """Store what the statement needs; False where that is refused."""
        return True

    def store(self) -> Statement | None:
        """Store the statement as the admin's own page does; None where something is refused."""
        page = admin.site.get_model_admin(self.kind)
        row: Statement = self.form.save(commit=False)
        page.save_model(self.request, row, self.form, change=False)
        page.log_addition(self.request, row, [{"added": {}}])
        return row

    def statement_form(self, data: QueryDict | None) -> Any:
        """The admin's form of this kind for what was sent, or with the proposals."""
        form = statement_form(self.request, self.source, self.kind)
        return form(data, initial=self.proposals | {"source": self.source.pk})

    def _as_sent(self) -> QueryDict:
        """The proposals as a browser would send them."""
        names = self.form.fields
        given = {
            name: self.form.get_initial_for_field(field, name) for name, field in names.items()
        }
        return as_sent(given)


def as_sent(values: Mapping[str, Any], prefix: str = "") -> QueryDict:
    """Values as a browser would send them: nothing for what is empty or not ticked."""
    sent = QueryDict(mutable=True)
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            if one not in (None, "", False):
                sent.appendlist(f"{prefix}{name}", "on" if one is True else str(one))
    return sent
