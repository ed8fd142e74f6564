"""States of a row side by side: as its form was opened, as it is stored now, as it was typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, ForeignKey, Model, TextChoices
from django.forms import BaseForm, BoundField, CheckboxInput, ModelForm
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from projects.reports.history.differences import words_of
from projects.reports.history.names import Names

_IDS_END = 2**63
"""No id is as large."""


class Outcome(TextChoices):
    """What the form has of a field that is not as it was opened."""

    BOTH = "both", _("Changed by both: the form has what you typed.")
    THEIRS = "theirs", _("You did not touch it: the form has what is stored now.")
    YOURS = "yours", _("Changed by you only.")
    SAME = "same", _("Both say the same.")
    UNKNOWN = "unknown", _("Not as it is stored: the form has what you typed.")


@dataclass(frozen=True)
class Line:
    """A field of which the states are not all the same."""

    label: str
    opened: str
    stored: str
    typed: str = ""
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Comparison:
    """What was stored of a row since its form was opened, beside what was typed."""

    row: Model
    known: bool
    """Whether the state at opening is in the history."""
    versionless: bool
    """Whether the form did not say which version it was opened at."""
    who: str
    when: datetime | None
    lines: tuple[Line, ...]

    @property
    def has_typed(self) -> bool:
        """Whether something could be typed: not where it is only asked whether to delete."""
        return any(line.outcome for line in self.lines)

    def html(self) -> SafeString:
        """The states as a table, with who stored the newer one."""
        return render_to_string("admin/projects/parts/comparison.html", {"comparison": self})


def state_at(row: Any, version: int | None) -> Any:
    """The row as it was at a version, None where its history does not have that."""
    if version is None:
        return None
    state = row.history.filter(version=version).order_by("history_date", "history_id").last()
    return state.instance if state else None


def describe(row: Any, version: int | None, known: bool, lines: Iterable[Line]) -> Comparison:
    """A comparison with who stored the newest state of the row, and when."""
    newest = row.history.order_by("history_date", "history_id").last()
    return Comparison(
        row=row,
        known=known,
        versionless=version is None,
        who=newest.history_user_name if newest else "",
        when=newest.history_date if newest else None,
        lines=tuple(lines),
    )


def compare_rows(row: Any, version: int | None) -> Comparison:
    """What was stored of a row since a page that shows it was opened at a version."""
    opened = state_at(row, version)
    named = cache(_name)
    lines = [
        Line(
            label=str(column.verbose_name),
            opened=words_of(column, getattr(opened, column.attname), named),
            stored=words_of(column, getattr(row, column.attname), named),
        )
        for column in row._meta.concrete_fields
        if opened is not None
        and column.editable
        and getattr(opened, column.attname) != getattr(row, column.attname)
    ]
    return describe(row, version, opened is not None, lines)


def compare(form: ModelForm, opened: ModelForm | None) -> dict[str, Line]:
    """The fields in which a sent form, what is stored and the form as it was opened differ."""
    named = cache(_name)
    lines = {}
    for bound in form:
        if bound.name not in form.base_fields:
            continue
        outcome = _outcome(bound, form, opened)
        if outcome is not None:
            lines[bound.name] = Line(
                label=str(bound.label),
                opened=_stored_words(opened, bound.name, named) if opened else "",
                stored=_stored_words(form, bound.name, named),
                typed=typed_words(bound, named),
                outcome=outcome,
            )
    return lines


def _outcome(bound: BoundField, form: ModelForm, opened: ModelForm | None) -> Outcome | None:
    """What became of a field, None where nobody changed it."""
    differs = _differs(bound, form)
    if opened is None:
        return Outcome.UNKNOWN if differs else None
    typed, stored = _differs(bound, opened), _value(form, bound) != _value(opened, bound)
    if typed and stored:
        return Outcome.BOTH if differs else Outcome.SAME
    if stored:
        return Outcome.THEIRS
    return Outcome.YOURS if typed else None


def _value(form: ModelForm, bound: BoundField) -> Any:
    return form.get_initial_for_field(bound.field, bound.name)


def _differs(bound: BoundField, form: ModelForm) -> bool:
    """Whether what was typed is not what a form showed; browsers send ends of lines as CR LF."""
    shown, typed = _value(form, bound), bound.data
    if isinstance(shown, str) and isinstance(typed, str):
        shown, typed = _plain(shown), _plain(typed)
    return bool(bound.field.has_changed(shown, typed))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _name(model: type[Model], pk: int) -> str:
    """The name of another row; its number where nothing is known of it."""
    return Names([(model, pk)]).of(model, pk)


def _column(form: BaseForm, name: str) -> Any:
    """The column of a field, None where it is the form's own."""
    try:
        return form.instance._meta.get_field(name)  # type: ignore[attr-defined]
    except FieldDoesNotExist:
        return None


def _stored_words(form: ModelForm, name: str, named: Any) -> str:
    column = _column(form, name)
    if column is None:
        return ""
    if column.many_to_many:
        return _listed(getattr(form.instance, name).all())
    return words_of(column, getattr(form.instance, column.attname), named)


def typed_words(bound: BoundField, named: Any = None) -> str:
    """What was typed in a field, as a reader expects it; as it came where it cannot be read."""
    named = named or _name
    column, sent = _column(bound.form, bound.name), bound.data
    try:
        if isinstance(sent, list):
            return _listed(named(column.related_model, _id(pk)) for pk in sent)
        if sent is not None and column is not None:
            return words_of(column, _read(column, sent), named)
    except (ValidationError, ValueError, TypeError, AttributeError):
        pass
    return _listed(sent) if isinstance(sent, list) else str(sent or "")


def _listed(things: Iterable[Any]) -> str:
    return pgettext("list", ", ").join(str(thing) for thing in things)


def _read(column: Field, sent: Any) -> Any:
    if sent == "":
        return None
    return _id(sent) if isinstance(column, ForeignKey) else column.to_python(sent)


def _id(sent: Any) -> int:
    """What was sent as the id of a row; ValueError where no row can have it."""
    number = int(sent)
    if not 0 <= number < _IDS_END:
        raise ValueError(sent)
    return number


def as_sent(bound: BoundField) -> list[str]:
    """What a browser sends of a field that is left as it is shown."""
    value, widget = bound.value(), bound.field.widget
    if isinstance(widget, CheckboxInput):
        return ["on"] if value else []
    shown = widget.format_value(value)
    return [str(one) for one in shown] if isinstance(shown, list) else [str(shown or "")]
