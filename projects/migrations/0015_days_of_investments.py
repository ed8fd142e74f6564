"""How many days investments are of, told to PostgreSQL.

It takes the first and the last possible day to have nothing to do with each other, so it expects
almost as many pairs of them as rows, and adds up by year on one processor alone.
"""

from django.db import migrations

NAME = "days_of_investments"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE STATISTICS {NAME} (ndistinct) "
            "ON date_earliest, date_latest FROM projects_investment"
        )
        schema_editor.execute("ANALYZE projects_investment (date_earliest, date_latest)")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP STATISTICS IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [("projects", "0014_ends")]

    operations = [migrations.RunPython(create, drop)]
