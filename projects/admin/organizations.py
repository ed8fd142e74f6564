"""Data entry of organizations."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from projects.admin.base import INFERRED, EntityAdmin
from projects.models import Organization


@admin.register(Organization)
class OrganizationAdmin(EntityAdmin):
    """Organizations and who controls them."""

    list_display = ["name_zh", "name_en", "short_name", "kind", "parent", "slug"]
    list_filter = ["kind", INFERRED]
    list_select_related = ("parent",)
    search_fields = ["slug", "name_zh", "name_en", "short_name", "aliases"]
    autocomplete_fields = ["parent", "parent_source"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (None, {"fields": ["name_zh", "name_en", "short_name", "aliases", "slug", "kind"]}),
        (_("Who controls it"), {"fields": ["parent", "parent_source", "parent_locator"]}),
        (_("Summary"), {"fields": ["summary_zh", "summary_en", "inferred"]}),
    ]
