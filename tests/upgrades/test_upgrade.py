"""A database of an earlier release becomes one of this release, and says what it said."""

import csv
import gzip
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from benchmarks.processes import ROOT

RELEASES = sorted(folder for folder in Path(__file__).parent.iterdir() if folder.name[0] == "2")
READ = "import json, sys; sys.path.insert(0, '.'); import django; django.setup(); "
TABLES = READ + "from tests.upgrades.store import tables; print(json.dumps(tables()))"
ENTERED = READ + (
    "from projects.models import Investment, Source; "
    "from django.contrib.auth.models import User; "
    "row = Investment.objects.get(as_written='3亿元', source__slug='draft'); "
    "print(json.dumps([row.note, row.amount_low, row.source.draft, "
    "[[past.note, past.history_type, str(past.history_user)] "
    "for past in row.history.order_by('history_id')], "
    "User.objects.get(username='editor').check_password('a long password')]))"
)


def unpacked(file):
    return gzip.decompress(file.read_bytes()).decode()


def run(environment, *command):
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture
def server():
    """The server of this run, and a database beside the tests' own."""
    settings = connection.settings_dict
    values = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    given = {name: settings[key] for name, key in values.items() if settings[key]}
    name = f"{settings['NAME']}_upgraded"
    with psycopg.connect(**given, dbname="postgres", autocommit=True) as opened:
        opened.execute(f'DROP DATABASE IF EXISTS "{name}"')
        opened.execute(f'CREATE DATABASE "{name}"')
        yield given, name
        opened.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=RELEASES, ids=lambda folder: folder.name)
def release(request):
    return request.param


@pytest.fixture
def stored(release, request, tmp_path):
    """The address of the release's database, as it was stored."""
    if connection.vendor == "sqlite":
        file = tmp_path / "old.sqlite3"
        with sqlite3.connect(file) as database:
            database.executescript(unpacked(release / "sqlite.sql.gz"))
        database.close()
        return f"sqlite:///{file}"
    given, name = request.getfixturevalue("server")
    variables = {f"PG{key.upper()}": str(value) for key, value in given.items()}
    subprocess.run(
        ["psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", name],
        input=unpacked(release / "postgresql.sql.gz"), text=True, check=True,
        env=os.environ | variables, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    who = f"{given['user']}:{given['password']}" if "password" in given else given["user"]
    return f"postgres://{who}@{given['host']}:{given.get('port', 5432)}/{name}"


@pytest.mark.django_db
@pytest.mark.proof
def test_every_row_says_what_it_said(release, stored, figure):
    environment = os.environ | {
        "DATABASE_URL": stored,
        "DJANGO_SETTINGS_MODULE": "cooperation.settings",
        "SECRET_KEY": "x" * 50,
    }
    run(environment, "manage.py", "migrate")
    run(environment, "manage.py", "derive")

    before = json.loads(unpacked(release / "tables.json.gz"))
    after = json.loads(run(environment, "-c", TABLES).splitlines()[-1])
    rows = differing = 0
    for name, text in before.items():
        old, new = (list(csv.DictReader(io.StringIO(one))) for one in (text, after[name]))
        assert len(old) == len(new), name
        for was, now in zip(old, new, strict=True):
            rows += 1
            differing += was != {column: now[column] for column in was}
    figure("D11", "rows that differ after an upgrade", f"{differing} of {rows}", "0")
    assert rows > 100
    assert differing == 0

    note, amount, draft, history, known = json.loads(run(environment, "-c", ENTERED))
    assert (note, amount, draft, known) == ("改过。", 300_000_000, True, True)
    assert [past[:2] for past in history] == [["", "+"], ["改过。", "~"]]
    assert history[0][2] == "editor"
    assert "stored is what is defined" in run(
        environment, "manage.py", "derive", "--check", "--all"
    )
