"""Backups: taken while others write, restored and identical, or refused and nothing changed."""

import errno
import json
import os
from pathlib import Path
from time import sleep

import pytest
from django.core.management import CommandError

from cooperation.copies import backups, files
from cooperation.copies.commands import plainly
from cooperation.copies.manifests import manifest_of
from cooperation.copies.tables import tables
from projects.remembering.version import VERSION
from tests.cooperation.copies.conftest import INSERT, POSTGRESQL, driver

pytestmark = pytest.mark.xdist_group("copies")

COUNT = "SELECT count(*) FROM projects_sector"
ATTEMPT = "INSERT INTO cooperation_loginattempt (key, tried) VALUES ('{}', '{}')"

SESSION = "INSERT INTO django_session VALUES ('the key of a session', '', '2026-01-02 03:04:05')"


@pytest.fixture
def backup(run, site, tmp_path):
    """A backup of the site."""
    file = tmp_path / "site.backup"
    run("backup", file, database=site)
    return file


@pytest.fixture
def holds(run):
    """The fingerprint of the database of an address."""
    return lambda url: json.loads(run("fingerprint", "--json", database=url))


def rewrite(file, **changes):
    """Change what stands beside a backup."""
    beside = manifest_of(file)
    beside.write_text(json.dumps(json.loads(beside.read_text()) | changes))


def test_what_is_restored_is_identical(run, site, backup, empty, holds):
    said = run("restore", backup, database=empty)

    assert "Restored, identical with the backup of " in said
    assert holds(empty) == holds(site)


@pytest.mark.proof
def test_every_row_comes_back_and_rows_can_be_added(
    run, site, tmp_path, empty, enlarge, differing, execute, figure
):
    """Row by row, as a fingerprint could be wrong on both sides."""
    least = enlarge(site)
    run("backup", tmp_path / "one", database=site)
    run("restore", tmp_path / "one", database=empty)

    found, rows = differing(site, empty)
    figure(
        "D9",
        "rows that differ after backup and restore",
        f"{found} of {rows:,}",
        "0 of 100,000 or more",
    )
    assert found == 0 and rows >= least


@pytest.mark.proof
def test_the_next_id_of_every_table_is_free(run, backup, empty, opened_at, figure):
    run("restore", backup, database=empty)

    counted = [table for table in tables() if table.name not in {"projects_upload"}]
    with opened_at(empty) as connection, connection.cursor() as cursor:
        taken = [
            table.name for table in counted if next_id(cursor, table) <= last_id(cursor, table)
        ]
    what = "tables whose next id is taken after a restore"
    figure("D9", what, f"{len(taken)} of {len(counted)}", "0")
    assert taken == [] and len(counted) > 40


def last_id(cursor, table):
    cursor.execute(f"SELECT coalesce(max({table.key}), 0) FROM {table.name}")
    return cursor.fetchone()[0]


def next_id(cursor, table):
    if POSTGRESQL:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [table.name, table.key])
        return cursor.fetchone()[0]
    cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [table.name])
    return (cursor.fetchone()[0] or 0) + 1


def test_microseconds_stay(run, site, tmp_path, empty, execute):
    execute(site, ATTEMPT.format("a", "2026-01-02 03:04:05.000001"))

    run("backup", tmp_path / "one", database=site)
    run("restore", tmp_path / "one", database=empty)

    ((tried,),) = execute(empty, "SELECT tried FROM cooperation_loginattempt")
    assert tried.isoformat().startswith("2026-01-02T03:04:05.000001")


def test_what_is_added_to_it_is_given_no_id_that_a_deleted_row_had(run, backup, empty, execute):
    run("restore", backup, database=empty)
    execute(empty, INSERT.format("new"))

    ((deleted,),) = execute(
        empty, "SELECT max(id) FROM projects_historicalsector WHERE slug = 'deleted'"
    )
    ((added,),) = execute(empty, "SELECT id FROM projects_sector WHERE slug = 'new'")
    assert added == deleted + 1


def test_triggers_indexes_and_constraints_come_along(run, site, backup, empty, opened_at):
    run("restore", backup, database=empty)

    def parts(url):
        with opened_at(url) as connection, connection.cursor() as cursor:
            names = connection.introspection.table_names(cursor)
            found = {name: connection.introspection.get_constraints(cursor, name) for name in names}
            triggers = "SELECT count(*) FROM " + (
                "pg_trigger WHERE NOT tgisinternal"
                if POSTGRESQL
                else "sqlite_master WHERE type = 'trigger'"
            )
            cursor.execute(triggers)
            return found, cursor.fetchone()

    assert parts(empty) == parts(site)
    assert parts(site)[1][0] > 30


def test_sessions_are_not_in_it(run, site, tmp_path, empty, execute):
    """On SQLite a row that was deleted could still be found in the file."""
    execute(site, SESSION)
    run("backup", tmp_path / "one", database=site)
    run("restore", tmp_path / "one", database=empty)

    assert execute(empty, "SELECT * FROM django_session") == []
    assert b"the key of a session" not in (tmp_path / "one").read_bytes()


@pytest.mark.proof
def test_while_others_write_it_has_whole_transactions_and_all_that_came_before(
    run, site, tmp_path, empty, writing, execute, full_size, figure
):
    with writing(site) as acknowledged:
        while len(acknowledged) < (1_000 if full_size else 3):
            sleep(0.01)
        before = len(acknowledged)
        run("backup", tmp_path / "one", database=site)
        after = len(acknowledged)
    run("restore", tmp_path / "one", database=empty)

    slugs = {slug for (slug,) in execute(empty, "SELECT slug FROM projects_sector")}
    pairs = {slug.removesuffix("-a") for slug in slugs if slug.endswith("-a")}
    missing = {f"written-{number}" for number in acknowledged[:before]} - pairs
    figure(
        "D9",
        "writes acknowledged before a backup under writes, and missing in it",
        f"{len(missing)} of {before:,}",
        "0 of 1,000 or more",
    )
    assert missing == set()
    assert pairs == {slug.removesuffix("-b") for slug in slugs if slug.endswith("-b")}
    assert len(pairs) <= after + 1
    assert len(acknowledged) > before


def test_only_its_owner_may_read_it(backup):
    for file in (backup, manifest_of(backup)):
        assert file.stat().st_mode & 0o777 == 0o600
    assert {file.name for file in backup.parent.glob("*.backup*")} == {
        "site.backup",
        "site.backup.json",
    }


def test_a_file_that_is_there_is_not_written_over(run, site, tmp_path):
    for name in ("one", "two.json"):
        (tmp_path / name).write_text("mine")

    for name, found in (("one", "one"), ("two", "two.json")):
        with pytest.raises(CommandError, match=f"{found} is there already"):
            run("backup", tmp_path / name, database=site)
        assert (tmp_path / found).read_text() == "mine"


def test_a_folder_that_is_not_there_is_named(run, site, tmp_path):
    with pytest.raises(CommandError, match=r"No such file or folder: .*nowhere"):
        run("backup", tmp_path / "nowhere" / "one", database=site)


def test_an_empty_database_is_not_backed_up(run, empty, tmp_path):
    with pytest.raises(CommandError, match="nothing to back up"):
        run("backup", tmp_path / "one", database=empty)
    assert not (tmp_path / "one").exists()


def test_where_the_disk_is_full_no_part_of_it_stays(run, site, tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(CommandError, match="The disk is full"):
        run("backup", tmp_path / "one", database=site)

    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "No permission: /srv/one"),
        (errno.EROFS, "The disk is read-only: /srv/one"),
        (errno.ENOTDIR, "No such folder: /srv/one"),
        (errno.EMFILE, "Too many open files: /srv/one"),
    ],
)
def test_what_the_system_refuses_is_said_in_words(number, words):
    with pytest.raises(CommandError, match=f"^{words}$"), plainly():
        raise OSError(number, os.strerror(number), "/srv/one")


def cut_off(file):
    file.write_bytes(file.read_bytes()[:-1])


def changed(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def without_manifest(file):
    manifest_of(file).unlink()


def with_another_manifest(file):
    manifest_of(file).write_text("[]")


def with_a_broken_manifest(file):
    manifest_of(file).write_text('{"form": ')


def of_another_database(file):
    rewrite(file, database="sqlite" if POSTGRESQL else "postgresql")


def of_a_newer_release(file):
    rewrite(file, migrations=["projects.0001_initial", "projects.9999_later", "gone.0001_any"])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (Path.unlink, "There is no file .*site.backup"),
        (cut_off, "is not as it was written: it was cut off or changed"),
        (changed, "is not as it was written: it was cut off or changed"),
        (without_manifest, "is no backup, or .*site.backup.json is missing"),
        (with_another_manifest, "site.backup.json is not what backup"),
        (with_a_broken_manifest, "site.backup.json is not what backup"),
        (of_another_database, "is a backup of .*, and the database is"),
        (of_a_newer_release, "of a newer release: projects.9999_later is not known"),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_nothing_changed(
    run, site, backup, execute, holds, spoil, words
):
    execute(site, INSERT.format("later"))
    before = holds(site)
    spoil(backup)

    with pytest.raises(CommandError, match=words):
        run("restore", "--replace", backup, database=site)

    assert holds(site) == before


def test_a_database_that_holds_something_is_replaced_only_if_that_is_asked(
    run, site, backup, execute, holds
):
    saved = holds(site)
    execute(site, INSERT.format("later"))
    changed = holds(site)

    with pytest.raises(CommandError, match=r"not empty, it has the table auth_group\. --replace"):
        run("restore", backup, database=site)
    assert holds(site) == changed

    run("restore", "--replace", backup, database=site)
    assert holds(site) == saved


def test_what_does_not_come_out_identical_is_undone(run, site, backup, empty, execute, holds):
    """A table with another hash than the one that stands beside the backup."""
    beside = json.loads(manifest_of(backup).read_text())
    sectors = next(
        one for one in beside["fingerprints"] if one["table"]["name"] == "projects_sector"
    )
    sectors["hash"] = "0" * 64
    rewrite(backup, fingerprints=beside["fingerprints"])
    execute(site, INSERT.format("later"))
    before = holds(site)

    with pytest.raises(CommandError, match=r"not identical, in projects_sector \(8 rows, copied 8"):
        run("restore", "--replace", backup, database=site)
    assert holds(site) == before

    with pytest.raises(CommandError, match="not identical"):
        run("restore", backup, database=empty)
    with pytest.raises(CommandError, match="no table"):
        holds(empty)


def test_no_cache_keeps_anything_under_the_version_that_restored_data_have(
    run, site, backup, execute
):
    ((saved,),) = execute(site, VERSION)
    versions = {saved}
    for _ in range(3):
        run("restore", "--replace", backup, database=site)
        ((version,),) = execute(site, VERSION)
        versions.add(version)

    assert len(versions) == 4


def test_a_site_that_runs_reads_and_writes_what_was_restored(run, site, backup, execute):
    execute(site, INSERT.format("later"))
    with driver(site) as running:
        assert running.execute(COUNT).fetchall() == [(9,)]
        running.commit()

        run("restore", "--replace", backup, database=site)

        assert running.execute(COUNT).fetchall() == [(8,)]
        running.execute(INSERT.format("after"))
        running.commit()
    assert execute(site, COUNT) == [(9,)]
    assert execute(site, "SELECT 1 FROM projects_sector WHERE slug = 'later'") == []


def test_of_an_older_release_it_says_what_is_left_to_do(run, site, tmp_path, empty, execute):
    execute(site, "DROP TABLE projects_knownproject")
    last = "SELECT MAX(name) FROM django_migrations WHERE app = 'projects'"
    execute(site, f"DELETE FROM django_migrations WHERE app = 'projects' AND name = ({last})")
    older = [table for table in backups.tables() if table.name != "projects_knownproject"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backups, "tables", lambda: older)
        run("backup", tmp_path / "one", database=site)

    said = run("restore", tmp_path / "one", database=empty)

    assert "The backup is of an older release: run manage.py prepare." in said


@pytest.mark.skipif(POSTGRESQL, reason="a file of SQLite")
def test_a_damaged_database_is_not_backed_up(run, site, tmp_path):
    file = tmp_path / "site.sqlite3"
    content = bytearray(file.read_bytes())
    content[4096 * 100 : 4096 * 200] = bytes(4096 * 100)
    file.write_bytes(content)

    with pytest.raises(CommandError, match="malformed"):
        run("backup", tmp_path / "one", database=site)
    assert not (tmp_path / "one").exists()
