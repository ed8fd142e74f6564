"""Data entry of places and of fields of cooperation."""

from django.contrib import admin

from projects.admin.base import INFERRED, EntityAdmin
from projects.models import Place, Sector


@admin.register(Place)
class PlaceAdmin(EntityAdmin):
    """Places and what they lie in."""

    list_display = ["name_zh", "name_en", "parent", "slug"]
    list_filter = [INFERRED]
    list_select_related = ("parent",)
    search_fields = ["slug", "name_zh", "name_en"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name_en"]}
    fields = ["name_zh", "name_en", "slug", "parent", "inferred"]


@admin.register(Sector)
class SectorAdmin(EntityAdmin):
    """Fields of cooperation."""

    list_display = ["name_zh", "name_en", "slug"]
    search_fields = ["slug", "name_zh", "name_en"]
    prepopulated_fields = {"slug": ["name_en"]}
    fields = ["name_zh", "name_en", "slug"]
