"""Another process of the site that writes when it is told to."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.databases import PYTHON, Database
from benchmarks.processes import ROOT, CommandFailed


class Writer:
    """Changes one investment at a time, by `save()` as the admin does."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def write(self) -> None:
        """Changes the next investment; returns when that is committed."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write("write\n")
        self._process.stdin.flush()
        if self._process.stdout.readline().strip() != "written":
            raise CommandFailed("The process that writes ended.")


@contextmanager
def running_writer(database: Database) -> Iterator[Writer]:
    """A process that writes into the database; it ends when its input does."""
    process = subprocess.Popen(
        [PYTHON, "-m", "benchmarks.inside", "write", "{}"],
        cwd=ROOT,
        env=os.environ | database.variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Writer(process)
    finally:
        process.communicate()
