"""Widgets of the admin's forms."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

_LONGEST_ID = 18
"""Digits of the largest id that surely fits 64 bits."""


class SafeAutocompleteSelect(AutocompleteSelect):
    """A choice by search that shows nothing where the value sent is no id.

    Django's own looks the value up as it came, and answers 500 to `?source=abc`.
    """

    def optgroups(self, name: str, value: Sequence[Any], attrs: Any = None) -> list[Any]:
        ids = [text for text in map(str, value) if may_be_id(text)]
        return super().optgroups(name, ids, attrs)


class SafeAutocompleteSelectMultiple(AutocompleteSelectMultiple):
    """A choice of several by search that shows nothing for a value that is no id."""

    def optgroups(self, name: str, value: Sequence[Any], attrs: Any = None) -> list[Any]:
        ids = [text for text in map(str, value) if may_be_id(text)]
        return super().optgroups(name, ids, attrs)


def may_be_id(text: str) -> bool:
    """Whether a text can be the id of a row."""
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID
