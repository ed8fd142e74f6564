"""Data entry of milestones and their dates."""

from django.contrib import admin

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
from projects.models import Milestone, MilestoneDate


@admin.register(MilestoneDate)
class MilestoneDateAdmin(StatementAdmin):
    """Dates of milestones."""

    own_fields = ("milestone", "side", "date", "counted_from")
    list_display = ["milestone", "side", columns.date, *STATEMENT_COLUMNS]
    list_filter = ["side", "milestone__kind", *STATEMENT_FILTERS]
    list_select_related = ("milestone", "source", "restates")
    search_fields = [
        *STATEMENT_SEARCH,
        *names_of("milestone", "milestone__project", "milestone__agreement"),
    ]
    autocomplete_fields = ["milestone", *STATEMENT_RELATIONS]


class MilestoneDateInline(StatementInline):
    """Dates of this milestone."""

    model = MilestoneDate
    own_fields = ("side", "date", "counted_from")
    autocomplete_fields = list(STATEMENT_RELATIONS)


@admin.register(Milestone)
class MilestoneAdmin(EntityAdmin):
    """Steps of projects and agreements."""

    list_display = ["name_zh", "name_en", "kind", "project", "agreement", "slug"]
    list_filter = ["kind"]
    list_select_related = ("project", "agreement")
    search_fields = ["slug", "name_zh", "name_en", *names_of("project", "agreement")]
    autocomplete_fields = ["project", "agreement"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [MilestoneDateInline]
    fields = ["project", "agreement", "kind", "name_zh", "name_en", "slug"]


class MilestoneInline(RowInline):
    """Steps of this project or agreement; their dates are entered on their own pages."""

    model = Milestone
    prepopulated_fields = {"slug": ["name_en"]}
    autocomplete_fields = ["entered_with"]
    fields = ["kind", "name_zh", "name_en", "slug", "entered_with"]
