"""Whose group put each investment in, and the indexes that totals by group and by year read."""

from importlib import import_module

from django.db import migrations

import projects.fields
from projects.remembering.triggers import install

LINE, HEAD = "sorted_investment_line", "sorted_investment_head"
OUT = "out_from IS NOT NULL"
COLUMNS = "unit, per, basis, left_out, id"
BOUNDS = (
    "project_id, amount_low, amount_high, amount_low_included, amount_high_included, "
    "amount_approximate"
)
SPLIT = "investors_head, date, date_earliest, date_latest"
"""By what totals are split."""


indexes = import_module("projects.migrations.0009_indexes")


def create(apps, schema_editor):
    # SQLite may have built the table anew, without the indexes that Django does not know.
    indexes.create(apps, schema_editor, only=("investment",))
    replace(schema_editor, f"{BOUNDS}, {SPLIT}")
    schema_editor.execute(f"CREATE INDEX {HEAD} ON projects_investment (investors_head, id) WHERE {OUT}")


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX {HEAD}")
    replace(schema_editor, BOUNDS)


def replace(schema_editor, carried):
    """SQLite carries no columns along, so there the index is good as it is."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {LINE}")
        schema_editor.execute(
            f"CREATE INDEX {LINE} ON projects_investment ({COLUMNS}) INCLUDE ({carried}) WHERE {OUT}"
        )


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
