"""Makes the groups of the roles with exactly their permissions; says what it changed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from projects.roles import ROLES


class Command(BaseCommand):
    """Viewer, editor, publisher and administrator, as projects.roles says what each may do."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Changes only what differs; nothing on the next run."""
        _reach_tables()
        _create_missing_permissions()
        with transaction.atomic():
            for role, names in ROLES.items():
                for line in _set_up(role, names):
                    self.stdout.write(line)


def _reach_tables() -> None:
    """Refuses to go on without the tables of groups and permissions."""
    needed = {model._meta.db_table for model in (ContentType, Group, Permission)}
    missing = needed - set(connection.introspection.table_names())
    if missing:
        raise CommandError("The tables of the roles are missing: run `migrate` first.")


def _create_missing_permissions() -> None:
    """Stores the permissions that the code declares, also of what is not migrated yet.

    Django does so after migrations; an older database, or one filled by other means, lacks some.
    """
    for label in ("projects", "auth"):
        create_permissions(apps.get_app_config(label), verbosity=0)


def _set_up(role: str, names: Iterable[str]) -> Iterator[str]:
    """Gives a group exactly these permissions; a line for each change."""
    group, made = Group.objects.get_or_create(name=role)
    if made:
        group.permissions.add(*(one for one in _all() if _name(one) in set(names)))
        yield f"The role {role} was made."
        return
    wanted = set(names)
    stored = {_name(permission): permission for permission in group.permissions.all()}
    added = [permission for permission in _all() if _name(permission) in wanted - set(stored)]
    taken = [permission for name, permission in stored.items() if name not in wanted]
    group.permissions.add(*added)
    group.permissions.remove(*taken)
    yield from (f"{role}: + {_name(permission)}" for permission in added)
    yield from (f"{role}: - {_name(permission)}" for permission in taken)


def _all() -> Iterable[Permission]:
    return Permission.objects.select_related("content_type")


def _name(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"
