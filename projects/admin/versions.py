"""Two editors of one record: a form that was opened before the record changed is refused."""

from django.contrib import admin


class VersionedAdmin(admin.ModelAdmin):
    """Forms that carry the version of each row they show."""
