"""A made-up portfolio: the same for the same seed, as valid as what editors enter, and marked."""

from collections import Counter, defaultdict
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from projects.models import (
    Indicator,
    Investment,
    InvestmentOrganization,
    Milestone,
    MilestoneDate,
    Observation,
    Project,
    Source,
    Target,
)
from projects.remembering.version import data_version
from projects.synthetic import Portfolio, first_ids, portfolio
from projects.synthetic.writing import as_text, as_tuples, batches
from tests import factories
from tests.recorded import RECORDED

pytestmark = pytest.mark.django_db

MADE_UP = "synthetic portfolio"


def generate(projects=30, seed=7):
    out = StringIO()
    call_command("generate_portfolio", projects=projects, seed=seed, stdout=out)
    return out.getvalue()


def test_every_row_is_one_that_an_editor_could_have_stored():
    generate()
    for model in RECORDED:
        rows = list(model.objects.all())
        assert rows, model
        for row in rows:
            row.full_clean()


def test_what_is_derived_is_stored_as_a_save_stores_it():
    generate(projects=4)
    for model in RECORDED:
        for stored in model.objects.all():
            kept = model.objects.filter(pk=stored.pk).values()
            before = kept.get()
            stored.save()
            assert kept.get() == before | {"version": 2}


def test_as_much_of_each_as_is_promised():
    said = generate(projects=30)
    assert Project.objects.count() == 30
    assert Investment.objects.count() == 300
    # Five a project, and the signing of each of the three agreements.
    assert Milestone.objects.count() == 153
    stored = sum(model.objects.count() for model in RECORDED)
    assert said.startswith(f"{stored} rows stored")


def test_as_vague_and_as_disputed_as_real_reports():
    # Some seeds have no disputed target among so few.
    generate(projects=300, seed=8)
    rows = Investment.objects
    assert 0 < rows.filter(amount_low=None, amount_high=None).count() < 500
    assert rows.filter(amount_high=None, amount_low__isnull=False).exists()
    assert rows.filter(amount_low=None, amount_high__isnull=False).exists()
    assert rows.filter(amount_approximate=True).exists()
    assert {"CNY", "USD", "EUR"} == set(rows.values_list("unit", flat=True).distinct())
    assert rows.filter(part_of__isnull=False).exists()
    for kind in (Investment, MilestoneDate, Target, Observation):
        assert kind.objects.filter(restates_how="disputed").exists(), kind
    assert {"repeats", "superseded"} < set(rows.values_list("restates_how", flat=True))
    assert Source.objects.filter(draft=True).exists()
    assert max(len(name) for name in Project.objects.values_list("name_zh", flat=True)) > 30
    assert Project.objects.filter(name_en="").exists()
    shared = Counter(rows.values_list("date", flat=True))
    assert max(shared.values()) > 10
    jointly = Counter(InvestmentOrganization.objects.values_list("investment", flat=True))
    assert set(jointly.values()) == {1, 2}


def drawn(seed, processes=1):
    """All rows of a portfolio, with ids counted from one."""
    first = dict.fromkeys(RECORDED, 1)
    return list(batches(Portfolio(20, seed, first), as_tuples, processes))


def test_the_same_for_the_same_seed_and_only_then():
    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks of seven projects: three in twenty, the last of six."""
    monkeypatch.setattr(portfolio, "BLOCK", 7)


@pytest.mark.usefixtures("small_blocks")
def test_the_same_however_many_processes_draw_it():
    alone = drawn(1)
    assert [batch.rows for batch in alone if batch.model is Project] == [7, 7, 6]
    assert drawn(1, processes=2) == alone
    assert drawn(1, processes=3) == alone


@pytest.mark.usefixtures("small_blocks")
def test_no_two_rows_of_several_blocks_are_one():
    rows = defaultdict(list)
    for batch in drawn(1):
        if "id" in batch.names:
            place = batch.names.index("id")
            rows[batch.model].extend(line[place] for line in batch.content)
    assert len(rows[Project]) == 20
    assert len(rows[Indicator]) == 2
    for ids in rows.values():
        assert len(set(ids)) == len(ids)


@pytest.mark.usefixtures("small_blocks")
def test_no_block_says_what_another_does():
    said = [
        [line[batch.names.index("as_written")] for line in batch.content]
        for batch in drawn(1)
        if batch.model is Investment
    ]
    assert [len(words) for words in said] == [70, 70, 60]
    assert said[0] != said[1]
    assert said[1][:60] != said[2]


@pytest.mark.usefixtures("small_blocks")
def test_what_is_derived_is_what_is_defined_on_every_day():
    generate(projects=20)
    left_out = Investment.objects.filter(project__isnull=False).values_list("left_out", flat=True)
    assert {"", "restates", "part_of", "cancelled"} == set(left_out)
    call_command("derive", check=True, all=True, stdout=StringIO())


def test_both_databases_are_handed_the_same_values():
    lines = [(1, "合成", None, date(2020, 2, 3), True), (2, "\na\n", 7, None, False)]
    assert as_tuples(lines, ("", None)) == [(*line, "", None) for line in lines]
    assert as_text(lines, ("", None)).decode() == (
        "1\t合成\tNone\t2020-02-03\tTrue\t\tNone\n2\t\\na\\n\t7\tNone\tFalse\t\tNone\n"
    )


def test_readers_are_told_that_the_data_changed():
    before = data_version()
    generate(projects=1)
    assert data_version() != before


def test_two_portfolios_stand_beside_each_other_and_beside_the_facts():
    project = factories.project(name_zh="真的")
    generate(projects=10, seed=1)
    generate(projects=10, seed=2)
    assert Project.objects.count() == 21
    project.refresh_from_db()
    assert project.name_zh == "真的"
    # The next id that the database gives is free.
    factories.investment(project=project)
    with pytest.raises(CommandError, match="stored already"):
        generate(projects=10, seed=2)
    assert first_ids()[Project] > project.pk


@pytest.mark.parametrize("projects", [0, -1, 1_000_001])
def test_a_number_of_projects_that_cannot_be(projects):
    with pytest.raises(CommandError, match="from 1 to 1000000"):
        generate(projects=projects)


def test_it_has_no_history():
    generate(projects=10)
    assert not any(model.history.exists() for model in RECORDED)


def test_every_page_says_that_it_is_made_up(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert MADE_UP not in client.get("/").content.decode()
    generate(projects=10)
    project = Project.objects.first()
    for path in ("/", "/projects/", f"/projects/{project.slug}/", "/method/", "/timeline/", "/x/"):
        assert MADE_UP in client.get(path).content.decode(), path
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    assert "合成" in client.get("/").content.decode()
