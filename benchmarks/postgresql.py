"""A PostgreSQL server for one run, by Debian's pg_virtualenv; gone when its input closes."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import CommandFailed

PREFERRED = "15"
MISSING = (
    "pg_virtualenv and a PostgreSQL server are not installed "
    "(on Debian and Ubuntu: apt install postgresql postgresql-common)"
)
# Says where it is, then waits until this process closes the pipe or is no more.
ITS_ADDRESS = "echo postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT; exec cat"


def servers() -> set[str]:
    """The versions of PostgreSQL whose server is installed."""
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return {file.parent.parent.name for file in folders}


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a server as Debian sets it up, without a database's name; empty if none."""
    virtualenv, versions = shutil.which("pg_virtualenv"), servers()
    if not virtualenv or not versions:
        yield ""
        return
    version = ["-v", PREFERRED] if PREFERRED in versions else []
    # pg_virtualenv switches fsync off; what is written here is written as in production.
    command = [virtualenv, *version, "-t", "-o", "fsync=on", "sh", "-c", ITS_ADDRESS]
    server = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert server.stdin and server.stdout
    try:
        said = []
        for line in server.stdout:
            if line.startswith("postgres://"):
                break
            said.append(line)
        else:
            raise CommandFailed(f"pg_virtualenv: {''.join(said)}")
        yield line.strip()
    finally:
        server.stdin.close()
        server.wait()
