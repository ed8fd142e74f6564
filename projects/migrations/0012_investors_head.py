"""Whose group put each investment in."""

from importlib import import_module

from django.db import migrations, models

import projects.fields
from projects.remembering.triggers import install

indexes = import_module("projects.migrations.0009_indexes")


def create(apps, schema_editor):
    # SQLite may have built the table anew, without the indexes that Django does not know.
    indexes.create(apps, schema_editor, only=("investment",))


class Migration(migrations.Migration):
    dependencies = [("projects", "0011_agreements_by_name")]

    operations = [
        migrations.AddField(
            model_name="investment",
            name="investors_head",
            field=projects.fields.DerivedNumberField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="investment",
            index=models.Index(
                condition=models.Q(("out_from__isnull", False)),
                fields=["investors_head", "id"],
                name="sorted_investment_head",
            ),
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
