"""The filters of a table together: which are set, in words, and how the form shows them."""

from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Model
from django.forms.boundfield import BoundField

from projects.choices import EntityField, read_together


@dataclass(frozen=True)
class Chip:
    """One value of a filter that is set: as the query string has it, and in words."""

    name: str
    value: str
    label: Any
    words: Any


class FilterSet(django_filters.FilterSet):
    """The filters of one table."""

    def read_choices(self) -> None:
        """Read the entities of which one is chosen, before the form is drawn; one query."""
        fields = (one for one in self.form.fields.values() if isinstance(one, EntityField))
        choices: list[Any] = [field.widget.choices for field in fields]
        read_together(choices)

    @property
    def names(self) -> set[str]:
        """The names that the query string may use."""
        return set(self.filters)

    @property
    def chosen(self) -> list[str]:
        """The names of the filters that are set to something usable."""
        data = self.form.cleaned_data if self.form.is_bound and self.form.errors is not None else {}
        return [name for name, value in data.items() if value]

    @property
    def chips(self) -> list[Chip]:
        """Each value of each filter that is set, the words searched first."""
        chosen = sorted(self.chosen, key=lambda name: name != "q")
        return [chip for name in chosen for chip in self._chips_of(name)]

    @property
    def fields(self) -> list[BoundField]:
        """The fields of one line, the words searched first."""
        found = [field for field in self.form if not _is_list(field)]
        return sorted(found, key=lambda field: field.name != "q")

    @property
    def lists(self) -> list[BoundField]:
        """The fields with a box to tick for each of their values."""
        return [field for field in self.form if _is_list(field)]

    def _chips_of(self, name: str) -> list[Chip]:
        value, label = self.form.cleaned_data[name], self.filters[name].label
        if isinstance(value, Model):
            return [Chip(name, self.data[name], label, str(value))]
        words = _words(self.filters[name])
        values = value if isinstance(value, list) else [value]
        return [Chip(name, one, label, words.get(one, one)) for one in values]


def _words(declared: django_filters.Filter) -> dict[Any, Any]:
    """The words of the values that a filter names itself."""
    choices = declared.extra.get("choices") or ()
    named = dict(choices() if callable(choices) else choices)
    null_value = getattr(declared, "null_value", None)
    named |= declared.extra.get("special") or {}
    return named | {null_value: declared.extra.get("null_label")}


def _is_list(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxSelectMultiple)
