"""Users and groups: Django's own pages, hardened as all the others."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from projects.admin.base import HardenedAdmin
from projects.admin.stamps import StampedAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class HardenedUserAdmin(StampedAdmin, HardenedAdmin, UserAdmin):
    """People who enter data."""


@admin.register(Group)
class HardenedGroupAdmin(StampedAdmin, HardenedAdmin, GroupAdmin):
    """What people of one kind may do."""
