"""A form for the rows of each table: it turns cells into values, and asks the columns' own rules.

Texts come back exactly, so nothing is stripped. What depends on other rows (groups, parts, trees)
is asked once all are stored; what the database keeps by constraints, when it is stored.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import construct_instance
from django.utils.translation import gettext as _

from projects.imports.known import Known
from projects.imports.results import Refusal
from projects.imports.tables import Table
from projects.models import Source


class ReferenceField(forms.CharField):
    """The slug or key of a row that is known."""

    known: Known

    def __init__(self, model: type[Any], **kwargs: Any) -> None:
        self.model = model
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        key = super().clean(value)
        return find(self.known, self.model, key) if key else None


def find(known: Known, model: type[Any], key: str) -> Any:
    """The row that a cell names; raises ValidationError where there is none."""
    row = known.find(model, key)
    if row is not None:
        return row
    if (model, key) in known.refused:
        message = _("“%(key)s” is refused itself.")
    else:
        message = _("There is no “%(key)s” among the %(rows)s, stored or in these files.")
    shown = {"key": key[:150], "rows": model._meta.verbose_name_plural}
    raise ValidationError(message % shown)


class RowForm(forms.ModelForm):
    """The cells of a row."""

    instance: Any

    def __init__(self, values: dict[str, str], known: Known, instance: Any) -> None:
        super().__init__(values, instance=instance)
        for field in self.fields.values():
            if isinstance(field, ReferenceField):
                field.known = known

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        for end in ("low", "high"):
            # An open bound is never included.
            if f"amount_{end}" in cleaned and cleaned[f"amount_{end}"] is None:
                cleaned[f"amount_{end}_included"] = False
        if not cleaned.get("key"):
            # Made up when it is saved.
            cleaned.pop("key", None)
        return cleaned

    def _post_clean(self) -> None:
        """Ask the rules of the columns, and of a source all: no other row changes with it."""
        self.instance = construct_instance(self, self.instance, self._meta.fields)
        references = {name for name, one in self.fields.items() if isinstance(one, ReferenceField)}
        try:
            self.instance.clean_fields(exclude={*self.errors, *references, "version"})
            if isinstance(self.instance, Source) and not self.errors:
                self.instance.clean()
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]


def _form_field(field: models.Field, **kwargs: Any) -> forms.Field | None:
    if isinstance(field, models.ForeignKey):
        return ReferenceField(field.related_model, required=not field.blank)
    if isinstance(field, models.CharField | models.TextField):
        # Also for codes and addresses: Django's own fields for them change what is typed.
        return forms.CharField(strip=False, required=not field.blank)
    if isinstance(field, models.DateField):
        return forms.DateField(input_formats=["%Y-%m-%d"], required=not field.blank)
    return field.formfield(localize=False)


@cache
def form_of(table: Table) -> type[RowForm]:
    """The form of a table's rows."""
    names = [table.field(column).name for column in table.columns if column not in table.lists]
    form: type[Any] = forms.modelform_factory(
        table.model, form=RowForm, fields=names, formfield_callback=_form_field
    )
    return form


def refusals(error: ValidationError, table: Table, file: str, line: int) -> Iterable[Refusal]:
    """What is said of a row, by the columns of its file."""
    if hasattr(error, "error_dict"):
        for field, errors in error.error_dict.items():
            messages = [str(message) for one in errors for message in one.messages]
            # An address is looked at twice, by Django and by us.
            for message in dict.fromkeys(messages):
                yield Refusal(file, table.name, line, table.column(field), message)
    else:
        for message in error.messages:
            yield Refusal(file, table.name, line, "", str(message))
