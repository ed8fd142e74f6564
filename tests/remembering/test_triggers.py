"""Every table of the record has its triggers, also after the migrations to come."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from projects.remembering.triggers import NOT_OF_THE_RECORD, install, tables, uninstall
from projects.remembering.version import data_version
from tests import factories

pytestmark = pytest.mark.django_db

SQLITE = "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY tbl_name"
POSTGRESQL = """
SELECT event_object_table, count(DISTINCT event_manipulation) FROM information_schema.triggers
WHERE trigger_name = 'moves_version' GROUP BY event_object_table
"""


def triggers():
    """How many of insert, update and delete have one, by table."""
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
        return dict(cursor.fetchall())


def test_every_table_of_the_record_has_a_trigger_on_insert_update_and_delete():
    record = [
        model._meta.db_table
        for model in apps.get_app_config("projects").get_models()
        if model._meta.model_name not in ("upload", "uploadedfile")
    ]
    assert len(record) > 30
    found = triggers()
    missing = [table for table in record if found.get(table) != 3]
    assert missing == [], (
        "These tables do not move the version of the data. End the migration that makes or changes "
        "them with RunPython(projects.remembering.triggers.install, RunPython.noop): SQLite builds "
        "a changed table anew, without the triggers it had."
    )


def test_what_is_left_out_is_known_here():
    assert sorted(NOT_OF_THE_RECORD) == ["upload", "uploadedfile"]
    assert "projects_investment" in tables(apps)
    assert "projects_upload" not in tables(apps)


@pytest.mark.django_db(transaction=True)
def test_a_table_that_sqlite_builds_anew_gets_its_triggers_back_by_install():
    migrated = MigrationLoader(connection).project_state().apps
    place = migrated.get_model("projects", "Place")
    column = models.CharField(max_length=10, default="")
    column.set_attributes_from_name("nickname")
    with connection.schema_editor() as editor:
        editor.add_field(place, column)
        editor.remove_field(place, column)
    if connection.vendor == "sqlite":
        assert "projects_place" not in triggers()
    with connection.schema_editor() as editor:
        install(migrated, editor)
    assert triggers()["projects_place"] == 3
    before = data_version()
    factories.place()
    assert data_version() != before


@pytest.mark.django_db(transaction=True)
def test_all_of_it_can_be_taken_off_and_put_on_again():
    with connection.schema_editor() as editor:
        uninstall(apps, editor)
    assert triggers() == {}
    assert "projects_data_version" not in connection.introspection.table_names()
    with connection.schema_editor() as editor:
        install(apps, editor)
        install(apps, editor)
    assert set(triggers()) == set(tables(apps))
    assert data_version() is not None
