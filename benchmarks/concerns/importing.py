"""How fast files of all tables are imported into an empty site, with history, in what memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread

import psycopg

from benchmarks.databases import say
from benchmarks.marks import IMPORT, IMPORT_MEMORY
from benchmarks.run import Run
from benchmarks.table import Row, marked

SMALLER = 4
"""Memory is compared with that of an import so many times smaller."""
ACCOUNT = "importer"
A_LOOK = 0.05
"""Every so many seconds the lock is looked at."""
HELD = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted)"


@dataclass(frozen=True)
class Import:
    """An import that went through."""

    rows: int
    seconds: float
    peak: int
    waiting: float
    """For how many seconds of it whoever else writes would have waited."""


def importing(run: Run) -> Iterator[Row]:
    """Rows a second of `import_tables`, and its memory against that of fewer rows."""
    few = imported(run, run.size.imported // SMALLER)
    many = imported(run, run.size.imported)
    beside = f"{many.rows} rows of all tables into an empty site in {many.seconds:.0f} s, "
    beside += f"{few.rows / few.seconds:.0f} rows/s at {few.rows} rows"
    yield marked("import_tables, PostgreSQL", many.rows / many.seconds, IMPORT, beside)
    beside = f"{many.peak / 1e6:.0f} MB against {few.peak / 1e6:.0f} MB at {few.rows} rows"
    yield marked("import_tables, its memory's peak", many.peak / few.peak, IMPORT_MEMORY, beside)
    beside = f"{many.waiting:.1f} s of {many.seconds:.1f} s"
    share = many.waiting / many.seconds * 100
    yield Row("import_tables, while which other writers wait", share, "%", beside=beside)


def imported(run: Run, projects: int) -> Import:
    """Takes a portfolio's files into a site that holds nothing."""
    folder = run.databases.folder / f"files_{projects}"
    folder.mkdir(exist_ok=True)
    files = run.databases.postgresql(projects).inside("files", folder=str(folder))
    site = run.databases.empty(f"import_{projects}")
    site.manage("migrate", "--verbosity", "0")
    site.manage("set_up_roles")
    account = ["--username", ACCOUNT, "--email", "importer@example.org"]
    site.manage("createsuperuser", "--no-input", *account)
    say(f"Importing {sum(files.values())} rows …")
    with watched_lock(site.url) as seen:
        done = site.manage("import_tables", "--user", ACCOUNT, "--publish", *files)
    return Import(sum(files.values()), done.seconds, done.peak, sum(seen) * A_LOOK)


@contextmanager
def watched_lock(url: str) -> Iterator[list[bool]]:
    """Looks again and again whether somebody has the lock under which writers derive."""
    seen: list[bool] = []
    over = Event()

    def watch() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not over.wait(A_LOOK):
                found = connection.execute(HELD).fetchone()
                seen.append(bool(found and found[0]))

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()
