"""The filters of each table: the query string's names for a column's values."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from projects.filters.kinds import (
    AmountStatedFilter,
    BarFilter,
    ChoiceFilter,
    FlagFilter,
    LineFilter,
    SearchFilter,
    SlugFilter,
    WayFilter,
    YearFilter,
)
from projects.filters.sets import FilterSet
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
from projects.reports.money import SPECIAL, Way
from projects.reports.ranking import NONE


class ProjectFilter(FilterSet):
    """Filters of projects."""

    q = SearchFilter()
    stage = ChoiceFilter(_("Stage"), Stage.choices)
    sector = SlugFilter(_("Sector"), Sector.objects.all(), field_name="sectors")
    agreement = SlugFilter(_("Agreement"), Agreement.objects.all())
    overdue = FlagFilter(_("Overdue"))
    silent = FlagFilter(_("Silent"))
    investment_stated = FlagFilter(_("Investment stated"))


_CHILDREN = Organization.objects.filter(parent_source__draft=False)


class OrganizationFilter(FilterSet):
    """Filters of organizations."""

    q = SearchFilter()
    kind = ChoiceFilter(_("Kind"), Organization.Kind.choices)
    parent = SlugFilter(
        _("Controlled by"),
        Organization.objects.filter(pk__in=_CHILDREN.order_by().values("parent")),
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
