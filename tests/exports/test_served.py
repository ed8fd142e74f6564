"""Files from a real server while others write: slow readers, readers that go, one snapshot."""

import http.client
import os
import socket
import sqlite3
import time
from urllib.parse import urlsplit

import pytest

from tests.admin.test_simultaneous_saves import (  # noqa: F401  # fixtures
    database,
    environment,
    served,
    told_by,
)
from tests.cooperation.waiting import until

ROWS = 20_000
SETTINGS = """
import json, threading, django
django.setup()
from django.core.management import call_command
from django.db import connection
from projects.models import Sector
"""
# Fourteen megabytes: more than what lies in the buffers between server and reader.
PREPARE = f"""{SETTINGS}
call_command("migrate", verbosity=0)
name = "名" * 200
Sector.objects.bulk_create(
    [Sector(slug=f"s{{number}}", name_zh=name, name_en="after") for number in range({ROWS})],
    batch_size=1000,
)
print(json.dumps(Sector.objects.count()))
"""
SAVES = 100
SAVE = f"""{SETTINGS}
import time
def save(number):
    begun = time.monotonic()
    Sector.objects.create(slug=f"written-meanwhile-{{number}}", name_en="Written meanwhile")
    return time.monotonic() - begun
print(json.dumps([save(number) for number in range({SAVES})]))
"""
SNAPSHOT = f"""{SETTINGS}
from datetime import date
from io import BytesIO
from projects.exports import EXPORTS, table, write, writing
from projects.models import Investment, Project, Source
from projects.parameters import Parameters
from projects.values.readers import Reader
from projects.values.scopes import Scope
call_command("migrate", verbosity=0)
source = Source.objects.create(slug="s", title="s", published="2020", draft=False)
made = [Project.objects.create(slug=f"p{{number}}", name_en="P") for number in range(4)]

def add():
    Investment.objects.create(
        key="late", project=made[3], source=source, amount_low=1, amount_high=1
    )
    connection.close()

class File(BytesIO):
    def write(self, part):
        if b"p0," in part:
            writer = threading.Thread(target=add)
            writer.start()
            writer.join()
        return super().write(part)

writing.CHUNK = 1
asked = Parameters(reader=Reader(date(2026, 1, 31)), scope=Scope(None, None), direct=False)
files = [File(), BytesIO()]
for file in files:
    write(EXPORTS["projects"], table("projects", asked), asked, file)
print(json.dumps([file.getvalue().decode("utf-8-sig") for file in files]))
"""


def others_at(address):
    """Whether a client still holds a connection (PostgreSQL) or a state (SQLite) of the database.

    PostgreSQL's own workers, such as those that vacuum, come and go as they like.
    """
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        with sqlite3.connect(parts.path) as own:
            busy, _pages, _moved = own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return bool(busy)
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(address) as own:
        return own.execute(
            "SELECT count(*) > 0 FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        ).fetchone()[0]


def slow_reader(port):
    """A connection that has asked for the file and reads hardly anything."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    reader.connect(("127.0.0.1", port))
    reader.sendall(b"GET /sectors.csv HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    assert b"200 OK" in reader.recv(1_024)
    return reader


def status(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/sectors.csv")
    answer = connection.getresponse()
    rows = answer.read().count(b"\r\n") - 1
    connection.close()
    return answer.status, rows


@pytest.mark.proof
def test_a_slow_reader_holds_up_nobody(environment, database, tmp_path, figure):  # noqa: F811
    told_by(PREPARE, environment)
    apart = {"TMPDIR": str(tmp_path), "WEB_CONCURRENCY": "2", "TEST_EXPORTS_AT_ONCE": "3"}

    with served(environment | apart) as port:
        readers = [slow_reader(port) for _ in range(3)]
        # A connection that was closed is there until its process has ended; the readers stay.
        until(lambda: not others_at(database))
        took = told_by(SAVE, environment)
        figure(
            "C6",
            "saves that waited while three clients hardly read their files",
            f"{sum(seconds >= 1 for seconds in took)} of {len(took)}",
            "at most 1 of 100 for a second",
        )
        # Who waited for a reader would wait for ever.
        assert max(took) < 10
        assert status(port)[0] == 429
        for reader in readers:
            reader.close()

        for _ in range(100):
            answer = status(port)
            if answer[0] == 200:
                break
            time.sleep(0.1)
        assert answer == (200, ROWS + SAVES)
        assert not [name for name in os.listdir(tmp_path) if name.startswith("tmp")]


@pytest.mark.proof
def test_a_file_tells_of_one_moment(environment, figure):  # noqa: F811
    """Python adds up what is promised for one project after the other; one is added meanwhile."""
    before, after = told_by(SNAPSHOT, environment)

    meanwhile = before.count(",1,1,0,")
    figure("C6", "rows of a file that tell of what was saved while it was written", meanwhile, "0")
    assert "p3" in before
    assert ",1,1,0," not in before
    assert ",1,1,0," in after
