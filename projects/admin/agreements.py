"""Data entry of agreements and plans, and their parties."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from projects.admin.base import (
    STATEMENT_COLUMNS,
    STATEMENT_FILTERS,
    STATEMENT_RELATIONS,
    STATEMENT_SEARCH,
    EntityAdmin,
    LinkInline,
    StatementAdmin,
    StatementInline,
    names_of,
)
from projects.admin.investments import InvestmentInline
from projects.admin.milestones import MilestoneInline
from projects.models import Agreement, AgreementParty, AgreementSector


@admin.register(AgreementParty)
class AgreementPartyAdmin(StatementAdmin):
    """Parties of agreements and owners of plans."""

    own_fields = ("agreement", "organization", "role")
    list_display = ["agreement", "organization", "role", *STATEMENT_COLUMNS]
    list_filter = ["role", *STATEMENT_FILTERS]
    list_select_related = ("agreement", "organization", "source", "restates")
    search_fields = [*STATEMENT_SEARCH, *names_of("agreement", "organization")]
    autocomplete_fields = ["agreement", "organization", *STATEMENT_RELATIONS]


class AgreementPartyInline(StatementInline):
    """Parties of this agreement."""

    model = AgreementParty
    own_fields = ("organization", "role")
    autocomplete_fields = ["organization", *STATEMENT_RELATIONS]


class AgreementSectorInline(LinkInline):
    """Fields of cooperation that this agreement names."""

    model = AgreementSector
    autocomplete_fields = ["sector"]


@admin.register(Agreement)
class AgreementAdmin(EntityAdmin):
    """Agreements and plans."""

    list_display = ["name_zh", "name_en", "kind", "slug"]
    list_filter = ["kind"]
    search_fields = ["slug", "name_zh", "name_en"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [AgreementSectorInline, AgreementPartyInline, MilestoneInline, InvestmentInline]
    fieldsets = [
        (None, {"fields": ["name_zh", "name_en", "slug", "kind"]}),
        (_("Summary"), {"fields": ["summary_zh", "summary_en"]}),
    ]
