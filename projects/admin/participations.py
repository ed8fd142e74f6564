"""Data entry of who takes part in a project."""

from django.contrib import admin

from projects.admin.base import (
    STATEMENT_COLUMNS,
    STATEMENT_FILTERS,
    STATEMENT_RELATIONS,
    STATEMENT_SEARCH,
    StatementAdmin,
    StatementInline,
    names_of,
)
from projects.models import Participation


@admin.register(Participation)
class ParticipationAdmin(StatementAdmin):
    """Organizations that take part in projects."""

    own_fields = ("project", "organization", "role")
    list_display = ["project", "organization", "role", *STATEMENT_COLUMNS]
    list_filter = ["role", *STATEMENT_FILTERS]
    list_select_related = ("project", "organization", "source", "restates")
    search_fields = [*STATEMENT_SEARCH, *names_of("project", "organization")]
    autocomplete_fields = ["project", "organization", *STATEMENT_RELATIONS]


class ParticipationInline(StatementInline):
    """Organizations that take part in this project."""

    model = Participation
    own_fields = ("organization", "role")
    autocomplete_fields = ["organization", *STATEMENT_RELATIONS]
