"""Widgets of the admin's forms."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import (
    AdminTextInputWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from projects.admin.words import Kind, Reading

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


class WordsInput(AdminTextInputWidget):
    """The one field for the words of an amount, a date or a period, and what they are read as.

    The form sets `reading`, and `by_hand` where what is stored is no reading of its words.
    """

    kind: Kind = "date"
    reading: Reading | None = None
    by_hand = False

    class Media:
        css = {"all": ["css/words.css"]}
        js = [Script("js/words.js", defer=True)]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attrs = attrs or {}
        place = f"{attrs.get('id', name)}_reading"
        described = f"{attrs.get('aria-describedby', '')} {place}".strip()
        added = {"data-words": self.kind, "autocomplete": "off", "aria-describedby": described}
        field = super().render(name, value, attrs | added, renderer)
        shown = {"reading": self.reading, "by_hand": self.by_hand}
        return render_to_string(
            "admin/projects/parts/words.html", {"field": field, "place": place} | shown
        )
