"""Streaming replicas of the server of a run, on this machine; gone with the context."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.postgresql import PREFERRED, servers
from benchmarks.processes import free_port, run

USER = "postgres"
"""Debian's user of the server, as whom it is run by root: as root itself it does not run."""
CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
"""
EVERYBODY_HERE = "host all all 127.0.0.1/32 trust\n"


@contextmanager
def running_replicas(server: str, many: int) -> Iterator[tuple[str, ...]]:
    """The addresses of so many replicas of a server, as its own is: without a database's name."""
    folder = Path(tempfile.mkdtemp(prefix="cooperation-replicas-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, USER, USER)
        with ExitStack() as running:
            named = (str(number) for number in range(many))
            yield tuple(running.enter_context(_running(server, folder / name)) for name in named)
    finally:
        shutil.rmtree(folder)


@contextmanager
def _running(server: str, folder: Path) -> Iterator[str]:
    _program("pg_basebackup", "-D", folder, "-R", "-c", "fast", "-d", server)
    # Debian keeps these beside its own servers and not in the folder that was copied.
    (folder / "postgresql.conf").write_text(CONFIGURATION)
    (folder / "pg_hba.conf").write_text(EVERYBODY_HERE)
    (folder / "pg_ident.conf").touch()
    port, where = free_port(), ("-s", "-w", "-D", folder)
    _program("pg_ctl", "start", *where, "-o", f"-p {port}", "-l", folder.with_suffix(".log"))
    try:
        yield f"postgres://{urlsplit(server).username}@127.0.0.1:{port}"
    finally:
        _program("pg_ctl", "stop", *where, "-m", "immediate")


def _program(name: str, *words: str | Path) -> None:
    """Runs one of the server's programs as its own user."""
    version = PREFERRED if PREFERRED in servers() else max(servers(), key=int)
    program = Path("/usr/lib/postgresql", version, "bin", name)
    as_user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
    run([*(as_user if os.getuid() == 0 else []), program, *words], folder=Path("/"))
