"""What peers take to export the same investments, each in the environment of the peers."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.client import Answer, BadAnswer, Client
from benchmarks.databases import Database, say
from benchmarks.peers.tables import drop_on_postgresql, on_postgresql, on_sqlite
from benchmarks.processes import CommandFailed, children, free_port, run
from benchmarks.run import Run
from benchmarks.sites import Memory, running

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Peer:
    """A file of so many rows: in how many seconds, and by how much the memory rose."""

    rows: int
    seconds: float
    memory: int

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds


def peers(run: Run) -> dict[str, Peer | str]:
    """What each peer takes, or why that is not known."""
    try:
        environment = installed(run.databases.folder)
        on_postgresql(run.large, run.size.peer_rows)
    except CommandFailed as error:
        return {"its peers": f"they could not be set up: {error}"}
    measured: dict[str, Callable[[], Peer]] = {
        "django-tables2": lambda: tables2(environment, run.large),
        "django-import-export": lambda: import_export(environment, run.large),
        "Datasette, one bare table": lambda: datasette(environment, run),
    }
    found = {name: outcome(name, measure) for name, measure in measured.items()}
    drop_on_postgresql(run.large)
    return found


def outcome(name: str, measure: Callable[[], Peer]) -> Peer | str:
    """What one peer takes, or why it broke off."""
    say(f"Exporting with {name} …")
    try:
        return measure()
    except (CommandFailed, BadAnswer, OSError) as error:
        return str(error)


def installed(folder: Path) -> Path:
    """The folder of the programs of an environment that holds the peers and nothing of ours."""
    environment = folder / "peers"
    if not environment.exists():
        say("Installing the peers …")
        run([sys.executable, "-m", "venv", environment])
        pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        run([*pip, "--disable-pip-version-check", "-r", HERE / "requirements.txt"])
    return environment / "bin"


def variables(database: Database) -> dict[str, str]:
    """How the peers' project reaches the copied tables."""
    address = urlsplit(database.url)
    return {
        "DJANGO_SETTINGS_MODULE": "peer.settings",
        "PYTHONPATH": str(HERE),
        "TMPDIR": str(database.folder),
        "PGHOST": address.hostname or "",
        "PGPORT": str(address.port or ""),
        "PGUSER": address.username or "",
        "PGPASSWORD": address.password or "",
        "PGDATABASE": address.path.lstrip("/"),
    }


def tables2(environment: Path, database: Database) -> Peer:
    """The export of django-tables2's own view, behind the same server."""
    port = free_port()
    server = ["-m", "gunicorn", "--no-control-socket", "--timeout", "3600", "peer.wsgi"]
    command = [str(environment / "python"), *server, "--bind", f"127.0.0.1:{port}"]
    with running(command, port, variables(database)) as pid:
        memory = Memory(children(pid))
        return _peer(Client(port).download("/?_export=csv"), memory)


def import_export(environment: Path, database: Database) -> Peer:
    """The export of a resource, without a server in front of it."""
    done = run([environment / "python", "-m", "peer.resource"], variables(database))
    found = json.loads(done.output.splitlines()[-1])
    return Peer(found["lines"] - 1, found["seconds"], done.peak)


def datasette(environment: Path, run: Run) -> Peer:
    """The streamed CSV of one table of SQLite, unjoined."""
    folder, port = run.databases.folder, free_port()
    run.databases.sqlite(run.size.projects)
    file = folder / "peer.sqlite3"
    if not file.exists():
        on_sqlite(run.databases.sqlite_file(run.size.projects), file, run.size.peer_rows)
    command = [str(environment / "datasette"), "serve", str(file), "-p", str(port)]
    with running([*command, "--setting", "max_csv_mb", "0"], port, {"TMPDIR": str(folder)}) as pid:
        memory = Memory([pid])
        path = "/peer/peer_investment.csv?_stream=on&_size=max"
        return _peer(Client(port).download(path), memory)


def _peer(answer: Answer, memory: Memory) -> Peer:
    if answer.status != 200:
        raise BadAnswer(f"it answers {answer.status}")
    return Peer(answer.lines - 1, answer.seconds, memory.risen())
