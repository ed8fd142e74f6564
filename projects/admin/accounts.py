"""Users and groups: Django's own pages, hardened as all the others."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from projects.admin.base import HardenedAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class HardenedUserAdmin(HardenedAdmin, UserAdmin):
    """People who enter data."""


@admin.register(Group)
class HardenedGroupAdmin(HardenedAdmin, GroupAdmin):
    """What people of one kind may do."""
