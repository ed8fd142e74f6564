"""Databases of their own: one with the shipped facts, others that are empty."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from io import StringIO
from itertools import count, zip_longest
from shutil import copyfile
from threading import Event, Thread
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from cooperation.copies.databases import named, opened
from cooperation.copies.moving import move
from cooperation.copies.tables import tables

POSTGRESQL = "postgresql" in settings.DATABASES["default"]["ENGINE"]

INSERT = (
    "INSERT INTO projects_sector (slug, name_zh, name_en, search_text, version)"
    " VALUES ('{}', '', 'One', '', 1)"
)

_numbers = count(1)


def script(url, *arguments):
    """What `preparing` prints for the database of an address."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.cooperation.copies.preparing", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": url},
        check=True,
        capture_output=True,
        text=True,
    )
    return run.stdout


@pytest.fixture
def pages():
    """Shows pages of a site, by its database and their addresses."""
    return lambda url, *addresses: json.loads(script(url, "show", *addresses))


@pytest.fixture
def others(django_db_setup, django_db_blocker):
    """Lets databases be opened that a test case of Django does not know of."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def run(others):
    """Runs a command and returns what it says."""

    def command(name, *arguments, **options):
        output = StringIO()
        call_command(name, *map(str, arguments), stdout=output, **options)
        return output.getvalue()

    return command


@pytest.fixture
def enlarge(full_size):
    """Gives a site more rows where probes run at their full size; says how many at least."""

    def generate(url):
        if full_size:
            script(url, "generate", "1500")
        return 100_000 if full_size else 400

    return generate


@pytest.fixture
def differing(opened_at):
    """Counts the rows that two databases do not have in common, and those of the first one."""

    def count_rows(one, other):
        found = rows = 0
        with opened_at(one) as first, opened_at(other) as second:
            for table in tables():
                pairs = zip_longest(table.rows(first), table.rows(second))
                for mine, theirs in pairs:
                    rows += 1
                    found += mine != theirs
        return found, rows

    return count_rows


@pytest.fixture
def opened_at(others):
    """Opens the database of an address."""

    @contextmanager
    def connection(url):
        with opened(named(url)) as alias:
            yield connections[alias]

    return connection


@pytest.fixture
def execute(opened_at):
    """Executes a statement in the database of an address, and returns its rows."""

    def statement(url, sql, *parameters):
        with opened_at(url) as connection, connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []

    return statement


@contextmanager
def driver(url):
    """A connection to the database of an address, as another program has it."""
    if url.startswith("sqlite:"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)
        connection.execute("PRAGMA journal_mode = WAL")
    else:
        connection = psycopg.connect(url)
    with closing(connection):
        yield connection


@pytest.fixture
def writing():
    """Writes pairs of sectors, a transaction each, for as long as something else is done.

    Gives the list of what is acknowledged, which grows.
    """

    @contextmanager
    def meanwhile(url):
        acknowledged, stop = [], Event()

        def write():
            with driver(url) as connection:
                for number in count():
                    for half in "ab":
                        connection.execute(INSERT.format(f"written-{number}-{half}"))
                    connection.commit()
                    acknowledged.append(number)
                    if stop.wait(0.001):
                        return

        thread = Thread(target=write)
        thread.start()
        try:
            while len(acknowledged) < 3:
                thread.join(0.01)
                assert thread.is_alive()
            yield acknowledged
        finally:
            stop.set()
            thread.join()

    return meanwhile


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory):
    """An SQLite file of a site with the shipped facts; to be copied."""
    file = tmp_path_factory.mktemp("copies") / "site.sqlite3"
    script(f"sqlite:///{file}", "prepare")
    return file


@pytest.fixture
def sqlite_site(sqlite_file, tmp_path):
    """The address of a copy of it."""
    copyfile(sqlite_file, tmp_path / "site.sqlite3")
    return f"sqlite:///{tmp_path}/site.sqlite3"


@contextmanager
def _database(*options):
    """The address of a new database on the server of the tests, which goes afterwards."""
    given = os.environ["TEST_DATABASE_URL"]
    name = f"copies_{uuid4().hex}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(" ".join([f"CREATE DATABASE {name}", *options]))
        try:
            yield urlsplit(given)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql_template(sqlite_file, django_db_setup, django_db_blocker):
    """The name of a database of PostgreSQL with the same site; to be copied."""
    with (
        django_db_blocker.unblock(),
        _database() as url,
        opened(named(f"sqlite:///{sqlite_file}")) as source,
    ):
        with opened(named(url)) as target:
            move(source, target)
        yield urlsplit(url).path[1:]


@pytest.fixture
def site(request):
    """The address of a site's database with the shipped facts, on the database of the tests."""
    if not POSTGRESQL:
        yield request.getfixturevalue("sqlite_site")
        return
    template = request.getfixturevalue("postgresql_template")
    with _database(f"TEMPLATE {template}") as url:
        yield url


@pytest.fixture
def empty(tmp_path):
    """The address of an empty database, on the database of the tests."""
    if not POSTGRESQL:
        yield f"sqlite:///{tmp_path}/empty-{next(_numbers)}.sqlite3"
        return
    with _database() as url:
        yield url
