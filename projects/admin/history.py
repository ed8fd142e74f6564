"""Why a record was changed, what it was before, and putting it back."""

from django.contrib import admin


class HistoryAdmin(admin.ModelAdmin):
    """Pages that ask for a reason and show every earlier state."""
