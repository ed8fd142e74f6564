"""What is asked of the site's own code: every filter, every sort, every page, the SELECT."""

from urllib.parse import parse_qsl

import pytest
from django.core.management import call_command

from benchmarks.inside.addresses import pages
from benchmarks.inside.cases import cases, spread
from benchmarks.inside.facts import facts
from benchmarks.inside.files import files
from benchmarks.inside.walking import missing_rows
from projects import urls
from projects.imports import TABLES
from projects.models import STATEMENTS, Project
from projects.tables import sortable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def portfolio():
    call_command("generate_portfolio", projects=12)


@pytest.mark.parametrize("name", ["projects", "investments"])
def test_every_filter_and_every_sort_of_a_list_is_asked(name):
    page, found = urls.TABLES[name], cases(name)

    filters = [parse_qsl(query) for query in found["filters"]]
    assert {pairs[0][0] for pairs in filters} == set(page.filterset_class.base_filters) - {"q"}
    assert all(len(pairs) == 1 and pairs[0][1] for pairs in filters)
    columns = sortable(page.table_class)
    assert set(found["sorts"]) == {f"sort={way}{name}" for name in columns for way in ("", "-")}


def test_values_are_taken_from_all_over():
    assert spread(str(number) for number in range(80)) == [str(n) for n in range(0, 80, 10)]
    assert spread(["a", "b", "a"]) == ["a", "b"]


def test_every_page_that_readers_see_has_addresses(client):
    found = dict(pages())

    names = {str(pattern.name) for pattern in urls.urlpatterns} - {"swap", "statement"}
    kinds = {f"statement {model.kind_of_statement}" for model in STATEMENTS}
    assert set(found) == {name for name in names if not name.endswith("-csv")} | kinds
    for addresses in found.values():
        assert addresses
        assert client.get(addresses[-1]).status_code in {200, 404}


def test_the_facts_of_a_portfolio():
    found = facts()

    assert found["statements"] == sum(model.objects.count() for model in STATEMENTS)
    assert len(found["days"]) == 3
    assert found["days"] == sorted(found["days"])


def test_files_have_the_columns_that_come_in(tmp_path):
    found = files(str(tmp_path))

    assert found[str(tmp_path / "projects (1).csv")] == 12
    header = (tmp_path / "projects (1).csv").read_text().splitlines()[0]
    assert tuple(header.split(",")) == TABLES["projects"].stored


def test_a_row_that_no_page_shows_is_missing(monkeypatch):
    others = [name for name in urls.TABLES if name != "projects"]
    assert missing_rows(most=1) == {}
    seen = missing_rows(most=12, without=others)["projects by -stage"]
    assert (seen["missing"], seen["twice"]) == (0, 0)

    shown = list(Project.objects.order_by("pk").values_list("pk", flat=True))
    monkeypatch.setattr("benchmarks.inside.walking._ids", lambda *_: [*shown[1:], shown[1]])
    seen = missing_rows(most=12, without=others)["projects by -stage"]
    assert (seen["missing"], seen["twice"]) == (1, 1)
