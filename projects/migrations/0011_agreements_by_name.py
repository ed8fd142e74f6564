"""The index that serves lists in the order of agreements' names."""

from django.db import migrations

NAME = "sorted_agreement_name"


def create(apps, schema_editor):
    # Text goes by code point, which on PostgreSQL is a collation of its own.
    collation = ' COLLATE "C"' if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(
        f"CREATE INDEX {NAME} ON projects_agreement (name_zh{collation}, id) "
        "WHERE seen_from IS NOT NULL"
    )


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [("projects", "0010_heads_and_parts")]

    operations = [migrations.RunPython(create, drop)]
