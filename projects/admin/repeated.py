"""A form that is sent twice, as a double click does, stores one record."""

import re
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import BaseInlineFormSet, ModelForm

_MADE_UP = re.compile(r"[0-9a-f]{8}")


def _make_up() -> str:
    return uuid.uuid4().hex[:8]


class MadeUpField(forms.CharField):
    """The end of a key; it says nothing of what is stated."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class MadeUpKey(forms.ModelForm):
    """A form of a statement whose key is made up when the form is opened, if none is typed.

    So the same form sent again has the same key, which is stored once.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["made_up"] = MadeUpField(initial=_make_up, required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        made_up, source = (self.cleaned_data.get(name) for name in ("made_up", "source"))
        if source and not self.cleaned_data.get("key") and _MADE_UP.fullmatch(made_up or ""):
            self.cleaned_data["key"] = f"{source.slug}-{made_up}"
        return self.cleaned_data


def already_saved(form: ModelForm, formsets: Iterable[BaseInlineFormSet]) -> Model | None:
    """The stored record that says all that a form for a new one says, its rows included."""
    for column in form.instance._meta.concrete_fields:
        if column.unique and not column.primary_key:
            value = getattr(form.instance, column.attname)
            row = type(form.instance)._default_manager.filter(**{column.name: value}).first()
            if row and _says(row, form) and all(_has_rows(row, rows) for rows in formsets):
                return row
    return None


def _has_rows(record: Model, formset: BaseInlineFormSet) -> bool:
    """Whether every row that was typed is stored with a record."""
    model: Any = formset.model
    stored = list(model._default_manager.filter(**{formset.fk.name: record}))
    typed = [form for form in formset.extra_forms if form.has_changed()]
    return all(any(_says(row, form) for row in stored) for form in typed)


def _says(row: Model, form: ModelForm) -> bool:
    """Whether a stored row says what a form says, as it was read; a key may be made up."""
    return all(
        getattr(row, column.attname) == getattr(form.instance, column.attname)
        for column in row._meta.concrete_fields
        if column.name in form.base_fields
        and (column.name != "key" or getattr(form.instance, column.attname))
    ) and all(error.code == "unique" for name in form.base_fields for error in _errors(form, name))


def _errors(form: ModelForm, name: str) -> Iterable[ValidationError]:
    """What is wrong with a field: what was typed there is not in the form's instance."""
    return form.errors.as_data().get(name, [])
