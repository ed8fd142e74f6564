"""Formsets that follow what others did to the rows of a parent since the page was opened."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model
from django.forms import BaseInlineFormSet, ModelForm
from django.forms.formsets import (
    DELETION_FIELD_NAME,
    INITIAL_FORM_COUNT,
    TOTAL_FORM_COUNT,
    ManagementForm,
)
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from projects.admin.comparison import as_sent, typed_words

_LONGEST_ID = 19
"""Digits of the first number that may not fit 64 bits."""
Sent = dict[str, list[str]]
"""What was sent of a row, by the names of its fields."""


@dataclass(frozen=True)
class Gone:
    """A row of a sent form that is there no more: what it was, who deleted it, what was typed."""

    name: str
    who: str
    when: datetime | None
    typed: tuple[tuple[str, str], ...]

    def html(self) -> SafeString:
        """What was typed, with who deleted the row."""
        return render_to_string("admin/projects/parts/gone.html", {"gone": self})


class VersionedFormSet(BaseInlineFormSet):
    """Rows as they are stored now: without those deleted by others, with those others added.

    Django would refuse the former as no valid choice, and pair the rest with the wrong rows.
    """

    model: type[Model]
    prefix: str
    data: Any
    gone: tuple[Gone, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.management_form.is_valid():
            self._follow()

    @cached_property
    def management_form(self) -> ManagementForm:
        """How many rows were sent; refused where there cannot be as many.

        Django would make a form of each, up to 2,000 for a request of a few bytes.
        """
        form = super().management_form
        if self.is_bound:
            counts: dict[str, Any] = form.cleaned_data
            first, total = counts[INITIAL_FORM_COUNT], counts[TOTAL_FORM_COUNT]
            if not 0 <= first <= total <= len(self.data):
                form.add_error(TOTAL_FORM_COUNT, "")
                counts |= {TOTAL_FORM_COUNT: 0, INITIAL_FORM_COUNT: 0}
        return form

    def clean(self) -> None:
        super().clean()
        if self.gone:
            raise ValidationError([row.html() for row in self.gone])

    def _should_delete_form(self, form: ModelForm) -> bool:
        # The errors of a row that is to be deleted would not count.
        marked = super()._should_delete_form(form)  # type: ignore[misc]
        return marked and not getattr(form, "stale", None)

    def typed(self, form: ModelForm) -> tuple[tuple[str, str], ...]:
        """What was typed in a row, without the parent, which is not asked for."""
        return typed(form, without=self.fk.name)

    def _follow(self) -> None:
        counts: dict[str, Any] = self.management_form.cleaned_data
        first, total = counts[INITIAL_FORM_COUNT], counts[TOTAL_FORM_COUNT]
        if not first <= total <= self.absolute_max:
            return
        sent = self._sent()
        shown = [sent.get(number, {}) for number in range(first)]
        added = [sent.get(number, {}) for number in range(first, total)]
        stored = [str(row.pk) for row in self.get_queryset()]
        by_id = {self._id(row): row for row in shown}
        if [self._id(row) for row in shown] == stored:
            return
        # A row that this editor deletes too, or may only see, is no loss.
        unseen = {self.model._meta.pk.name, self.fk.name}
        self.gone = tuple(
            self._gone(row)
            for row in shown
            if self._id(row) not in stored and set(row) - unseen and DELETION_FIELD_NAME not in row
        )
        kept = [by_id.get(str(row.pk)) or self._as_stored(row) for row in self.get_queryset()]
        self._send([*kept, *added], len(kept))

    def _id(self, row: Sent) -> str:
        return (row.get(self.model._meta.pk.name) or [""])[-1]

    def _sent(self) -> dict[int, Sent]:
        """What was sent, by the numbers of the rows."""
        rows: dict[int, Sent] = {}
        for key, number, name in self._keys():
            rows.setdefault(number, {})[name] = self.data.getlist(key)
        return rows

    def _keys(self) -> Iterator[tuple[str, int, str]]:
        pattern = re.compile(rf"{re.escape(self.prefix)}-([0-9]{{1,6}})-(.+)", re.DOTALL)
        for key in list(self.data):
            if found := pattern.fullmatch(key):
                yield key, int(found[1]), found[2]

    def _send(self, rows: list[Sent], first: int) -> None:
        """Let the form have been sent with these rows, of which the first ones are stored."""
        self.data = self.data.copy()
        for key, _number, _name in self._keys():
            del self.data[key]
        for number, row in enumerate(rows):
            for name, values in row.items():
                self.data.setlist(f"{self.prefix}-{number}-{name}", values)
        self.data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = str(first)
        self.data[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
        del self.management_form

    def _as_stored(self, row: Any) -> Sent:
        """A row that another editor added, as the form would send it untouched."""
        fields = self.form(instance=row)
        return {self.model._meta.pk.name: [str(row.pk)]} | {
            field.name: values for field in fields if (values := as_sent(field))
        }

    def _gone(self, row: Sent) -> Gone:
        data = QueryDict(mutable=True)
        for name, values in row.items():
            data.setlist(name, values)
        return gone_row(self.model, self._id(row), self.typed(self.form(data)))


def gone_row(model: type[Model], pk: str, words: tuple[tuple[str, str], ...]) -> Gone:
    """What the history knows of a row that is there no more, with what was typed for it."""
    last: Any = None
    if pk.isascii() and pk.isdigit() and len(pk) < _LONGEST_ID:
        states = model.history.filter(id=int(pk))  # type: ignore[attr-defined]
        last = states.order_by("history_date", "history_id").last()
    deleted = last is not None and last.history_type == "-"
    return Gone(
        name=_name(last) if last else "",
        who=last.history_user_name if deleted else "",
        when=last.history_date if deleted else None,
        typed=words,
    )


def _name(state: Any) -> str:
    """The name of a past row; its number where what it is named after is gone too."""
    try:
        return str(state.instance)
    except ObjectDoesNotExist:
        return f"{state.instance._meta.verbose_name} {state.instance.pk}"


def typed(form: ModelForm, *, without: str = "") -> tuple[tuple[str, str], ...]:
    """All that was typed in a form, field by field; what was left empty is left out."""
    fields = [field for field in form if not field.is_hidden and field.name != without]
    words = [(str(field.label), typed_words(field)) for field in fields]
    return tuple((label, text) for label, text in words if text)
