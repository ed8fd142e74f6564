"""The databases of a run: the shipped facts or a made-up portfolio, made when first asked for."""

import json
import sqlite3
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.postgresql import MISSING
from benchmarks.processes import Done, run
from benchmarks.table import Unmeasured

PYTHON = sys.executable
SHIPPED = 0
"""So many made-up projects stand for the shipped facts."""


@dataclass(frozen=True)
class Database:
    """One database of the site, and the site's own commands on it."""

    url: str
    folder: Path
    replicas: tuple[str, ...] = ()
    """The addresses of the databases from which visitors are answered instead."""

    @property
    def variables(self) -> dict[str, str]:
        """What the site's processes are told, whatever the caller's environment says."""
        return {
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "BENCH_FOLDER": str(self.folder),
            "TMPDIR": str(self.folder),
            "SECRET_KEY": "only for measuring, never for a site",
            "DEBUG": "off",
            "BROWSING": "public",
            "LANGUAGE_CODE": "zh-hans",
            "TIME_ZONE": "Asia/Shanghai",
            "TRUSTED_PROXIES": "0",
            "ALLOWED_HOSTS": "127.0.0.1",
            "PUBLIC_URL": "http://127.0.0.1",
            "DJANGO_SUPERUSER_PASSWORD": "only for measuring",
            "CACHE_URL": "",
            "REPLICA_URLS": ",".join(self.replicas),
        }

    def manage(self, *words: str | Path) -> Done:
        """Runs a command of `manage.py`."""
        return run([PYTHON, "manage.py", *words], self.variables)

    def inside(self, task: str, **given: Any) -> Any:
        """What a task of `benchmarks.inside` finds out of the site's own code on this database."""
        done = run([PYTHON, "-m", "benchmarks.inside", task, json.dumps(given)], self.variables)
        return json.loads(done.output.splitlines()[-1])

    def psql(self, statement: str) -> Done:
        """Runs a statement in PostgreSQL's own shell."""
        return run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", statement, self.url])


@dataclass
class Databases:
    """Every database of a run; `server` is the address of PostgreSQL, empty where there is none."""

    server: str
    folder: Path
    generated: dict[int, float] = field(default_factory=dict)
    """In how many seconds a portfolio of so many projects was stored on PostgreSQL."""
    _made: dict[str, Database] = field(default_factory=dict)

    def postgresql(self, projects: int) -> Database:
        """A database on PostgreSQL, as autovacuum leaves it some minutes after it is filled."""
        name = f"projects_{projects}"
        if name not in self._made:
            database = self.empty(name)
            self._fill(database, projects)
            database.psql("VACUUM (ANALYZE)")
            database.psql("CHECKPOINT")
            self._made[name] = database
        return self._made[name]

    def empty(self, name: str) -> Database:
        """A database on PostgreSQL without tables."""
        if not self.server:
            raise Unmeasured(MISSING)
        server = Database(f"{self.server}/postgres", self.folder)
        # One that could not be filled may be there still.
        server.psql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.psql(f"CREATE DATABASE {name}")
        return Database(f"{self.server}/{name}", self.folder)

    def sqlite(self, projects: int) -> Database:
        """A database on SQLite."""
        file = self.sqlite_file(projects)
        if file.name not in self._made:
            database = Database(f"sqlite:///{file}", self.folder)
            self._fill(database, projects)
            with sqlite3.connect(file) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            self._made[file.name] = database
        return self._made[file.name]

    def sqlite_file(self, projects: int) -> Path:
        """Where that database is."""
        return self.folder / f"projects_{projects}.sqlite3"

    def _fill(self, database: Database, projects: int) -> None:
        where = "SQLite" if database.url.startswith("sqlite") else "PostgreSQL"
        if projects == SHIPPED:
            say(f"Preparing a site with the shipped facts on {where} …")
        else:
            say(f"Making up {projects} projects on {where} …")
            database.manage("migrate", "--verbosity", "0")
            # While it is empty; `prepare` would do it when it is full.
            database.manage("derive")
            done = database.manage("generate_portfolio", "--projects", str(projects))
            say(f"  {done.output.strip()} ({done.seconds:.0f} s)")
            if where == "PostgreSQL":
                self.generated[projects] = done.seconds
        database.manage("prepare")


def say(line: str) -> None:
    """One line of progress, beside the table, which goes to standard output."""
    print(line, file=sys.stderr, flush=True)
