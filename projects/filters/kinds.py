"""The kinds of filters: what the values of each are, and which rows they leave."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.choices import EntityField
from projects.lookups import among
from projects.reports.bar_rows import of_bar
from projects.reports.funding import read_line
from projects.reports.money import SPECIAL, Way
from projects.reports.search import occurs
from projects.reports.visible import visible
from projects.values.readers import Reader
from projects.values.search_words import search_words

SEARCH_LIMIT = 200
FEW = 1000
"""So many entities at most are handed over one by one."""


class SearchFilter(django_filters.CharFilter):
    """Rows by whose text, or by that of one of the entities named, every word is found."""

    def __init__(self, *entities: str) -> None:
        self.entities = entities
        super().__init__(
            label=_("Search"), max_length=SEARCH_LIMIT, widget=forms.TextInput({"type": "search"})
        )

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        for word in search_words(value or ""):
            found = occurs(word, ("search_text",))
            for name in self.entities:
                found |= _named(qs, name, word)
            qs = qs.filter(found)
        return qs


def _named(rows: QuerySet[Any], name: str, word: str) -> Q:
    """Those that refer to an entity in whose names a word is found.

    Entities are looked for once, and not once for every row that refers to one. Few are handed over
    by their keys: what a subquery finds the database takes for half of all there are, and reads
    every row of the table where an index has the few.
    """
    entities = rows.model._meta.get_field(name).related_model._default_manager.order_by()
    keys = entities.filter(occurs(word, ("search_text",))).values_list("pk", flat=True)
    few = list(keys.using(rows.db)[: FEW + 1])
    return Q(**{f"{name}__in": keys}) if len(few) > FEW else among(name, few)


class ChoiceFilter(django_filters.MultipleChoiceFilter):
    """Rows whose column has one of the codes chosen."""

    def __init__(self, label: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            choices=choices,
            distinct=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class FlagFilter(django_filters.ChoiceFilter):
    """Rows where a column is true or false, written as in the exports."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        choices = [("true", _("yes")), ("false", _("no"))]
        super().__init__(label=label, choices=choices, empty_label=_("any"), **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(**{self.field_name: value == "true"}) if value else qs


class AmountStatedFilter(FlagFilter):
    """Rows whose amount has a bound, or has none."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        stated = Q(amount_low__isnull=False) | Q(amount_high__isnull=False)
        return qs.filter(stated if value == "true" else ~stated) if value else qs


class LineFilter(django_filters.CharFilter):
    """Investments of one total, by its code: currency, per, promised or paid."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, max_length=20, validators=[_is_line])

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.of_line(*read_line(value)) if value else qs  # type: ignore[attr-defined]


def _is_line(code: str) -> None:
    try:
        read_line(code)
    except ValueError:
        message = _("Write a total as cny-once-promised or usd-year-paid.")
        raise ValidationError(message) from None


class WayFilter(django_filters.ChoiceFilter):
    """By what the bars above the table split the total; it leaves no row out."""

    def __init__(self) -> None:
        super().__init__(label=_("Bars by"), choices=Way.choices, empty_label=None)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs


class YearFilter(django_filters.CharFilter):
    """Rows of one year, or of the bars that are no single year's."""

    def __init__(self) -> None:
        read = RegexValidator(
            rf"^((?!0+$)[0-9]{{1,4}}|{'|'.join(SPECIAL[Way.YEAR])})$",
            _("Write a year such as 2020, or between, or not_dated."),
        )
        super().__init__(label=_("Of the year"), validators=[read])

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return of_bar(qs, Way.YEAR, value.lstrip("0")) if value else qs


def on_site(entities: QuerySet[Any]) -> QuerySet[Any]:
    """Those of these entities that are no drafts, asked anew."""
    return visible(entities.all(), Reader(timezone.localdate()))


class SlugFilter(django_filters.ModelChoiceFilter):
    """Rows that belong to the entity with the slug chosen."""

    field_class = EntityField

    def __init__(self, label: Any, queryset: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(
            label=label,
            queryset=lambda _request: on_site(queryset),
            to_field_name="slug",
            empty_label=_("any"),
            **kwargs,
        )


class BarFilter(SlugFilter):
    """Rows of one bar, by its code: what belongs to several is under *several* alone."""

    def __init__(self, way: Way, label: Any, entities: QuerySet[Any]) -> None:
        self.way = way
        super().__init__(label, entities, special=SPECIAL[way])

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        code: str = getattr(value, "slug", value)
        return of_bar(qs, self.way, code) if code else qs
