"""The index that tells which projects were cancelled on a day: totals as of one ask it."""

from django.db import migrations

NAME = "known_cancelled"


def create(apps, schema_editor):
    schema_editor.execute(
        f"CREATE INDEX {NAME} ON projects_knownproject (project_id, known_from, known_until) "
        "WHERE stage = 'cancelled'"
    )


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [("projects", "0012_investors_head")]

    operations = [migrations.RunPython(create, drop)]
