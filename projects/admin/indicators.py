"""Data entry of indicators, their targets and what was observed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from projects.admin import columns
from projects.admin.base import (
    STATEMENT_COLUMNS,
    STATEMENT_FILTERS,
    STATEMENT_RELATIONS,
    STATEMENT_SEARCH,
    EntityAdmin,
    RowInline,
    StatementAdmin,
    StatementInline,
    names_of,
)
from projects.admin.forms import IndicatorStatementForm
from projects.models import Indicator, Observation, Target

_TARGET = ("period", "period_as_written", "amount_words", "stands_in")
_OBSERVATION = (
    "period",
    "status",
    "amount_words",
    "growth",
    "growth_as_written",
    "growth_since",
)


@admin.register(Target)
class TargetAdmin(StatementAdmin):
    """What was targeted."""

    form = IndicatorStatementForm
    own_fields = ("indicator", *_TARGET)
    list_display = ["indicator", columns.period, columns.amount, *STATEMENT_COLUMNS]
    list_filter = [*STATEMENT_FILTERS]
    list_select_related = ("indicator", "source", "restates")
    search_fields = [*STATEMENT_SEARCH, *names_of("indicator")]
    autocomplete_fields = ["indicator", "stands_in", *STATEMENT_RELATIONS]


@admin.register(Observation)
class ObservationAdmin(StatementAdmin):
    """What was observed."""

    form = IndicatorStatementForm
    own_fields = ("indicator", *_OBSERVATION)
    list_display = ["indicator", columns.period, "status", columns.amount, *STATEMENT_COLUMNS]
    list_filter = ["status", *STATEMENT_FILTERS]
    list_select_related = ("indicator", "source", "restates")
    search_fields = [*STATEMENT_SEARCH, *names_of("indicator")]
    autocomplete_fields = ["indicator", *STATEMENT_RELATIONS]


class TargetInline(StatementInline):
    """Targets of this indicator."""

    model = Target
    form = IndicatorStatementForm
    own_fields = _TARGET
    autocomplete_fields = ["stands_in", *STATEMENT_RELATIONS]


class ObservationInline(StatementInline):
    """What was observed of this indicator."""

    model = Observation
    form = IndicatorStatementForm
    own_fields = _OBSERVATION
    autocomplete_fields = list(STATEMENT_RELATIONS)


@admin.register(Indicator)
class IndicatorAdmin(EntityAdmin):
    """What is measured."""

    list_display = ["name_zh", "name_en", "unit", "place", "project", "wider", "slug"]
    list_filter = ["unit"]
    list_select_related = ("place", "project", "wider")
    search_fields = ["slug", "name_zh", "name_en", *names_of("place", "project")]
    autocomplete_fields = ["place", "project", "wider"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [TargetInline, ObservationInline]
    fieldsets = [
        (None, {"fields": ["name_zh", "name_en", "slug", "unit", "place", "project", "wider"]}),
        (_("Definition"), {"fields": ["definition_zh", "definition_en"]}),
    ]


class IndicatorInline(RowInline):
    """Indicators of this project; their figures are entered on their own pages."""

    model = Indicator
    autocomplete_fields = ["wider", "entered_with"]
    prepopulated_fields = {"slug": ["name_en"]}
    fields = [
        *("name_zh", "name_en", "slug", "unit", "definition_zh", "definition_en"),
        *("wider", "entered_with"),
    ]
