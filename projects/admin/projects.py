"""Data entry of projects, with all that is said of them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from projects.admin.base import EntityAdmin, LinkInline
from projects.admin.indicators import IndicatorInline
from projects.admin.investments import InvestmentInline
from projects.admin.milestones import MilestoneInline
from projects.admin.participations import ParticipationInline
from projects.models import Project, ProjectPlace, ProjectSector


class ProjectPlaceInline(LinkInline):
    """Places where this project is."""

    model = ProjectPlace
    autocomplete_fields = ["place"]


class ProjectSectorInline(LinkInline):
    """Fields of cooperation that this project belongs to."""

    model = ProjectSector
    autocomplete_fields = ["sector"]


@admin.register(Project)
class ProjectAdmin(EntityAdmin):
    """Projects."""

    list_display = ["name_zh", "name_en", "agreement", "slug"]
    list_filter = [("agreement", admin.EmptyFieldListFilter)]
    list_select_related = ("agreement",)
    search_fields = ["slug", "name_zh", "name_en", *(f"agreement__name_{x}" for x in ("zh", "en"))]
    autocomplete_fields = ["agreement"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [
        ProjectPlaceInline,
        ProjectSectorInline,
        ParticipationInline,
        InvestmentInline,
        MilestoneInline,
        IndicatorInline,
    ]
    fieldsets = [
        (None, {"fields": ["name_zh", "name_en", "slug", "agreement"]}),
        (_("Summary"), {"fields": ["summary_zh", "summary_en"]}),
    ]
