"""The machine and the versions on which the figures were taken."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

from benchmarks.databases import Databases
from benchmarks.processes import CommandFailed, run

PACKAGES = ("Django", "psycopg", "gunicorn", "django-tables2", "django-filter")


def machine(databases: Databases) -> list[str]:
    """Lines that say what the figures depend on."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        f"{os.cpu_count()} CPUs ({_processor()}), {_memory()} of memory, "
        f"load {', '.join(f'{load:.1f}' for load in os.getloadavg())}",
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, PostgreSQL {_postgresql(databases.server)}",
        packages,
        f"commit {_commit()}",
    ]


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> str:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 1024**3:.0f} GiB"


def _postgresql(server: str) -> str:
    if not server:
        return "not installed"
    return run(["psql", "-AtX", "-c", "SHOW server_version", f"{server}/postgres"]).output.split()[
        0
    ]


def _commit() -> str:
    try:
        return run(["git", "describe", "--always", "--dirty"]).output.strip()
    except (CommandFailed, OSError):
        return "unknown"
