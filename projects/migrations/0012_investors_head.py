"""Whose group put each investment in."""

from importlib import import_module

from django.db import migrations

import projects.fields
from projects.remembering.triggers import install

HEAD = "sorted_investment_head"

indexes = import_module("projects.migrations.0009_indexes")


def create(apps, schema_editor):
    # SQLite may have built the table anew, without the indexes that Django does not know.
    indexes.create(apps, schema_editor, only=("investment",))
    schema_editor.execute(
        f"CREATE INDEX {HEAD} ON projects_investment (investors_head, id) WHERE {indexes.OUT}"
    )


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX {HEAD}")


class Migration(migrations.Migration):
    dependencies = [("projects", "0011_agreements_by_name")]

    operations = [
        migrations.AddField(
            model_name="investment",
            name="investors_head",
            field=projects.fields.DerivedNumberField(blank=True, null=True),
        ),
        migrations.RunPython(create, drop),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
