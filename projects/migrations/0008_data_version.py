"""Adds the version of the data, and the triggers by which every write moves it."""

from django.db import migrations

from projects.remembering.triggers import install, uninstall


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0007_known'),
    ]

    operations = [
        migrations.RunPython(install, uninstall),
    ]
