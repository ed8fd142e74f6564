"""The command that sets up the roles: exactly their permissions, as often as it is run."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection

from projects.models.history import HistoryRow
from projects.roles import ROLES
from tests.recorded import RECORDED

pytestmark = pytest.mark.django_db


def run() -> list[str]:
    output = StringIO()
    call_command("set_up_roles", stdout=output)
    return output.getvalue().splitlines()


def held(role: str) -> set[str]:
    rows = Permission.objects.filter(group__name=role).values_list(
        "content_type__app_label", "codename"
    )
    return {f"{label}.{codename}" for label, codename in rows}


def of_record(*actions: str) -> set[str]:
    return {
        f"projects.{action}_{model._meta.model_name}" for model in RECORDED for action in actions
    }


def test_each_role_has_exactly_its_permissions():
    run()
    past = {f"projects.view_{model._meta.model_name}" for model in HistoryRow.__subclasses__()}
    assert len(past) == len(RECORDED)
    view = of_record("view") | past
    edit = of_record("view", "add", "change", "delete") | past
    publish = edit | {"projects.publish", "projects.swap_standing"}
    assert held("viewer") == view
    assert held("editor") == edit
    assert held("publisher") == publish
    assert held("administrator") == publish | {
        *("auth.view_user", "auth.add_user", "auth.change_user", "auth.delete_user"),
        "auth.view_group",
    }
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


def test_a_second_run_changes_nothing_and_says_nothing():
    assert run() == [f"The role {role} was made." for role in ROLES]
    assert run() == []


def test_what_is_too_much_is_taken_and_what_is_missing_given():
    run()
    viewer = Group.objects.get(name="viewer")
    viewer.permissions.add(Permission.objects.get(codename="delete_source"))
    viewer.permissions.remove(Permission.objects.get(codename="view_target"))
    assert run() == ["viewer: + projects.view_target", "viewer: - projects.delete_source"]


def test_permissions_that_an_older_database_lacks_are_stored():
    Permission.objects.filter(codename__in=["publish", "view_source"]).delete()
    run()
    assert {"projects.publish", "projects.view_source"} <= held("publisher")


def test_a_database_without_tables_is_named(monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", lambda: [])
    with pytest.raises(CommandError, match="run `migrate` first"):
        run()
