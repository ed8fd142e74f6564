"""The choice of one entity, however many there are: a list of them, or a field for its name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from projects.models.together import together
from projects.remembering.reports import remembered_here
from projects.reports.search import occurs
from projects.values.search_words import search_words

MOST = 100
"""Up to so many entities are listed; of more, one is named."""

NAMES = ("slug", "name_zh", "name_en", "title")
"""The columns by which entities are chosen and named."""

NAMED = 5
"""So many are named where several are called so."""


class FewChoices(ModelChoiceIterator):
    """What stands above the entities, and the entities, unless there are too many."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from self.field.special.items()
        yield from self.entities or ()

    @cached_property
    def entities(self) -> list[tuple[str, str]] | None:
        """The values and labels of the entities; None where there are too many.

        Asked once for each version of the data: none can be told to be short without reading that
        many rows.
        """
        read_together([self])
        return self.entities

    @property
    def first(self) -> QuerySet[Any]:
        """As many rows as are listed, and one more where there are too many, by what names them."""
        columns = {column.name for column in self.queryset.model._meta.concrete_fields}
        return self.queryset.only(*columns.intersection(NAMES))[: MOST + 1]

    def told(self, rows: list[Any]) -> list[tuple[str, str]] | None:
        """The values and labels of these first rows; None where they are too many."""
        if len(rows) > MOST:
            return None
        return [(str(key), str(label)) for key, label in map(self.choice, rows)]


def read_together(choices: Sequence[FewChoices]) -> None:
    """Read the entities of several lists; one query, once for each version of the data."""
    sets = [one.first for one in choices]

    def read() -> list[list[tuple[str, str]] | None]:
        return [one.told(rows) for one, rows in zip(choices, together(*sets), strict=True)]

    found = remembered_here(("choices", *(str(rows.query) for rows in sets)), read)
    for one, entities in zip(choices, found, strict=True):
        one.__dict__["entities"] = entities


class EntityWidget(forms.Select):
    """A list of the entities, or where there are too many a field to write one's name into."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        few: Any = self.choices
        if few.entities is not None:
            # Not a list of it, which would ask for its length first.
            choices = [choice for choice in few]
            return forms.Select(self.attrs, choices).render(name, value, attrs, renderer)
        hint = {"placeholder": _("name"), "autocomplete": "off"}
        return forms.TextInput(hint).render(name, value, attrs, renderer)


class EntityField(ModelChoiceField):
    """One entity by its slug, or by words that are found in that one alone.

    `special` are codes that stand for no entity, with their labels.
    """

    widget = EntityWidget
    iterator = FewChoices

    def __init__(self, *args: Any, special: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.special = special or {}
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        if value in self.special:
            return value
        try:
            return super().to_python(value)
        except ValidationError:
            found = list(self._called(str(value))[: NAMED + 1])
            if not found:
                raise
        if len(found) > 1:
            raise ValidationError(_several(str(value), found))
        return found[0]

    def _called(self, text: str) -> QuerySet[Any]:
        """Those with just this name, else those in which all its words are found."""
        names = [name for name in ("name_zh", "name_en", "title") if self._has(name)]
        just_so = Q()
        for name in names:
            just_so |= Q(**{name: text})
        rows: QuerySet[Any] = self.queryset.filter(just_so)
        if rows.exists():
            return rows
        words = search_words(text)
        rows = self.queryset if words else self.queryset.none()
        for word in words:
            rows = rows.filter(occurs(word, ("search_text",)))
        return rows

    def _has(self, name: str) -> bool:
        return any(column.name == name for column in self.queryset.model._meta.concrete_fields)


def _several(text: str, found: list[Any]) -> str:
    slugs = ", ".join(one.slug for one in found[:NAMED]) + (" …" if len(found) > NAMED else "")
    return _("“%(text)s” is found in several: write one of %(slugs)s.") % {
        "text": text[:40],
        "slugs": slugs,
    }
