"""The site behind gunicorn, as in production."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from benchmarks.client import Client
from benchmarks.databases import PYTHON, Database
from benchmarks.processes import (
    ROOT,
    CommandFailed,
    children,
    forget_peak,
    free_port,
    peak,
    resident,
)

PATIENCE = 60
"""How many seconds the site may take to answer first."""


@dataclass(frozen=True)
class Site:
    """A site that runs."""

    port: int
    pid: int

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        return children(self.pid)


@contextmanager
def running_site(database: Database) -> Iterator[Site]:
    """The site on a database, with as many workers as in production; stopped in the end."""
    port = free_port()
    command = [PYTHON, "-m", "gunicorn", "--config", "python:cooperation.serving"]
    with running([*command, "--bind", f"127.0.0.1:{port}"], port, database.variables) as pid:
        yield Site(port, pid)


@contextmanager
def running(command: list[str], port: int, variables: dict[str, str]) -> Iterator[int]:
    """The process of a server that answers on a port; stopped in the end."""
    with TemporaryFile("w+") as said:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            _wait_for(port, server, said)
            yield server.pid
        finally:
            server.terminate()
            try:
                server.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_for(port: int, server: "subprocess.Popen[bytes]", said: IO[str]) -> None:
    client, end = Client(port), time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            client.get("/healthz")
            client.close()
            return
        except OSError:
            time.sleep(0.1)
    said.seek(0)
    raise CommandFailed(f"The server did not start: {said.read()[-600:]}")


class Memory:
    """How far the memory of the workers that take part rises above what they hold when idle."""

    def __init__(self, workers: list[int]) -> None:
        self.idle = {pid: resident(pid) for pid in workers}
        for pid in workers:
            forget_peak(pid)

    def risen(self) -> int:
        """The bytes of the worker that rose most."""
        return max(peak(pid) - idle for pid, idle in self.idle.items())
