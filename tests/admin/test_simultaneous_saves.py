"""Two saves of one form at the same instant, against a real server: exactly one is accepted.

The control, seen once: without the version in the condition of `Versioned._take_next_version`,
which leaves a guard that compares in the form and then saves, PostgreSQL accepted both in 193 of
200 rounds. On SQLite transactions follow each other (IMMEDIATE): there that guard is enough.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
REFUSED = "Nothing was saved: this was changed since you opened it."

# Makes the record and the session of an editor, and says how they are named.
PREPARE = """
import json, django
django.setup()
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from projects.models import Sector
call_command("migrate", verbosity=0)
editor = User.objects.create_superuser("editor", password="only for tests")
client = Client()
client.force_login(editor)
row = Sector.objects.create(slug="sector", name_en="Sector")
print(json.dumps([row.pk, client.cookies[settings.SESSION_COOKIE_NAME].value]))
"""
COUNT = """
import json, django
django.setup()
from projects.models import Sector
row = Sector.objects.get(slug="sector")
states = row.history.order_by("history_id")
print(json.dumps([row.version, row.name_en, [[s.version, s.name_en] for s in states]]))
"""


@pytest.fixture
def database(tmp_path):
    """The address of an empty database of its own, of the kind the tests run on."""
    address = os.environ.get("TEST_DATABASE_URL")
    if not address:
        yield f"sqlite:///{tmp_path}/simultaneous.sqlite3"
        return
    psycopg = pytest.importorskip("psycopg")
    name = f"simultaneous_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
    yield urlsplit(address)._replace(path=f"/{name}").geturl()
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def environment(database):
    """The variables of a process that works on that database."""
    return os.environ | {
        "TEST_DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "WEB_CONCURRENCY": "4",
    }


def told_by(script, environment):
    """What a script says on its last line."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def started(environment, log=None):
    """A site that answers, in a session of its own: its first process, and its port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:cooperation.serving"]
    command += ["--bind", f"127.0.0.1:{port}", "--access-logfile", os.devnull]
    server = subprocess.Popen(
        command,
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True,
    )  # fmt: skip
    for _ in range(300):
        assert server.poll() is None, "the server ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    return server, port


@contextmanager
def served(environment, log=None):
    """The port of a site with four workers, which logs into a file."""
    server, port = started(environment, log)
    try:
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def post(port, path, session, typed):
    """Send a form, and give back the status and the words of the answer."""
    token = "t" * 32
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "Accept-Language": "en",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", path, urlencode(typed | {"csrfmiddlewaretoken": token}), headers)
    answer = connection.getresponse()
    said = answer.status, answer.read().decode()
    connection.close()
    return said


@pytest.mark.proof
@pytest.mark.xdist_group("simultaneous")
def test_exactly_one_of_two_is_accepted_each_time(environment, full_size, figure):
    rounds = 200 if full_size else 50
    pk, session = told_by(PREPARE, environment)
    path, together = f"/admin/projects/sector/{pk}/change/", Barrier(2)
    accepted = []

    def save(port, version, name):
        typed = {"slug": "sector", "name_en": name, "version": version}
        together.wait(timeout=60)
        status, page = post(port, path, session, typed)
        assert status == 302 or (status == 200 and REFUSED in page), (status, page[:500])
        return status == 302

    with served(environment) as port, ThreadPoolExecutor(2) as editors:
        for version in range(1, rounds + 1):
            names = [f"{editor} {version}" for editor in ("one", "two")]
            saves = [editors.submit(save, port, version, name) for name in names]
            won = [name for name, sent in zip(names, saves, strict=True) if sent.result()]
            if len(won) != 1:
                break
            accepted += won
    what = "rounds of two simultaneous saves before both or none were accepted"
    figure("D3", what, f"{len(accepted)} of {rounds}", "200 of 200")
    assert len(accepted) == rounds, won

    version, name, states = told_by(COUNT, environment)
    assert version == rounds + 1
    assert name == accepted[-1]
    assert states == [[1, "Sector"], *([n, name] for n, name in enumerate(accepted, 2))]
