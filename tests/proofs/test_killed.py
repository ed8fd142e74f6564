"""kill -9 of the site, and of PostgreSQL with it, while editors save: what was said to be saved is.

SQLite's only processes are the site's. PostgreSQL's are killed within the next moment, before any
of them can write what only memory holds.
"""

import http.client
import os
import signal
import sqlite3
import subprocess
from contextlib import contextmanager
from itertools import count
from threading import Thread

import pytest

from tests.admin.test_simultaneous_saves import post, started, told_by
from tests.cooperation.replicas.cluster import Server, a_folder, programs
from tests.cooperation.waiting import until

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("killed")]

EDITORS = 8
PREPARE = """
import json, django
django.setup()
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
client = Client()
client.force_login(User.objects.create_superuser("editor", password="only for tests"))
print(json.dumps(client.cookies[settings.SESSION_COOKIE_NAME].value))
"""
LOOK = """
import json, django
django.setup()
from projects.models import Sector
rows = dict(Sector.objects.values_list("slug", "version"))
states = list(Sector.history.values_list("slug", "version"))
print(json.dumps([list(rows), sorted(set(rows.items()) ^ set(states)), len(states)]))
"""


class File:
    """A database in a file, whose only processes are the site's."""

    def __init__(self, path):
        self.path, self.address = path, f"sqlite:///{path}"

    def kill(self):
        pass

    start = kill

    def problem(self):
        """What the database itself finds wrong."""
        (said,) = sqlite3.connect(self.path).execute("PRAGMA integrity_check").fetchone()
        return said if said != "ok" else None


class Durable(Server):
    """A server that waits for its disk, as servers do unless told not to."""

    def problem(self):
        """What the database itself finds wrong: every table is read, and fits its indexes."""
        self.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        self.execute(
            "SELECT count(bt_index_check(index => indexrelid, heapallindexed => true))"
            " FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            " JOIN pg_am ON pg_am.oid = relam WHERE amname = 'btree' AND indisvalid"
        )


@contextmanager
def durable():
    with a_folder() as folder:
        server = Durable(folder / "server")
        try:
            server.create()
            yield server
        finally:
            server.end()


@pytest.fixture
def database(tmp_path):
    """An empty database of its own that can be killed, of the kind the tests run on."""
    if not os.environ.get("TEST_DATABASE_URL"):
        yield File(tmp_path / "killed.sqlite3")
        return
    if not programs():
        pytest.skip("no PostgreSQL server of its own can be made here")
    with durable() as server:
        yield server


def test_what_was_acknowledged_outlives_a_kill(database, full_size, figure):
    environment = os.environ | {
        "TEST_DATABASE_URL": database.address,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "WEB_CONCURRENCY": "2",
    }
    session = told_by(PREPARE, environment)
    names, acknowledged, refused = count(), [], []

    for _ in range(3 if full_size else 1):
        enough = 140 if full_size else 30
        acknowledged += save_until_killed(database, environment, session, names, refused, enough)

    rows, without_history, states = told_by(LOOK, environment)
    missing = set(acknowledged) - set(rows)
    figure(
        "D6",
        "acknowledged saves lost by kill -9 of site and database",
        f"{len(missing)} of {len(acknowledged)}",
        "0 of 300 or more",
    )
    figure("D6", "rows without their history row after it", len(without_history), "0")
    figure(
        "D7",
        "saves of eight editors at once that were not accepted",
        f"{len(refused)} of {len(refused) + len(acknowledged)}",
        "0 of 400 or more",
    )
    assert len(acknowledged) >= (400 if full_size else 30)
    assert (refused, missing, without_history) == ([], set(), [])
    assert states == len(rows)
    assert database.problem() is None


def save_until_killed(database, environment, session, names, refused, enough):
    """Editors who save until all processes are killed, and the database back; what was saved."""
    acknowledged = []
    server, port = started(environment, log=subprocess.DEVNULL)

    def save():
        while server.poll() is None:
            slug = f"row-{next(names)}"
            typed = {"slug": slug, "name_en": slug, "version": "0"}
            try:
                status, page = post(port, "/admin/projects/sector/add/", session, typed)
            except (OSError, http.client.HTTPException):
                return  # killed before it answered: saved or not
            (acknowledged if status == 302 else refused).append(slug if status == 302 else page)

    editors = [Thread(target=save) for _ in range(EDITORS)]
    try:
        for editor in editors:
            editor.start()
        until(lambda: len(acknowledged) >= enough or refused, seconds=240)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        database.kill()
        server.wait(timeout=30)
        for editor in editors:
            editor.join()
    database.start()
    return acknowledged
