"""The head of each organization's group, and how many sums make up what is promised to a project."""

from importlib import import_module

from django.db import migrations, models

import projects.fields
from projects.remembering.triggers import install

indexes = import_module("projects.migrations.0009_indexes")


OPEN_END = "sorted_known_open_end"


def create(apps, schema_editor):
    # SQLite has built the table anew, without the indexes that Django does not know.
    indexes.create(apps, schema_editor, only=("knownproject",))
    schema_editor.execute(
        f"CREATE INDEX {OPEN_END} ON projects_knownmilestone (due_earliest, milestone_id) "
        f"WHERE {indexes.OPEN} AND due_latest IS NULL AND due_earliest IS NOT NULL"
    )


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX {OPEN_END}")


class Migration(migrations.Migration):
    dependencies = [("projects", "0009_indexes")]

    operations = [
        migrations.RemoveIndex(model_name="knownproject", name="knownproject_now"),
        migrations.AddField(
            model_name="knownproject",
            name="promised_parts",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="organization",
            name="head",
            field=projects.fields.DerivedReference(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=models.DO_NOTHING,
                related_name="+",
                to="projects.organization",
            ),
        ),
        migrations.AddIndex(
            model_name="knownproject",
            index=models.Index(
                condition=models.Q(("known_until__isnull", True)),
                fields=[
                    "project",
                    "stage",
                    "late_from",
                    "last_reported_latest",
                    "investment_stated",
                    "promised_parts",
                    "seen_from",
                ],
                name="knownproject_now",
            ),
        ),
        migrations.RunPython(create, drop),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
