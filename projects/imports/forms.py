"""The cells of a row as the values of its columns: by the form fields and the rules of each column.

Texts come back exactly, so nothing is stripped. What a cell of a column comes to does not depend on
the row, so it is worked out once for all rows that say the same.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from projects.fields import EdtfField
from projects.imports.tables import Table
from projects.values.dates import VagueDate

_REMEMBERED = 4_096
"""How many different cells of a column are remembered."""

_PLAIN = (models.CharField, models.SlugField, models.TextField)

Values = tuple[tuple[str, Any], ...]
"""Attributes of a row and what they are to be."""


def form_field(field: models.Field) -> forms.Field:
    """The form field that reads the cells of a column which refers to no other row."""
    if isinstance(field, models.CharField | models.TextField):
        # Also for codes and addresses: Django's own fields for them change what is typed.
        return forms.CharField(strip=False, required=not field.blank)
    if isinstance(field, models.DateField):
        return forms.DateField(input_formats=["%Y-%m-%d"], required=not field.blank)
    made: Any = field.formfield(localize=False)
    return made


class Reading:
    """The columns of a table, read in the language that is active."""

    def __init__(self, table: Table) -> None:
        self.table = table
        others = {*table.references, *table.lists}
        self._readers: dict[str, Callable[[str], Values | ValidationError]] = {
            column: lru_cache(_REMEMBERED)(_reader(table.field(column)))
            for column in table.columns
            if column not in others
        }

    def read(self, values: dict[str, str]) -> tuple[list[Values], dict[str, ValidationError]]:
        """What the cells of a row come to, and the columns that they do not fit."""
        found: list[Values] = []
        refused = {}
        for column, read in self._readers.items():
            value = read(values[column])
            if isinstance(value, tuple):
                found.append(value)
            else:
                refused[column] = value
        return found, refused


def _reader(field: Any) -> Callable[[str], Values | ValidationError]:
    shown = form_field(field)
    is_plain = type(field) in _PLAIN and not field.choices
    is_flag = isinstance(field, models.BooleanField)
    # A key that is left empty is made up when the row is stored.
    is_made_up = field.name == "key"

    def read(text: str) -> Values | ValidationError:
        if is_made_up and not text:
            return ()
        if is_plain and text and _fits(field, text):
            return ((field.attname, text),)
        try:
            value = shown.clean(text == "true" if is_flag else text)
            if not (field.blank and value in field.empty_values):
                value = field.clean(value, None)
        except ValidationError as error:
            return error
        return ((field.attname, value), *_days(field, value))

    return read


def _fits(field: Any, text: str) -> bool:
    """Whether a text is right by the validators of its column, which are all that is asked of it.

    Most texts are, and none is like another. Where one is not, the form says why.
    """
    try:
        for validator in field.validators:
            validator(text)
    except ValidationError:
        return False
    return True


def _days(field: Any, text: str) -> Values:
    """The first and last day of a vague date, which are columns beside it."""
    if not isinstance(field, EdtfField):
        return ()
    when = VagueDate(text) if text else None
    return (
        (f"{field.name}_earliest", when and when.earliest),
        (f"{field.name}_latest", when and when.latest),
    )


def required(field: Any) -> str:
    """What is said where a reference is missing; empty where it may be."""
    return "" if field.blank else str(forms.Field.default_error_messages["required"])
