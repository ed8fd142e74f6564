"""Adds the text that is searched, and computes it for the rows that are there."""

from django.db import migrations

import projects.fields

SEARCHED = (
    "agreement",
    "indicator",
    "investment",
    "milestone",
    "organization",
    "place",
    "project",
    "sector",
    "source",
)


def compute(apps, schema_editor):
    """Writes the text of every row, in batches; the field computes it from the other columns."""
    for name in SEARCHED:
        rows = apps.get_model("projects", name)._base_manager.using(schema_editor.connection.alias)
        batch = []
        for row in rows.order_by("pk").iterator(chunk_size=500):
            batch.append(row)
            if len(batch) == 500:
                rows.bulk_update(batch, ["search_text"])
                batch = []
        rows.bulk_update(batch, ["search_text"])


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0002_history'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='search_text',
            field=projects.fields.SearchTextField('name_zh', 'name_en', 'summary_zh', 'summary_en', 'slug'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='search_text',
            field=projects.fields.SearchTextField('name_zh', 'name_en', 'definition_zh', 'definition_en', 'slug'),
        ),
        migrations.AddField(
            model_name='investment',
            name='search_text',
            field=projects.fields.SearchTextField('as_written', 'key'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='search_text',
            field=projects.fields.SearchTextField('name_zh', 'name_en', 'slug'),
        ),
        migrations.AddField(
            model_name='organization',
            name='search_text',
            field=projects.fields.SearchTextField('name_zh', 'name_en', 'short_name', 'aliases', 'slug'),
        ),
        migrations.AddField(
            model_name='place',
            name='search_text',
            field=projects.fields.SearchTextField('name_zh', 'name_en', 'slug'),
        ),
        migrations.AddField(
            model_name='project',
            name='search_text',
            field=projects.fields.SearchTextField('name_zh', 'name_en', 'summary_zh', 'summary_en', 'slug'),
        ),
        migrations.AddField(
            model_name='sector',
            name='search_text',
            field=projects.fields.SearchTextField('name_zh', 'name_en', 'slug'),
        ),
        migrations.AddField(
            model_name='source',
            name='search_text',
            field=projects.fields.SearchTextField('title', 'outlet', 'author', 'slug'),
        ),
        migrations.RunPython(compute, migrations.RunPython.noop, elidable=True),
    ]
