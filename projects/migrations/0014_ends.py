"""The one sector and the one place of what has one, and an index with all that bars are split by."""

from importlib import import_module

from django.db import migrations, models

import projects.fields
from projects.remembering.triggers import install

indexes = import_module("projects.migrations.0009_indexes")

CARRIED = (
    f"{indexes.BOUNDS}, agreement_id, investors_head, date_earliest, date_latest, instrument"
)


def create(apps, schema_editor):
    # SQLite may have built the tables anew, without the indexes that Django does not know.
    indexes.create(apps, schema_editor, only=("project", "agreement"))


def carry(apps, schema_editor, carried=CARRIED):
    """PostgreSQL adds up without reading the table, whose rows are long."""
    if schema_editor.connection.vendor != "postgresql":
        return
    table, columns, condition, _before = indexes.INDEXES["sorted_investment_line"]
    schema_editor.execute("DROP INDEX IF EXISTS sorted_investment_line")
    schema_editor.execute(
        f"CREATE INDEX sorted_investment_line ON projects_{table} ({columns}) "
        f"INCLUDE ({carried}) WHERE {condition}"
    )


def carry_as_before(apps, schema_editor):
    carry(apps, schema_editor, indexes.BOUNDS)


class Migration(migrations.Migration):
    dependencies = [("projects", "0013_cancelled_projects")]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="one_sector",
            field=projects.fields.DerivedNumberField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="project",
            name="one_sector",
            field=projects.fields.DerivedNumberField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="project",
            name="one_place",
            field=projects.fields.DerivedNumberField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["one_sector", "id"], name="project_one_sector"),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["one_place", "id"], name="project_one_place"),
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.RunPython(carry, carry_as_before),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
