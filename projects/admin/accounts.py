"""Users and groups: Django's own pages, hardened, and closed where they would give more away."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.db.models import ManyToManyField, Q, QuerySet
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest

from projects.admin.base import HardenedAdmin
from projects.admin.stamps import StampedAdmin

SUPERUSERS_ONLY = ("is_superuser", "user_permissions")

FieldSets = Any

admin.site.unregister([User, Group])


class ChosenField(ModelMultipleChoiceField):
    """Several rows; a number too large for SQLite is none of them, like any that is not there."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            largest = max(value, key=lambda one: abs(int(one)))
            raise ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": largest}
            ) from None


class AccountAdmin(StampedAdmin, HardenedAdmin):
    """What the forms of users and of groups share."""

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: Any = None, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        kwargs["form_class"] = ChosenField
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(User)
class HardenedUserAdmin(AccountAdmin, UserAdmin):
    """People who enter data.

    Nobody but a superuser changes who may do more than they may themselves, gives more than that
    away, or gives it by other means than the groups.
    """

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _is_within(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_within(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> FieldSets:
        fieldsets = super().get_fieldsets(request, obj)
        if _superuser(request):
            return fieldsets
        return [
            (name, {**options, "fields": _given(options["fields"])}) for name, options in fieldsets
        ]

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: Any = None, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        if db_field.name == "groups" and not _superuser(request):
            kwargs["queryset"] = Group.objects.exclude(permissions__in=_beyond(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class HardenedGroupAdmin(AccountAdmin, GroupAdmin):
    """What people of one kind may do."""


def _superuser(request: HttpRequest) -> bool:
    return bool(request.user.is_active and getattr(request.user, "is_superuser", False))


def _given(fields: Iterable[Any]) -> tuple[Any, ...]:
    """The fields of a part of the form that others than superusers fill in too."""
    return tuple(field for field in fields if field not in SUPERUSERS_ONLY)


def _beyond(request: HttpRequest) -> QuerySet[Permission]:
    """The permissions that the account of a request does not have itself."""
    account = request.user
    return Permission.objects.exclude(Q(user=account.pk) | Q(group__user=account.pk))


def _is_within(request: HttpRequest, user: User | None) -> bool:
    """Whether a user, even one that is not active, may do no more than the account of a request."""
    if user is None or _superuser(request):
        return True
    held = Permission.objects.filter(Q(user=user) | Q(group__user=user))
    return not user.is_superuser and not held.filter(pk__in=_beyond(request)).exists()
