"""The filters of the tables: the query string's names for a column's values."""

from typing import Any

import django_filters
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

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
from projects.reports.money import NONE, SPECIAL, Way, of_bar
from projects.reports.search import occurs

SEARCH_LIMIT = 200


class SearchFilter(django_filters.CharFilter):
    """Rows in which every word occurs in one of the columns, in either language."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns
        super().__init__(label=_("Search"), max_length=SEARCH_LIMIT)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        for word in (value or "").split():
            qs = qs.filter(occurs(word, self.columns))
        return qs


class ChoiceFilter(django_filters.MultipleChoiceFilter):
    """Rows whose column has one of the codes chosen."""

    def __init__(self, label: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(label=label, choices=choices, distinct=False, **kwargs)


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


class PaidFilter(FlagFilter):
    """Rows of money received, or of what is only promised."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        return qs.paid() if value == "true" else qs.promised()  # type: ignore[attr-defined]


class WayFilter(django_filters.ChoiceFilter):
    """By what the bars above the table split the total; it leaves no row out."""

    def __init__(self) -> None:
        super().__init__(label=_("Bars by"), choices=Way.choices, empty_label=None)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs


class BarFilter(django_filters.ChoiceFilter):
    """Rows of one bar, by its code: what belongs to several is under *several* alone."""

    def __init__(self, way: Way, label: Any, entities: QuerySet[Any]) -> None:
        self.way = way
        self.entities = entities
        super().__init__(label=label, choices=self.codes, empty_label=_("any"))

    def codes(self) -> list[tuple[str, Any]]:
        """The special codes and the slugs, with their words; asked anew for every form."""
        return [*SPECIAL[self.way].items(), *((row.slug, row) for row in self.entities.all())]

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return of_bar(qs, self.way, value) if value else qs


class YearFilter(django_filters.CharFilter):
    """Rows of one year, or of the bars that are no single year's."""

    def __init__(self) -> None:
        read = RegexValidator(
            rf"^([0-9]{{1,4}}|{'|'.join(SPECIAL[Way.YEAR])})$",
            _("Write a year such as 2020, or between, or not_dated."),
        )
        super().__init__(label=_("Of the year"), validators=[read])

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return of_bar(qs, Way.YEAR, value.lstrip("0")) if value else qs


class SlugFilter(django_filters.ModelChoiceFilter):
    """Rows that belong to the entity with the slug chosen."""

    def __init__(self, label: Any, queryset: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(
            label=label,
            queryset=queryset,
            to_field_name="slug",
            empty_label=_("any"),
            **kwargs,
        )


class FilterSet(django_filters.FilterSet):
    """The filters of one table."""

    @property
    def names(self) -> set[str]:
        """The names that the query string may use."""
        return set(self.filters)

    @property
    def chosen(self) -> list[str]:
        """The names of the filters that are set."""
        data = self.form.cleaned_data if self.form.is_bound and self.form.is_valid() else {}
        return [name for name, value in data.items() if value]


class ProjectFilter(FilterSet):
    """Filters of projects."""

    q = SearchFilter(("slug", "name_zh", "name_en", "summary_zh", "summary_en"))
    stage = ChoiceFilter(_("Stage"), Stage.choices)
    sector = SlugFilter(_("Sector"), Sector.objects.all(), field_name="sectors")
    agreement = SlugFilter(_("Agreement"), Agreement.objects.all())
    overdue = FlagFilter(_("Overdue"))
    silent = FlagFilter(_("Silent"))
    investment_stated = FlagFilter(_("Investment stated"))


class OrganizationFilter(FilterSet):
    """Filters of organizations."""

    q = SearchFilter(("slug", "name_zh", "name_en", "short_name", "aliases"))
    kind = ChoiceFilter(_("Kind"), Organization.Kind.choices)
    parent = SlugFilter(
        _("Controlled by"), Organization.objects.filter(children__isnull=False).distinct()
    )


class AgreementFilter(FilterSet):
    """Filters of agreements."""

    q = SearchFilter(("slug", "name_zh", "name_en", "summary_zh", "summary_en"))
    kind = ChoiceFilter(_("Kind"), Agreement.Kind.choices)
    sector = SlugFilter(_("Sector"), Sector.objects.all(), field_name="sectors")


class StatementFilter(FilterSet):
    """Filters that the statements of every kind have."""

    source = SlugFilter(_("Source"), Source.objects.all())
    restates_how = ChoiceFilter(_("Restates how"), RestatesHow.choices)
    stands = FlagFilter(_("Stands"))


class InvestmentFilter(StatementFilter):
    """Filters of investments."""

    q = SearchFilter(
        (
            "key",
            "as_written",
            "project__name_zh",
            "project__name_en",
            "agreement__name_zh",
            "agreement__name_en",
        )
    )
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
    in_group = BarFilter(
        Way.GROUP, _("Of the group"), Organization.objects.filter(parent__isnull=True)
    )
    in_sector = BarFilter(Way.SECTOR, _("In the sector"), Sector.objects.all())
    in_place = BarFilter(Way.PLACE, _("At the place"), Place.objects.all())
    in_year = YearFilter()
    paid = PaidFilter(_("Paid"))
    basis = ChoiceFilter(_("Basis"), Investment.Basis.choices)
    per = ChoiceFilter(_("Per"), Investment.Per.choices)
    unit = django_filters.CharFilter(label=_("Currency"), max_length=3)
    instrument = ChoiceFilter(_("Instrument"), Investment.Instrument.choices)
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

    q = SearchFilter(
        (
            "slug",
            "name_zh",
            "name_en",
            "project__name_zh",
            "project__name_en",
            "agreement__name_zh",
            "agreement__name_en",
        )
    )
    state = ChoiceFilter(_("State"), MilestoneState.choices)
    due_soon = FlagFilter(_("Due in the next 90 days"))
    kind = ChoiceFilter(_("Kind"), MilestoneKind.choices)
    project = SlugFilter(_("Project"), Project.objects.all())
    agreement = SlugFilter(_("Agreement"), Agreement.objects.all())


class IndicatorFilter(FilterSet):
    """Filters of indicators."""

    q = SearchFilter(("slug", "name_zh", "name_en", "definition_zh", "definition_en"))
    project = SlugFilter(_("Project"), Project.objects.all())


class SourceFilter(FilterSet):
    """Filters of publications."""

    q = SearchFilter(("slug", "title", "outlet", "author"))
    kind = ChoiceFilter(_("Kind"), Source.Kind.choices)


class PlaceFilter(FilterSet):
    """Filters of places."""

    q = SearchFilter(("slug", "name_zh", "name_en"))


class SectorFilter(FilterSet):
    """Filters of sectors."""

    q = SearchFilter(("slug", "name_zh", "name_en"))


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
