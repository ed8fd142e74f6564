"""Commands that are run, and the memory that processes take."""

import os
import resource
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.table import Unmeasured

ROOT = Path(__file__).resolve().parent.parent
MOST_WORDS = 600
"""How much of what a command said is repeated where it failed."""


class CommandFailed(Exception):
    """A command ended badly; the message has the end of what it said."""


@dataclass(frozen=True)
class Done:
    """A command that ended well: what it printed, how long it took, its memory's peak in bytes."""

    output: str
    seconds: float
    peak: int


def run(
    command: Sequence[str | Path],
    variables: Mapping[str, str] | None = None,
    given: str = "",
    folder: Path = ROOT,
) -> Done:
    """Runs a command to its end."""
    start = perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | dict(variables or {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        assert process.stdin and process.stdout
        process.stdin.write(given)
        process.stdin.close()
        output = process.stdout.read()
        # Waited for by hand, as only this says how much memory that very process took.
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise CommandFailed(f"{Path(command[0]).name}: {output.strip()[-MOST_WORDS:]}")
    return Done(output, perf_counter() - start, usage.ru_maxrss * 1024)


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    file = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        return [int(word) for word in file.read_text().split()]
    except OSError as error:
        raise Unmeasured(f"this system has no {file.name} in /proc") from error


def resident(pid: int) -> int:
    """The bytes of memory that a process holds now."""
    return _status(pid, "VmRSS")


def peak(pid: int) -> int:
    """The most bytes of memory that a process held since its peak was forgotten."""
    return _status(pid, "VmHWM")


def forget_peak(pid: int) -> None:
    """Lets the peak of a process's memory begin anew from what it holds now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _status(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError as error:
        raise Unmeasured("this system does not say what memory a process has") from error
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


def own_seconds() -> float:
    """The processor's time that this process has taken."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
