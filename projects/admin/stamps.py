"""Two editors of a row that counts no versions: what it was when opened is told by a digest."""

import hashlib
from typing import Any

from django import forms
from django.contrib import admin
from django.db import connection
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from projects.admin.comparison import Comparison, compare
from projects.admin.opened import VersionField

_NOT_EDITED = {"last_login"}


def stamp(row: Model) -> str:
    """A digest of all that an editor may change of a row."""
    columns = [f for f in row._meta.concrete_fields if f.name not in _NOT_EDITED]
    told = [(column.name, getattr(row, column.attname)) for column in columns]
    told += [
        (relation.name, sorted(getattr(row, relation.name).values_list("pk", flat=True)))
        for relation in row._meta.many_to_many
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()


class StampedForm(forms.ModelForm):
    """A form that refuses what was typed over a state of its row that is stored no more."""

    data: Any
    stale: Comparison | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = stamp(self.instance)
        self.fields["stamp"] = VersionField(initial=stored, required=False)
        if self.is_bound and self["stamp"].data != stored:
            self.stale = Comparison(
                row=self.instance,
                known=False,
                versionless=not self["stamp"].data,
                who="",
                when=None,
                lines=tuple(compare(self, None).values()),
            )
            self.data = self.data.copy()
            self.data["stamp"] = stored

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.stale:
            self.add_error(None, self.stale.html())
        return self.cleaned_data


class StampedAdmin(admin.ModelAdmin):
    """Forms that carry a digest of their row; saves of one row wait for each other."""

    class Media:
        css = {"all": ["css/versions.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # SQLite has no locks of rows: there the whole transaction waits for the one before.
        rows = super().get_queryset(request)
        saves = request.method == "POST" and connection.in_atomic_block
        return rows.select_for_update() if saves else rows

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return form if obj is None else type(form.__name__, (StampedForm, form), {})
