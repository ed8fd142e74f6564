"""A database that is read-only or full, behind a real server: all is read, and nothing half saved.

SQLite is full where the site's files may not grow as large as its log is. PostgreSQL's disk is not
filled: a trigger gives the server's own error in the middle of a save, after the row.
"""

import os
import re
import resource
import sqlite3
import subprocess
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from tests.admin.test_simultaneous_saves import database, started, told_by
from tests.cooperation.replicas.site import Browser, statuses

__all__ = ["database"]

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("no_writes")]

ON_POSTGRESQL = bool(os.environ.get("TEST_DATABASE_URL"))
SAID = {
    "read-only": ("数据库是只读的", "the database is read-only"),
    "full": ("数据库已满", "the database is full"),
}
MIB = 2**20
PREPARE = """
import csv, json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test.utils import setup_test_environment
call_command("migrate", verbosity=0)
call_command("set_up_roles", verbosity=0)
setup_test_environment()
from tests.cooperation.permissions import Record
with open("docs/permissions.csv", encoding="utf-8", newline="") as lines:
    rows = {(row["pattern"], row["of"]): row for row in csv.DictReader(lines)}
record = Record()
asked = list(record.asked())
read = [one.path for one in asked if rows[one.key]["GET anonymous"] == "200"]
sent = [[one.path, one.sent] for one in asked if rows[one.key]["POST administrator"] == "302"]
session = record.client.cookies[settings.SESSION_COOKIE_NAME].value
print(json.dumps([read, sent, session], default=str))
"""
COUNT = """
import json, django
django.setup()
from django.apps import apps
print(json.dumps({
    model._meta.label: model._base_manager.count()
    for model in apps.get_models() if model._meta.managed
}))
"""
READ_ONLY = """
DO $$ BEGIN
  EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database());
END $$
"""
NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON projects_historicalsector
  FOR EACH ROW EXECUTE FUNCTION no_room();
CREATE TRIGGER no_room BEFORE INSERT ON django_session
  FOR EACH ROW EXECUTE FUNCTION no_room();
"""


@pytest.fixture
def environment(database):
    """The variables of a process that works on that database."""
    return os.environ | {
        "TEST_DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "WEB_CONCURRENCY": "2",
    }


@pytest.mark.parametrize("state", ["read-only", "full"])
def test_all_is_read_and_nothing_is_half_saved(environment, state, full_size, figure):
    read, sent, session = told_by(PREPARE, environment)
    before = told_by(COUNT, environment)

    with without_writes(state, environment) as port:
        visitor, editor = Browser(port), Browser(port)
        editor.cookies["sessionid"] = session
        editor.get("/admin/")
        pages = [visitor.get(path) for path in read]
        saves = [editor.post(path, typed | {"name_en": "Lost"}) for path, typed in sectors(sent)]
        saves.append(visitor.post("/login/", {"username": "root", "password": "only for tests"}))
        others = []
        # What no trigger refuses would be saved.
        if full_size and (state, ON_POSTGRESQL) != ("full", True):
            others = [editor.post(path, typed) for path, typed in sent]

    unread = [path for path, page in zip(read, pages, strict=True) if page.status != 200]
    silent = [one for one in saves if not says(one, state)]
    changed = told_by(COUNT, environment).items() ^ before.items()
    name = f"while the database is {state}"
    figure("D13", f"public pages that are not read {name}", f"{len(unread)} of {len(read)}", "0")
    figure("D13", f"saves and log-ins not told why {name}", f"{len(silent)} of {len(saves)}", "0")
    figure("D13", f"tables with half-written rows {name}", len(changed), "0")
    assert (unread, statuses(saves), len(saves)) == ([], {503: 4}, 4)
    assert (silent, changed) == ([], set())
    assert 500 not in statuses(others)


def sectors(sent):
    """The forms that make a sector, and change one."""
    form = re.compile(r"/admin/projects/sector/(add|\d+/change)/")
    return [(path, typed) for path, typed in sent if form.fullmatch(path)]


def says(answer, state):
    """Whether an answer says in both languages what is wrong."""
    return answer.status == 503 and all(words in answer.words for words in SAID[state])


@contextmanager
def without_writes(state, environment):
    """The port of the site while its database is so."""
    address = environment["TEST_DATABASE_URL"]
    if ON_POSTGRESQL:
        execute(address, READ_ONLY if state == "read-only" else NO_ROOM)
    elif state == "read-only":
        environment = environment | {"DJANGO_SETTINGS_MODULE": "tests.proofs.read_only_file"}
    with ExitStack() as held:
        if not ON_POSTGRESQL and state == "full":
            held.enter_context(long_log(address.removeprefix("sqlite:///")))
        server, port = started(environment, log=subprocess.DEVNULL)
        held.callback(server.wait, timeout=30)
        held.callback(server.terminate)
        if not ON_POSTGRESQL and state == "full":
            for process in processes(server.pid):
                resource.prlimit(process, resource.RLIMIT_FSIZE, (MIB // 2, MIB // 2))
        yield port


@contextmanager
def long_log(path):
    """SQLite's log longer than a MiB, and not begun anew: somebody reads what was before it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(path, isolation_level=None)) as writer:
            writer.execute("CREATE TABLE filling (bytes BLOB)")
            writer.execute("INSERT INTO filling VALUES (zeroblob(?))", [MIB])
            writer.execute("DROP TABLE filling")
        yield


def execute(address, statements):
    """Have PostgreSQL execute statements in a database."""
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(statements)


def processes(session):
    """All processes of a session."""
    for folder in Path("/proc").glob("[0-9]*"):
        if os.getsid(int(folder.name)) == session:
            yield int(folder.name)
