"""Data entry of investments, who puts them in, and their parts."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from projects.admin import columns
from projects.admin.base import (
    STATEMENT_COLUMNS,
    STATEMENT_FILTERS,
    STATEMENT_RELATIONS,
    STATEMENT_SEARCH,
    LinkInline,
    StatementAdmin,
    StatementInline,
    names_of,
)
from projects.admin.forms import InvestmentForm
from projects.admin.formsets import InvestorsFormSet, PartsFormSet
from projects.models import Investment, InvestmentOrganization

_OWN = ("amount_words", "unit", "basis", "per", "instrument", "date")


class InvestorInline(LinkInline):
    """Organizations that put in this investment."""

    model = InvestmentOrganization
    formset = InvestorsFormSet
    autocomplete_fields = ["organization"]


class PartInline(StatementInline):
    """Parts of this investment: they go into the same project or agreement."""

    model = Investment
    fk_name = "part_of"
    form = InvestmentForm
    formset = PartsFormSet
    own_fields = _OWN
    autocomplete_fields = list(STATEMENT_RELATIONS)
    verbose_name = _("part")
    verbose_name_plural = _("parts")


class InvestmentInline(StatementInline):
    """Investments into this project or under this agreement.

    Who puts them in is entered on their own pages.
    """

    model = Investment
    form = InvestmentForm
    own_fields = (*_OWN, "part_of")
    autocomplete_fields = ["part_of", *STATEMENT_RELATIONS]


@admin.register(Investment)
class InvestmentAdmin(StatementAdmin):
    """Investments."""

    form = InvestmentForm
    own_fields = ("project", "agreement", *_OWN, "part_of")
    list_display = [
        "subject",
        "investors",
        columns.amount,
        "basis",
        "per",
        columns.date,
        *STATEMENT_COLUMNS,
    ]
    list_filter = ["basis", "per", "instrument", *STATEMENT_FILTERS]
    list_select_related = ("project", "agreement", "source", "restates")
    search_fields = [*STATEMENT_SEARCH, *names_of("project", "agreement", "organizations")]
    autocomplete_fields = ["project", "agreement", "part_of", *STATEMENT_RELATIONS]
    inlines = [InvestorInline, PartInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Investment]:
        return super().get_queryset(request).prefetch_related("organizations")

    @admin.display(description=_("goes into"))
    def subject(self, investment: Investment) -> str:
        """The project or agreement."""
        return str(investment.subject)

    @admin.display(description=_("organizations"), empty_value="–")
    def investors(self, investment: Investment) -> str:
        """The organizations that put it in."""
        return ", ".join(str(organization) for organization in investment.organizations.all())
