"""PostgreSQL servers made for tests alone: one, or a primary and two streaming replicas of it."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.cooperation.waiting import until

USER, DATABASE = "cooperation", "cooperation"
CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = 16MB
max_wal_senders = 6
wal_keep_size = 256MB
wal_retrieve_retry_interval = 200ms
log_line_prefix = ''
"""
QUICK = """
fsync = off
log_statement = all
"""
READ = "SELECT sum(token) FROM projects_data_version"
"""What every page begins with; servers log it."""


def programs():
    """The folder of the newest PostgreSQL server's programs; None where there is none."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda path: int(path.parent.parent.name), default=None)
    return newest.parent if newest else None


@contextmanager
def a_folder():
    """A folder for servers; not in pytest's own, which their user may not enter."""
    folder = Path(tempfile.mkdtemp(prefix="cooperation-cluster-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


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

    def create(self, more=""):
        """Make its folder and an empty database, and start; more lines for its configuration."""
        run("initdb", "-D", str(self.folder), "-U", USER, "-A", "trust", "-N", "-E", "UTF8")
        with open(self.folder / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(CONFIGURATION + more)
        self.start()
        self.execute(f"CREATE DATABASE {DATABASE}", database="postgres")

    def start(self):
        self.control("start", "-l", str(self.log), "-o", f"-p {self.port}")

    def stop(self, mode="immediate"):
        self.control("stop", "-m", mode)

    def kill(self):
        """End all its processes at once, none of which can write another byte."""
        pid = int((self.folder / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        # Held, it begins no process, and none of its own finds it gone.
        os.kill(pid, signal.SIGSTOP)
        processes = [pid, *map(int, children(pid).read_text(encoding="utf-8").split())]
        for process in processes:
            os.kill(process, signal.SIGKILL)
        until(lambda: not any(map(runs, processes)))
        # It refuses to start while its number is taken, such as by an exit that nobody reads.
        (self.folder / "postmaster.pid").unlink()

    def end(self):
        if (self.folder / "postmaster.pid").exists():
            self.stop()

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
        self.primary.create(QUICK)

    def replicate(self):
        for replica in self.replicas:
            replica.follow(self.primary)

    def end(self):
        for server in (*self.replicas, self.primary):
            server.end()

    def reads(self):
        """How many pages each server was read for: the primary, then the replicas."""
        return [server.reads() for server in (self.primary, *self.replicas)]

    def followed(self):
        """Wait until the replicas have all that the primary has."""
        (position,) = self.primary.execute("SELECT pg_current_wal_flush_lsn()::text")
        statement = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
        until(lambda: all(one.execute(statement, position)[0] for one in self.replicas))


def children(pid):
    """Where Linux lists what a process of one thread has begun."""
    return Path(f"/proc/{pid}/task/{pid}/children")


def runs(pid):
    """Whether a process is there, and not only its exit for somebody to read."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return words.rpartition(")")[2].split()[0] != "Z"


def run(program, *arguments):
    """Run one of PostgreSQL's programs, as its own user where this one may do everything."""
    as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
    subprocess.run(
        [programs() / program, *arguments],
        check=True, stdout=subprocess.DEVNULL, cwd="/", env=os.environ | {"LC_ALL": "C.UTF-8"},
        **(as_user if os.getuid() == 0 else {}),
    )  # fmt: skip
