"""A move from SQLite to PostgreSQL: identical or undone."""

import sqlite3

import pytest
from django.core.management import CommandError

from cooperation.copies import moving
from projects.remembering.version import VERSION
from tests.cooperation.copies.conftest import INSERT, POSTGRESQL, driver

pytestmark = pytest.mark.xdist_group("copies")

on_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="a move ends at PostgreSQL")

TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
ADDRESSES = (
    "/",
    "/projects/",
    "/investments/?by=sector&totals=1",
    "/timeline/",
    "/indicators/",
    "/investments.csv",
    "/milestones.csv",
)


@pytest.fixture
def move(run, sqlite_site):
    """Moves the SQLite site to the database of an address."""
    return lambda target: run("move_to", target, database=sqlite_site)


@on_postgresql
def test_both_have_the_same_fingerprint(run, move, sqlite_site, empty):
    before = run("fingerprint", database=sqlite_site)

    said = move(empty)

    assert said.splitlines()[-1].startswith("Moved, identical.")
    assert said.splitlines()[:-1] == before.splitlines()
    assert run("fingerprint", database=empty) == before
    assert run("fingerprint", database=sqlite_site) == before


@on_postgresql
@pytest.mark.proof
def test_every_row_is_the_same(move, sqlite_site, empty, enlarge, differing, figure):
    """Row by row, as a fingerprint could be wrong on both sides."""
    least = enlarge(sqlite_site)

    move(empty)

    found, rows = differing(sqlite_site, empty)
    figure(
        "D9",
        "rows that differ after a move from SQLite to PostgreSQL",
        f"{found} of {rows:,}",
        "0 of 100,000 or more",
    )
    assert found == 0 and rows >= least


@on_postgresql
def test_pages_and_files_are_the_same(move, pages, sqlite_site, empty):
    move(empty)

    assert pages(empty, *ADDRESSES) == pages(sqlite_site, *ADDRESSES)


@on_postgresql
def test_microseconds_bytes_and_parts_of_yuan_stay(move, sqlite_site, empty, execute):
    execute(
        sqlite_site,
        "INSERT INTO projects_upload (id, user_id, uploaded_at, publish)"
        " VALUES (%s, (SELECT min(id) FROM auth_user), '2026-01-02 03:04:05.000001', 1)",
        "0" * 30 + "ff",
    )
    with driver(sqlite_site) as source:
        source.execute(
            "INSERT INTO projects_uploadedfile (upload_id, name, 'table', content)"
            " VALUES (?, '', '', ?)",
            ("0" * 30 + "ff", b"\x00\xff"),
        )
        source.execute(
            "UPDATE projects_observation SET amount_low = 12345678901.2345,"
            " amount_high = 1234567890123.5 WHERE amount_low IS NOT NULL"
        )
        source.commit()

    move(empty)

    ((when, content),) = execute(
        empty, "SELECT uploaded_at, content FROM projects_upload, projects_uploadedfile"
    )
    assert when.isoformat() == "2026-01-02T03:04:05.000001+00:00"
    assert bytes(content) == b"\x00\xff"
    assert {
        (str(low), str(high))
        for low, high in execute(
            empty,
            "SELECT amount_low, amount_high FROM projects_observation WHERE amount_low IS NOT NULL",
        )
    } == {("12345678901.2345", "1234567890123.5000")}


@on_postgresql
def test_the_next_id_is_what_it_would_have_been(move, sqlite_site, empty, execute):
    """The last sector was deleted: its history is kept under its id."""
    move(empty)

    for url in (sqlite_site, empty):
        execute(url, INSERT.format("new"))
    found = [
        execute(url, "SELECT id FROM projects_sector WHERE slug = 'new'")
        for url in (sqlite_site, empty)
    ]
    assert found[0] == found[1]
    ((deleted,),) = execute(
        empty, "SELECT max(id) FROM projects_historicalsector WHERE slug = 'deleted'"
    )
    assert found[1] == [(deleted + 1,)]


@on_postgresql
def test_the_data_have_a_version_and_triggers_that_move_it(move, empty, execute):
    move(empty)

    ((before,),) = execute(empty, VERSION)
    execute(empty, INSERT.format("new"))
    ((after,),) = execute(empty, VERSION)
    assert before and after != before


@on_postgresql
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (
            "UPDATE projects_sector SET slug = printf('%.200c', 'x') WHERE id = "
            "(SELECT min(id) FROM projects_sector)",
            r"value too long.*\n.*COPY projects_sector",
        ),
        (
            "INSERT INTO auth_user_groups (user_id, group_id) SELECT id, 4711 FROM auth_user",
            "violates foreign key constraint",
        ),
        (
            "DELETE FROM django_migrations WHERE name = '0010_heads_and_parts'",
            r"of an older release\. Run manage.py prepare",
        ),
        (
            "INSERT INTO django_migrations (app, name, applied) VALUES ('projects', '9', '')",
            "of a newer release",
        ),
    ],
)
def test_what_cannot_be_moved_is_undone(move, sqlite_site, empty, execute, spoil, words):
    with driver(sqlite_site) as source:
        source.execute(spoil)
        source.commit()

    with pytest.raises(CommandError, match=words):
        move(empty)

    assert execute(empty, TABLES) == [(0,)]


@on_postgresql
def test_what_does_not_come_out_identical_is_undone(move, empty, execute, monkeypatch):
    def inexact(giving, taking, table):
        copy(giving, taking, table)
        if table.name == "projects_source":
            with taking.cursor() as cursor:
                cursor.execute("UPDATE projects_source SET version = version + 1")

    copy = moving._copy
    monkeypatch.setattr(moving, "_copy", inexact)

    with pytest.raises(CommandError, match=r"not identical, in projects_source \(9 rows, copied 9"):
        move(empty)

    assert execute(empty, TABLES) == [(0,)]


@on_postgresql
def test_a_database_that_has_tables_is_refused(run, move, empty, execute):
    execute(empty, "CREATE TABLE mine (id integer)")

    with pytest.raises(CommandError, match=r"is not empty, it has the table mine\. .*createdb"):
        move(empty)

    assert execute(empty, TABLES) == [(1,)]


@on_postgresql
def test_nobody_writes_to_the_source_meanwhile(move, sqlite_site, empty, monkeypatch):
    """What they wrote would not be moved, and be lost."""
    tried = []

    def write(giving, taking, moved):
        with driver(sqlite_site) as source:
            source.execute("PRAGMA busy_timeout = 0")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                source.execute(INSERT.format("lost"))
            tried.append(True)
        count_on(giving, taking, moved)

    count_on = moving._count_on
    monkeypatch.setattr(moving, "_count_on", write)
    move(empty)

    assert tried == [True]


def test_there_is_no_other_way(run, sqlite_site, tmp_path):
    with pytest.raises(CommandError, match="from SQLite to postgres"):
        run("move_to", f"sqlite:///{tmp_path}/other.sqlite3", database=sqlite_site)


def test_a_server_that_does_not_answer_is_named(run, sqlite_site):
    with pytest.raises(CommandError, match=r"127\.0\.0\.1.*port 1 "):
        run("move_to", "postgres://user@127.0.0.1:1/name", database=sqlite_site)
