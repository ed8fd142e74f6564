"""The index that tells which projects were cancelled on a day: totals as of one ask it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0012_investors_head")]

    operations = [
        migrations.AddIndex(
            model_name="knownproject",
            index=models.Index(
                condition=models.Q(("stage", "cancelled")),
                fields=["project", "known_from", "known_until"],
                name="known_cancelled",
            ),
        ),
    ]
