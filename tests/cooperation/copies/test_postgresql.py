"""PostgreSQL's own programs: found, new enough, given no password where others see it."""

import shutil
import subprocess
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError

from cooperation.copies import postgresql
from tests.cooperation.copies.conftest import INSERT, POSTGRESQL, driver

pytestmark = [
    pytest.mark.xdist_group("copies"),
    pytest.mark.skipif(not POSTGRESQL, reason="PostgreSQL's programs"),
]


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A folder of programs that stands before all others, with one that says its version."""
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    def program(name, text):
        file = tmp_path / name
        file.write_text(f"#!/bin/sh\n{text}\n")
        file.chmod(0o755)

    return program


@pytest.mark.parametrize("name", ["pg_dump", "pg_restore"])
def test_what_is_not_installed_is_named_with_its_package(run, site, tmp_path, monkeypatch, name):
    run("backup", tmp_path / "one", database=site)
    monkeypatch.setattr(postgresql.shutil, "which", lambda program: None)

    with pytest.raises(CommandError, match=f"{name} is not installed.*apt install postgresql-cli"):
        if name == "pg_dump":
            run("backup", tmp_path / "two", database=site)
        else:
            run("restore", "--replace", tmp_path / "one", database=site)
    assert not (tmp_path / "two").exists()


def test_what_is_older_than_the_server_is_refused(run, site, tmp_path, programs):
    programs("pg_dump", "echo 'pg_dump (PostgreSQL) 9.6.24'")

    with pytest.raises(CommandError, match=r"PostgreSQL 9, and the server.*postgresql-client-\d+"):
        run("backup", tmp_path / "one", database=site)


def test_what_a_program_says_that_fails_is_passed_on(run, site, tmp_path, programs):
    programs("pg_dump", "echo 'pg_dump: error: could not write: No space left' >&2\nexit 1")

    with pytest.raises(CommandError, match="could not write: No space left"):
        run("backup", tmp_path / "one", database=site)
    assert not (tmp_path / "one").exists()


def test_no_password_is_seen_in_the_list_of_processes(run, site, tmp_path, monkeypatch):
    seen = []
    start = subprocess.Popen

    def noted(command, **options):
        seen.append((command, options["env"]))
        return start(command, **options)

    monkeypatch.setattr(postgresql.subprocess, "Popen", noted)
    run("backup", tmp_path / "one", database=site)

    ((command, environment),) = [one for one in seen if "--format=custom" in one[0]]
    password = urlsplit(site).password
    assert password and not any(password in word for word in command)
    assert environment["PGPASSWORD"] == password
    assert environment["PGDATABASE"] == urlsplit(site).path[1:]


def test_the_file_and_the_fingerprint_are_of_one_state(run, site, tmp_path, empty, programs):
    """A row that comes after the snapshot was taken, and before pg_dump begins to read."""
    go_on = tmp_path / "go on"
    real = shutil.which("pg_dump", path="/usr/bin")
    programs(
        "pg_dump",
        f'[ "$1" = --version ] || while [ ! -e "{go_on}" ]; do sleep 0.05; done; exec {real} "$@"',
    )

    def insert(connection, tables):
        with driver(site) as other:
            other.execute(INSERT.format("later"))
            other.commit()
        go_on.touch()
        return found(connection, tables)

    found = postgresql.fingerprints
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postgresql, "fingerprints", insert)
        run("backup", tmp_path / "one", database=site)

    assert "identical" in run("restore", tmp_path / "one", database=empty)
    with driver(empty) as restored:
        assert restored.execute(
            "SELECT count(*) FROM projects_sector WHERE slug = 'later'"
        ).fetchall() == [(0,)]


def test_a_backup_that_ends_within_a_table_is_undone(run, site, tmp_path, empty, programs):
    """Whole by its digest, so only reading it can tell."""
    run("backup", tmp_path / "one", database=site)
    real = shutil.which("pg_restore", path="/usr/bin")
    programs("pg_restore", f'{real} "$@" | head -c 40000')

    with pytest.raises(CommandError):
        run("restore", tmp_path / "one", database=empty)
    with driver(empty) as connection:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(tables).fetchone() == (0,)
