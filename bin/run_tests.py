"""All tests, in three legs: on SQLite, on PostgreSQL, in a real browser.

Says plainly what it skipped and why; with CI=true a leg that would be skipped fails.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import environment
from chromium import find_chromium
from environment import PYTHON, ROOT

PYTEST = [str(PYTHON), "-m", "pytest"]
# A process a core, each with a database of its own; four have most of what there is to gain.
# Tests that name a group share what was made for it.
IN_PARALLEL = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadgroup"]
PREFERRED_POSTGRESQL = "15"
# pg_virtualenv names its server in PG… variables; $0 and $@ are the command that follows.
ON_ITS_SERVER = (
    'TEST_DATABASE_URL=postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE exec "$0" "$@"'
)


class Skipped(Exception):
    """A leg cannot run here; the message says why, and what would let it."""


def main() -> int:
    """Runs every leg, then sums up; 0 when none failed."""
    environment.prepare("requirements-dev.txt")
    legs = {"SQLite": on_sqlite, "PostgreSQL": on_postgresql, "Browser": in_browser}
    outcomes = {name: outcome(name, leg) for name, leg in legs.items()}
    environment.say("")
    for name, words in outcomes.items():
        environment.say(f"{name}: {words}")
    return int(any(words.startswith("failed") for words in outcomes.values()))


def outcome(name: str, leg: Callable[[], int]) -> str:
    """Runs one leg: `passed`, `failed …` or `skipped …`."""
    environment.say(f"\n=== {name} ===")
    try:
        code = leg()
    except Skipped as reason:
        if os.environ.get("CI") == "true":
            return f"failed, as CI may skip nothing: {reason}"
        return f"skipped: {reason}"
    return f"failed (pytest ended with {code})" if code else "passed"


def on_sqlite() -> int:
    """The suite on SQLite in memory."""
    return pytest([*PYTEST, *IN_PARALLEL], TEST_DATABASE_URL="")


def on_postgresql() -> int:
    """The suite on the server of TEST_DATABASE_URL, or on one made for this run."""
    if os.environ.get("TEST_DATABASE_URL"):
        return pytest([*PYTEST, *IN_PARALLEL])
    virtualenv = shutil.which("pg_virtualenv")
    servers = {
        folder.parent.parent.name for folder in Path("/usr/lib/postgresql").glob("*/bin/initdb")
    }
    if not virtualenv or not servers:
        raise Skipped(
            "pg_virtualenv and a PostgreSQL server are not installed (on Debian and Ubuntu: "
            "apt install postgresql postgresql-common), and TEST_DATABASE_URL is not set."
        )
    version = ["-v", PREFERRED_POSTGRESQL] if PREFERRED_POSTGRESQL in servers else []
    throwaway = [virtualenv, *version, "-t", "-o", "fsync=off"]
    return pytest([*throwaway, "sh", "-c", ON_ITS_SERVER, *PYTEST, *IN_PARALLEL])


def in_browser() -> int:
    """The tests marked `browser`, on SQLite in a file.

    In memory all threads of the site would share one connection, and with it one transaction.
    """
    chromium = find_chromium()
    if not chromium:
        raise Skipped(
            "no Chromium was found (on Debian and Ubuntu: apt install chromium fonts-noto-cjk); "
            "CHROMIUM may name one."
        )
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/browser.sqlite3"
        return pytest([*PYTEST, "-m", "browser"], TEST_DATABASE_URL=url, CHROMIUM=chromium)


def pytest(command: "list[str]", **variables: str) -> int:
    """Runs the command in the project's folder, and returns its exit code."""
    return subprocess.run(command, cwd=ROOT, env=os.environ | variables, check=False).returncode


if __name__ == "__main__":
    environment.end_with(main)
