"""Every door through which data are written moves the version, and nothing else does."""

import io

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from projects.imports import File, check, store
from projects.models import (
    STATEMENTS,
    Investment,
    InvestmentOrganization,
    Place,
    ProjectSector,
    RestatesHow,
    Sector,
    Source,
)
from projects.models.publishing import publish, unpublish
from projects.models.swapping import let_stand
from projects.remembering.version import data_version
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(django_user_model):
    return django_user_model.objects.create_superuser("editor", password="only for tests")


@pytest.fixture
def moves():
    """Does something, and says whether the version is another one afterwards."""

    def moves(door):
        before = data_version()
        door()
        return data_version() != before

    return moves


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_reading_moves_nothing(moves, client):
    factories.investment()
    assert not moves(lambda: client.get("/"))
    assert not moves(lambda: list(Investment.objects.all()))


def test_rows_are_saved_changed_and_deleted(moves):
    assert moves(factories.investment)
    row = Investment.objects.get()
    assert moves(row.save)
    assert moves(row.delete)


def test_every_kind_of_statement(moves):
    for model in STATEMENTS:
        build = (
            getattr(factories, model.__name__.lower(), None)
            or {
                "agreementparty": factories.agreement_party,
                "milestonedate": factories.milestone_date,
            }[model.__name__.lower()]
        )
        row = build()
        rows = model.objects.filter(pk=row.pk)
        assert moves(lambda rows=rows: rows.update(locator="第2段")), model
        assert moves(lambda rows=rows: rows.delete()), model


def test_links(moves):
    project, sector = factories.project(), factories.sector()
    investment, organization = factories.investment(), factories.organization()
    assert moves(lambda: ProjectSector.objects.create(project=project, sector=sector))
    assert moves(lambda: ProjectSector.objects.all().delete())
    link = InvestmentOrganization(investment=investment, organization=organization)
    assert moves(lambda: InvestmentOrganization.objects.bulk_create([link]))


def test_what_passes_by_save(moves):
    factories.sector(slug="one")
    again = [Sector(slug="one", name_en="One"), Sector(slug="two", name_en="Two")]
    assert moves(lambda: Sector.objects.bulk_create(again, ignore_conflicts=True))
    rows = list(Sector.objects.all())
    assert moves(lambda: Sector.objects.bulk_update(rows, ["name_zh"]))
    assert moves(lambda: Sector.objects.update(name_zh="甲"))
    assert moves(lambda: Sector.objects.all()._raw_delete("default"))


def test_sql(moves):
    run("INSERT INTO projects_sector (slug, name_zh, name_en, search_text, version)"
        " VALUES ('raw', '', 'Raw', '', 1)")  # fmt: skip
    assert moves(lambda: run("UPDATE projects_sector SET name_en = 'Row' WHERE slug = %s", "raw"))
    assert moves(lambda: run("DELETE FROM projects_sector WHERE slug = %s", "raw"))


def test_copy_and_truncate(moves):
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has them")

    def copy():
        with connection.cursor() as cursor:
            rows = "COPY projects_sector (slug, name_zh, name_en, search_text, version) FROM STDIN"
            with cursor.copy(rows) as into:
                into.write_row(("copied", "", "Copied", "", 1))

    assert moves(copy)
    assert Sector.objects.filter(slug="copied").exists()
    assert moves(lambda: run("TRUNCATE projects_projectsector"))


def test_commands(moves):
    load = ("loaddata", "signing", "follow_ups")
    assert moves(lambda: call_command(*load, verbosity=0))
    assert moves(lambda: call_command("generate_portfolio", projects=2, stdout=io.StringIO()))


def test_an_import_moves_it_and_its_dry_run_does_not(moves, user):
    files = [File("sectors.csv", b"slug,name_zh,name_en\nsoftware,,Software\n")]
    assert not moves(lambda: check(files, user))
    assert moves(lambda: store(files, user))
    assert Sector.objects.get().slug == "software"


def test_publishing_and_taking_back(moves, user):
    source = factories.source(draft=True)
    assert moves(lambda: publish(Source.objects.get(), reason="", user=user))
    assert moves(lambda: unpublish(Source.objects.get(), reason="withdrawn", user=user))
    assert Source.objects.get(pk=source.pk).draft


def test_another_comes_to_stand(moves, user):
    stands = factories.investment()
    rival = factories.investment(
        project=stands.project, restates=stands, restates_how=RestatesHow.DISPUTED
    )
    swap = {"instead_of": stands.pk, "becomes": RestatesHow.DISPUTED, "reason": "why", "user": user}
    assert moves(lambda: let_stand(rival, **swap))


def test_what_is_taken_back_moves_nothing(moves):
    def refused():
        with transaction.atomic():
            factories.place(slug="refused")
            transaction.set_rollback(True)

    assert not moves(refused)
    assert not Place.objects.exists()


def test_no_two_states_look_alike():
    factories.place(slug="a")
    versions = [data_version()]
    for _ in range(200):
        Place.objects.update(name_zh="甲")
        versions.append(data_version())
    assert len(set(versions)) == 201
