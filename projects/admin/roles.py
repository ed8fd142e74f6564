"""Who may do what in the admin: an editor enters drafts, a publisher changes what is published."""

from django.contrib import admin


class RolesAdmin(admin.ModelAdmin):
    """Pages that admit to each row whom its state admits."""
