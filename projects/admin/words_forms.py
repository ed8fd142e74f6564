"""Forms that read the words of dates, and what all forms that read words share."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.models import InlineForeignKeyField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.admin.opened import VersionedForm
from projects.admin.repeated import MadeUpKey
from projects.admin.widgets import WordsInput
from projects.admin.words import ANY_YEAR, Reading, as_kind, read_when
from projects.fields import EdtfField
from projects.languages import page_language
from projects.models import Statement
from projects.reports.reading import by_hand, date_words
from projects.values.amounts import Amount
from projects.values.dates import VagueDate

READ_ONLY = "_read"
"""The button that shows how words are read and saves nothing."""


class DateWordsField(forms.CharField):
    """A vague date as EDTF or in words; the form turns the words into EDTF."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["max_length"] = 100
        kwargs["widget"] = WordsInput
        kwargs["help_text"] = kwargs.get("help_text") or _(
            "In words, such as 2016年初 or end of 2023, or as EDTF, such as 2016-33."
        )
        super().__init__(**kwargs)


class WordsForm(VersionedForm):
    """A form whose vague dates may be given in words.

    A stored date shows the words of the publication that are read as it, else its EDTF text.
    `readings` holds what was read of what the editor changed, one message each.
    """

    readings: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._dates():
            self.fields[name].widget.kind = "period" if name == "period" else "date"
        if self.instance.pk is not None:
            stored = self.instance if isinstance(self.instance, Statement) else None
            self.show_words(by_hand(stored) if stored else ())

    def show_words(self, typed: tuple[str, ...]) -> None:
        """Show the words that give back what is stored; `typed` names what was not read."""
        for name in self._dates():
            edtf = getattr(self.instance, name)
            if edtf:
                statement = isinstance(self.instance, Statement)
                words = date_words(self.instance, name) if statement else ""
                self.initial[name] = words or edtf
                self.show_reading(name, VagueDate(edtf))
                self.mark(name, name in typed)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.readings = []
        self.read_words()
        if READ_ONLY in self.data and self.prefix is None:
            self.add_error(
                None, _("Nothing was saved yet: see how the words are read below, then save.")
            )
        return self.cleaned_data

    def read_words(self) -> None:
        """Read all the words of the form, or say which cannot be read."""
        for name in self._dates():
            self.forget_reading(name)
            if self.cleaned_data.get(name):
                self._read_date(name)

    def show_reading(self, name: str, value: Amount | VagueDate) -> None:
        """Put what was read beside its field."""
        widget = self.fields[name].widget
        shown = as_kind(value, widget.kind) if isinstance(value, VagueDate) else value
        widget.reading = Reading(shown)

    def forget_reading(self, name: str) -> None:
        """Take away what was stored before the editor typed something else."""
        self.fields[name].widget.reading = None
        if name in self.changed_data:
            self.mark(name, False)

    def mark(self, name: str, by_hand: bool) -> None:
        """Say beside a field whether its value was entered by hand."""
        self.fields[name].widget.by_hand = by_hand

    def _dates(self) -> list[str]:
        """The columns of vague dates in this form."""
        fields = self.instance._meta.fields
        return [
            one.name for one in fields if isinstance(one, EdtfField) and one.name in self.fields
        ]

    def _read_date(self, name: str) -> None:
        """Turn the words of one date into EDTF, or say why they are none."""
        words = self.cleaned_data[name]
        try:
            when = read_when(words, self.said_on(), self.cleaned_data.get("counted_from"))
        except ValidationError as error:
            self.add_error(name, error)
            return
        self.show_reading(name, when)
        self.cleaned_data[name] = when.edtf
        if when.edtf != words:
            self.keep(name, words, when, "source", "counted_from")

    def said_on(self) -> VagueDate | None:
        """The day from which words are seen; None where it is not known yet."""
        return ANY_YEAR

    def keep(self, name: str, words: str, read: Amount | VagueDate, *seen_from: str) -> None:
        """Tell what was read where it may have changed, and keep the words that were typed.

        Words that only show what is stored may be ours, and not the publication's.
        """
        changed = set(self.changed_data)
        if changed.intersection((name, *seen_from)):
            said = gettext("“%(words)s” was read as %(read)s.")
            self.readings.append(said % {"words": words, "read": read.format(page_language())})
        written = self.cleaned_data.get("as_written")
        if name in changed and "as_written" in self.fields and not written:
            self.cleaned_data["as_written"] = words

    def _get_validation_exclusions(self) -> set[str]:
        """Let constraints see the id: Django passes over those that name a column left out."""
        return super()._get_validation_exclusions() - {"id"}  # type: ignore[misc]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        for name, field in self.fields.items():
            # An inline's reference to its parent is hidden, and so would be its errors.
            if isinstance(field, InlineForeignKeyField) and name in self.errors:
                self.add_error(NON_FIELD_ERRORS, self.errors.pop(name).as_data())


class StatementForm(MadeUpKey, WordsForm):
    """A form of a statement: words are seen from the day of its source."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.cleaned_data.get("key"):
            # Made up when it is saved; until then two empty ones are not the same.
            self.cleaned_data.pop("key", None)
        return self.cleaned_data

    def said_on(self) -> VagueDate | None:
        source = self.cleaned_data.get("source")
        return source.when if source else None
