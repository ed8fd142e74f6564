"""Adds the version of the data, and the triggers by which every write moves it."""

from django.db import migrations

from projects.remembering.triggers import install, uninstall


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0005_uploads'),
    ]

    operations = [
        migrations.RunPython(install, uninstall),
    ]
