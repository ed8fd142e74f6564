"""A PostgreSQL primary and two streaming replicas of it, made for these tests alone."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import psycopg

from tests.cooperation.waiting import until

USER, DATABASE = "cooperation", "cooperation"
CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
shared_buffers = 16MB
max_wal_senders = 6
wal_keep_size = 256MB
wal_retrieve_retry_interval = 200ms
log_statement = all
log_line_prefix = ''
"""
READ = "SELECT sum(token) FROM projects_data_version"
"""What every page begins with; servers log it."""


def programs():
    """The folder of the newest PostgreSQL server's programs; None where there is none."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda path: int(path.parent.parent.name), default=None)
    return newest.parent if newest else None


class Server:
    """One server: its folder, its port, and what can happen to it."""

    def __init__(self, folder):
        self.folder = folder
        self.log = folder.with_suffix(".log")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    @property
    def address(self):
        return f"postgres://{USER}@127.0.0.1:{self.port}/{DATABASE}"

    def start(self):
        self.control("start", "-l", str(self.log), "-o", f"-p {self.port}")

    def stop(self, mode="immediate"):
        self.control("stop", "-m", mode)

    def control(self, what, *more):
        run("pg_ctl", what, "-s", "-w", "-D", str(self.folder), *more)

    def execute(self, statement, *parameters, database=DATABASE):
        """The first row of what a statement gives, if it gives any."""
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=USER, dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(statement, parameters or None)
            return cursor.fetchone() if cursor.description else None

    def reads(self):
        """How many pages it was read for since it was made."""
        return self.log.read_text(encoding="utf-8", errors="replace").count(READ)

    def follow(self, primary):
        """Become a replica of a server, as it is now."""
        shutil.rmtree(self.folder, ignore_errors=True)
        source = f"host=127.0.0.1 port={primary.port} user={USER}"
        run("pg_basebackup", "-D", str(self.folder), "-R", "-c", "fast", "-N", "-d", source)
        self.start()


class Cluster:
    """The three servers."""

    def __init__(self, folder):
        self.primary, *self.replicas = (
            Server(folder / name) for name in ("primary", "replica1", "replica2")
        )

    def begin(self):
        """The primary alone, with an empty database."""
        run("initdb", "-D", str(self.primary.folder), "-U", USER, "-A", "trust", "-N", "-E", "UTF8")
        with open(self.primary.folder / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(CONFIGURATION)
        self.primary.start()
        self.primary.execute(f"CREATE DATABASE {DATABASE}", database="postgres")

    def replicate(self):
        for replica in self.replicas:
            replica.follow(self.primary)

    def end(self):
        for server in (*self.replicas, self.primary):
            if (server.folder / "postmaster.pid").exists():
                server.stop()

    def reads(self):
        """How many pages each server was read for: the primary, then the replicas."""
        return [server.reads() for server in (self.primary, *self.replicas)]

    def followed(self):
        """Wait until the replicas have all that the primary has."""
        (position,) = self.primary.execute("SELECT pg_current_wal_flush_lsn()::text")
        statement = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
        until(lambda: all(one.execute(statement, position)[0] for one in self.replicas))


def run(program, *arguments):
    """Run one of PostgreSQL's programs, as its own user where this one may do everything."""
    as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
    subprocess.run(
        [programs() / program, *arguments],
        check=True, stdout=subprocess.DEVNULL, cwd="/", env=os.environ | {"LC_ALL": "C.UTF-8"},
        **(as_user if os.getuid() == 0 else {}),
    )  # fmt: skip
