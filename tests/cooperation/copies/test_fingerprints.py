"""Fingerprints: rows and a hash, alike on both databases."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.db import connection
from django.utils import timezone

from cooperation.copies.cells import Kind
from cooperation.copies.fingerprints import fingerprint, fingerprints
from cooperation.copies.tables import Column, Table, tables
from cooperation.models import LoginAttempt
from projects.models import Upload
from tests.factories import observation

pytestmark = pytest.mark.xdist_group("copies")


def of(name):
    """The table of this name."""
    return next(table for table in tables() if table.name == name)


@pytest.mark.django_db
def test_the_rows_of_every_model_are_in_it_but_sessions():
    names = {table.name for table in tables()}

    assert {
        "auth_group_permissions",
        "auth_user",
        "auth_user_groups",
        "cooperation_loginattempt",
        "django_admin_log",
        "projects_historicalproject",
        "projects_projectsector",
        "projects_uploadedfile",
    } <= names
    assert set(connection.introspection.table_names()) - names == {
        "django_migrations",
        "django_session",
        "projects_data_version",
    }


@pytest.mark.django_db
def test_what_is_hashed_is_the_names_and_then_each_row_as_json():
    LoginAttempt.objects.create(
        pk=7, key="钥", tried=datetime(2020, 4, 26, 1, 2, 3, 400, tzinfo=UTC)
    )
    LoginAttempt.objects.create(pk=8, key='a"b', tried=datetime(2021, 1, 1, tzinfo=UTC))

    found = fingerprint(connection, of("cooperation_loginattempt"))

    assert found.rows == 2
    assert (
        found.hash
        == sha256(
            b'["id", "key", "tried"]'
            b'[7,"\\u94a5","2020-04-26T01:02:03.000400+00:00"]\n'
            b'[8,"a\\"b","2021-01-01T00:00:00.000000+00:00"]\n'
        ).hexdigest()
    )


@pytest.mark.django_db
def test_amounts_have_their_places_and_what_is_missing_is_null():
    row = observation(amount="12.5亿元")
    columns = ("amount_high", "amount_low", "growth")

    places = {column.name: column.places for column in of("projects_observation").columns}
    assert [places[name] for name in columns] == [4, 4, 2]
    table = Table(
        "projects_observation",
        "id",
        (
            *(Column(name, Kind.DECIMAL, places[name]) for name in columns),
            Column("id", Kind.INTEGER),
            Column("version", Kind.INTEGER),
        ),
    )
    assert (
        fingerprint(connection, table).hash
        == sha256(
            b'["amount_high", "amount_low", "growth", "id", "version"]'
            b'["1250000000.0000","1250000000.0000",null,%d,1]\n' % row.pk
        ).hexdigest()
    )


@pytest.mark.parametrize(
    ("kind", "stored", "written"),
    [
        (Kind.BOOLEAN, 1, "true"),
        (Kind.DATE, date(2020, 4, 26), '"2020-04-26"'),
        (Kind.FLOAT, 3, '"3.0"'),
        (Kind.BINARY, memoryview(b"\x00\xff"), '"00ff"'),
        (Kind.JSON, '{"b": 1, "a": [null, 2.50]}', '"{\\"a\\": [null, 2.5], \\"b\\": 1}"'),
        (Kind.UUID, "12345678123456781234567812345678", '"12345678-1234-5678-1234-567812345678"'),
        (Kind.DATETIME, datetime(2020, 4, 26), '"2020-04-26T00:00:00.000000+00:00"'),
        (
            Kind.DATETIME,
            datetime.fromisoformat("2020-04-26T08:00:00.000001+08:00"),
            '"2020-04-26T00:00:00.000001+00:00"',
        ),
    ],
)
def test_whatever_a_driver_gives_is_written_in_one_way(kind, stored, written):
    class Cursor:
        parts = [[(stored,), (None,)], []]

        def execute(self, sql):
            pass

        def fetchmany(self, size):
            return self.parts.pop(0)

        def close(self):
            pass

    class Connection:
        vendor = "sqlite"
        ops = connection.ops
        chunked_cursor = Cursor

    table = Table("any", "cell", (Column("cell", kind),))

    assert (
        fingerprint(Connection(), table).hash
        == sha256(f'["cell"][{written}]\n[null]\n'.encode()).hexdigest()
    )


@pytest.mark.django_db
def test_one_microsecond_of_one_row_makes_another_one():
    row = LoginAttempt.objects.create(key="a", tried=timezone.now())
    before = fingerprints(connection, tables())

    row.tried = row.tried.replace(microsecond=row.tried.microsecond ^ 1)
    row.save()

    after = fingerprints(connection, tables())
    changed = [one.table.name for one, two in zip(before, after, strict=True) if one != two]
    assert changed == ["cooperation_loginattempt"]


@pytest.mark.django_db
def test_keys_of_many_bytes_have_one_order():
    user = get_user_model().objects.create_user("somebody")
    for number in (2**120, 2, 9):
        Upload.objects.create(pk=UUID(int=number), user=user)

    rows = list(of("projects_upload").rows(connection))

    place = [column.name for column in of("projects_upload").columns].index("id")
    assert [row[place].int for row in rows] == [2, 9, 2**120]


def test_the_command_says_rows_and_hashes_and_all_of_them_together(run, site):
    lines = run("fingerprint", database=site).splitlines()

    rows = {line.split()[2]: line.split()[1] for line in lines[:-1]}
    assert (rows["projects_source"], rows["projects_project"]) == ("9", "11")
    assert lines[-1].endswith(" in all")


def test_for_programs_it_is_json(run, site):
    said = json.loads(run("fingerprint", "--json", database=site))

    assert said["tables"]["projects_source"]["rows"] == 9
    assert len(said["hash"]) == len(said["tables"]["projects_source"]["hash"]) == 64


def test_a_database_without_tables_is_named(run, empty):
    with pytest.raises(CommandError, match=r"no table auth_group\. Run manage.py migrate"):
        run("fingerprint", database=empty)


@pytest.mark.parametrize("address", ["mysql://a/b", "postgres://host/", "nonsense"])
def test_an_address_that_cannot_be_read_is_refused(run, address):
    with pytest.raises(CommandError, match="address: "):
        run("fingerprint", database=address)
