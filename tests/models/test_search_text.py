"""The text that is searched follows the columns it is made of, however a row is written."""

import ast
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from projects.fields import SearchTextField
from projects.models import (
    Agreement,
    Indicator,
    Investment,
    Milestone,
    Organization,
    Place,
    Project,
    Sector,
    Source,
)
from tests import factories

SEARCHED = {
    Agreement,
    Indicator,
    Investment,
    Milestone,
    Organization,
    Place,
    Project,
    Sector,
    Source,
}


def stored(row):
    """The column as the database has it; an instance would compute it."""
    model = type(row)
    return model.objects.filter(pk=row.pk).values_list("search_text", flat=True).get()


def fields():
    """The searched text of every model that has one."""
    for model in apps.get_app_config("projects").get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SearchTextField):
                yield model, field


def test_every_model_with_a_name_and_every_table_has_it():
    assert {model for model, _field in fields()} == SEARCHED
    for model, field in fields():
        for column in field.columns:
            assert model._meta.get_field(column)


@pytest.mark.django_db
class TestWriting:
    def test_create_and_save(self):
        row = factories.organization(
            slug="ecole", name_zh="", name_en="École", aliases="ＡＢＣ；甲"
        )
        assert stored(row) == "\nécole\nabc\n甲\necole\n"
        row.name_en = "Lycée"
        row.save()
        assert stored(row) == "\nlycée\nabc\n甲\necole\n"

    def test_a_row_that_was_loaded(self):
        row = Project.objects.get(pk=factories.project(slug="p", name_zh="园", name_en="").pk)
        row.summary_zh = "摘要"
        row.save()
        assert stored(row) == "\n园\n摘要\np\n"

    def test_bulk_create(self):
        [row] = Sector.objects.bulk_create([Sector(slug="s", name_zh="数据，中心")])
        assert stored(row) == "\n数据,中心\ns\n"

    def test_get_or_create_and_update_or_create(self):
        row, _made = Place.objects.get_or_create(slug="q", defaults={"name_en": "Banan"})
        assert stored(row) == "\nbanan\nq\n"
        row, _made = Place.objects.update_or_create(slug="q", defaults={"name_en": "Yubei"})
        assert stored(row) == "\nyubei\nq\n"

    def test_raw_loading_of_fixtures(self):
        call_command("loaddata", "signing", "follow_ups", verbosity=0)
        for model, _field in fields():
            for row in model.objects.all():
                assert stored(row) == row.search_text != "\n", row

    def test_it_is_not_dumped(self):
        factories.sector()
        out = StringIO()
        call_command("dumpdata", "projects", stdout=out)
        assert "search_text" not in out.getvalue()

    def test_what_is_assigned_is_dropped(self):
        row = factories.sector(slug="s", name_zh="甲", name_en="")
        row.search_text = "乙"
        row.save()
        assert stored(row) == "\n甲\ns\n"


@pytest.mark.django_db(transaction=True)
def test_the_migration_computes_it_for_rows_that_are_there():
    executor = MigrationExecutor(connection)
    [latest] = [key for key in executor.loader.graph.leaf_nodes() if key[0] == "projects"]
    searching = executor.loader.graph.node_map["projects", "0003_search_text"]
    [before] = [parent.key for parent in searching.parents if parent.key[0] == "projects"]
    try:
        executor.migrate([before])
        old = executor.loader.project_state([before]).apps.get_model("projects", "Place")
        old.objects.bulk_create(
            old(slug=f"p{number}", name_zh=f"（{number}）") for number in range(501)
        )
    finally:
        MigrationExecutor(connection).migrate([latest])
    texts = set(Place.objects.values_list("search_text", flat=True))
    assert texts == {f"\n({number})\np{number}\n" for number in range(501)}
    Place.objects.all().delete()


def bypasses(code, columns):
    """The lines of code that may write one of the columns without the text that is searched."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        keywords = {keyword.arg for keyword in node.keywords}
        words = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
        named = {
            "update": keywords & columns,
            "aupdate": keywords & columns,
            "bulk_update": words & columns,
            "save": "update_fields" in keywords and words & columns,
        }
        if named.get(node.func.attr):
            yield node.lineno


def test_no_code_writes_a_name_past_it():
    columns = {column for _model, field in fields() for column in field.columns}
    for folder in ("projects", "cooperation", "bin"):
        for file in (Path(settings.BASE_DIR) / folder).rglob("*.py"):
            lines = list(bypasses(file.read_text(encoding="utf-8"), columns))
            assert not lines, (file, lines)


@pytest.mark.parametrize(
    "code",
    [
        "rows.filter(pk=1).update(name_zh='x')",
        "Project.objects.bulk_update(rows, ['slug', 'name_zh'])",
        "row.save(update_fields=['name_zh'])",
    ],
)
def test_the_look_sees_it(code):
    assert list(bypasses(code, {"name_zh"})) == [1]


def test_the_list_of_the_migration_is_complete():
    migration = import_module("projects.migrations.0003_search_text")
    assert set(migration.SEARCHED) == {model._meta.model_name for model in SEARCHED}
