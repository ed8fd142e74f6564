"""What differs between two states of a row, in words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, ForeignKey, Model
from django.utils.translation import gettext as _

from projects.fields import DerivedField, EdtfField, SearchTextField
from projects.languages import page_language
from projects.models.past import second_end
from projects.reports.history.names import Key, Names
from projects.reports.history.passages import Piece, is_long, pieces_of
from projects.values.dates import InvalidEdtf, VagueDate

FOR_EDITORS = frozenset({"full_text"})
"""Columns whose words only those see who may change the row."""


@dataclass(frozen=True)
class Value:
    """A column that changed: its name in the page's language, and what stood there, and stands.

    `pieces` say it of a long text, in place of the whole of it.
    """

    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Difference:
    """A column with what is stored in it, before it is put in words."""

    field: Any
    before: Any
    after: Any

    def rows(self) -> Iterator[Key]:
        """The rows that it names."""
        if isinstance(self.field, ForeignKey):
            for value in (self.before, self.after):
                if value is not None:
                    yield self.field.related_model, value


def columns_of(model: type[Model]) -> Iterator[Any]:
    """The columns that say something of their own: not the count of states, nor what follows."""
    dates = {field.name for field in model._meta.concrete_fields if isinstance(field, EdtfField)}
    follow = {f"{name}_{bound}" for name in dates for bound in ("earliest", "latest")}
    for field in model._meta.concrete_fields:
        if field.name in follow | {"id", "version"}:
            continue
        if not isinstance(field, DerivedField | SearchTextField):
            yield field


def differences(before: Any, after: Any) -> Iterator[Difference]:
    """The columns in which two states differ; of one that came or went those that say anything."""
    model = _model(after if before is None else before)
    for field in columns_of(model):
        old, new = (_stored(state, field) for state in (before, after))
        if old != new and not (None in (before, after) and False in (old, new)):
            yield Difference(field, old, new)


def tie(link: type[Any], before: int | None, after: int | None) -> Difference:
    """That a record was tied to another row, or no more."""
    return Difference(second_end(link), before, after)


def values(found: Iterable[Difference], names: Names, *, with_texts: bool) -> tuple[Value, ...]:
    """Differences in words; without the words of texts that are for editors only."""
    return tuple(_value(one, names, with_texts=with_texts) for one in found)


def _value(one: Difference, names: Names, *, with_texts: bool) -> Value:
    label = str(one.field.verbose_name)
    if one.field.name in FOR_EDITORS and not with_texts:
        hidden = [_("(not shown)") if text else "" for text in (one.before, one.after)]
        return Value(label, hidden[0], hidden[1])
    before, after = (words_of(one.field, value, names.of) for value in (one.before, one.after))
    if not is_long(before, after):
        return Value(label, before, after)
    return Value(label, before, after, pieces_of(before, after))


def _model(state: Any) -> type[Model]:
    return getattr(state, "instance_type", type(state))


def _stored(state: Any, field: Any) -> Any:
    """What a state has in a column; an empty text is nothing."""
    if state is None:
        return None
    value = getattr(state, field.attname, None)
    return None if value == "" else value


def words_of(field: Any, value: Any, name: Callable[[type[Model], int], str]) -> str:
    """A stored value as a reader expects it; empty where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        return name(field.related_model, value)
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, EdtfField):
        return _date(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return f"{value.normalize():,f}" if isinstance(value, Decimal) else f"{value:,}"
    return str(dict(field.flatchoices).get(value, value))


def _date(edtf: str) -> str:
    try:
        return f"{VagueDate(edtf).format(page_language())} ({edtf})"
    except InvalidEdtf:
        return edtf
