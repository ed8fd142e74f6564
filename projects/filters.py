"""The filters of the tables: the query string's names for a column's values."""

from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Model, Q, QuerySet
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.choices import EntityField
from projects.lookups import among
from projects.models import (
    Agreement,
    Indicator,
    Investment,
    Milestone,
    MilestoneKind,
    MilestoneState,
    NotCounted,
    Observation,
    Organization,
    Participation,
    Place,
    Project,
    RestatesHow,
    Sector,
    Side,
    Source,
    Stage,
)
from projects.reports.bar_rows import of_bar
from projects.reports.funding import read_line
from projects.reports.money import SPECIAL, Way
from projects.reports.ranking import NONE
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


@dataclass(frozen=True)
class Chip:
    """One value of a filter that is set: as the query string has it, and in words."""

    name: str
    value: str
    label: Any
    words: Any


class FilterSet(django_filters.FilterSet):
    """The filters of one table."""

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


class ProjectFilter(FilterSet):
    """Filters of projects."""

    q = SearchFilter()
    stage = ChoiceFilter(_("Stage"), Stage.choices)
    sector = SlugFilter(_("Sector"), Sector.objects.all(), field_name="sectors")
    agreement = SlugFilter(_("Agreement"), Agreement.objects.all())
    overdue = FlagFilter(_("Overdue"))
    silent = FlagFilter(_("Silent"))
    investment_stated = FlagFilter(_("Investment stated"))


class OrganizationFilter(FilterSet):
    """Filters of organizations."""

    q = SearchFilter()
    kind = ChoiceFilter(_("Kind"), Organization.Kind.choices)
    parent = SlugFilter(
        _("Controlled by"),
        Organization.objects.filter(children__parent_source__draft=False).distinct(),
        method="of_parent",
    )

    def of_parent(self, rows: Any, _name: str, parent: Organization | None) -> QuerySet[Any]:
        """Those of which readers know this parent."""
        return rows if parent is None else rows.controlled_by(parent)


class AgreementFilter(FilterSet):
    """Filters of agreements."""

    q = SearchFilter()
    kind = ChoiceFilter(_("Kind"), Agreement.Kind.choices)
    sector = SlugFilter(_("Sector"), Sector.objects.all(), field_name="sectors")


class StatementFilter(FilterSet):
    """Filters that the statements of every kind have."""

    source = SlugFilter(_("Source"), Source.objects.defer("full_text"))
    restates_how = ChoiceFilter(_("Restates how"), RestatesHow.choices)
    stands = FlagFilter(_("Stands"))


class InvestmentFilter(StatementFilter):
    """Filters of investments."""

    q = SearchFilter("project", "agreement")
    by = WayFilter()
    project = SlugFilter(
        _("Project"),
        Project.objects.all(),
        null_label=SPECIAL[Way.PROJECT][NONE],
        null_value=NONE,
    )
    agreement = SlugFilter(_("Agreement"), Agreement.objects.all())
    organization = SlugFilter(
        _("Organization"), Organization.objects.all(), field_name="organizations"
    )
    in_group = BarFilter(Way.GROUP, _("Of the group"), Organization.objects.heads())
    in_sector = BarFilter(Way.SECTOR, _("In the sector"), Sector.objects.all())
    in_place = BarFilter(Way.PLACE, _("At the place"), Place.objects.all())
    in_year = YearFilter()
    basis = ChoiceFilter(_("Basis"), Investment.Basis.choices)
    per = ChoiceFilter(_("Per"), Investment.Per.choices)
    unit = django_filters.CharFilter(label=_("Currency"), max_length=3)
    instrument = ChoiceFilter(_("Instrument"), Investment.Instrument.choices)
    line = LineFilter(_("Total"))
    amount_stated = AmountStatedFilter(_("Amount stated"))
    counted = FlagFilter(_("Counted"))
    not_counted_because = ChoiceFilter(_("Not counted because"), NotCounted.choices)

    @property
    def way(self) -> Way:
        """By what the bars split the total; by project where nothing else can be read."""
        self.form.is_valid()
        return Way(self.form.cleaned_data.get("by") or Way.PROJECT)

    @property
    def chosen(self) -> list[str]:
        """The names of the filters that are set; how the total is split is none."""
        return [name for name in super().chosen if name != "by"]


class MilestoneFilter(FilterSet):
    """Filters of milestones."""

    q = SearchFilter("project", "agreement")
    state = ChoiceFilter(_("State"), MilestoneState.choices)
    due_soon = FlagFilter(_("Due in the next 90 days"))
    kind = ChoiceFilter(_("Kind"), MilestoneKind.choices)
    project = SlugFilter(_("Project"), Project.objects.all())
    agreement = SlugFilter(_("Agreement"), Agreement.objects.all())


class IndicatorFilter(FilterSet):
    """Filters of indicators."""

    q = SearchFilter()
    project = SlugFilter(_("Project"), Project.objects.all())


class SourceFilter(FilterSet):
    """Filters of publications."""

    q = SearchFilter()
    kind = ChoiceFilter(_("Kind"), Source.Kind.choices)


class PlaceFilter(FilterSet):
    """Filters of places."""

    q = SearchFilter()


class SectorFilter(FilterSet):
    """Filters of sectors."""

    q = SearchFilter()


class ParticipationFilter(StatementFilter):
    """Filters of participations."""

    project = SlugFilter(_("Project"), Project.objects.all())
    organization = SlugFilter(_("Organization"), Organization.objects.all())
    role = ChoiceFilter(_("Role"), Participation.Role.choices)


class AgreementPartyFilter(StatementFilter):
    """Filters of the parties of agreements."""

    agreement = SlugFilter(_("Agreement"), Agreement.objects.all())
    organization = SlugFilter(_("Organization"), Organization.objects.all())


class MilestoneDateFilter(StatementFilter):
    """Filters of the dates of milestones."""

    milestone = SlugFilter(_("Milestone"), Milestone.objects.all())
    side = ChoiceFilter(_("Side"), Side.choices)


class TargetFilter(StatementFilter):
    """Filters of targets."""

    indicator = SlugFilter(_("Indicator"), Indicator.objects.all())


class ObservationFilter(StatementFilter):
    """Filters of observations."""

    indicator = SlugFilter(_("Indicator"), Indicator.objects.all())
    status = ChoiceFilter(_("Status"), Observation.Status.choices)
