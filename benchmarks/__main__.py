"""`python -m benchmarks FOLDER`: everything that SIZE and ONLY ask, in a folder that goes after."""

import os
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter

from benchmarks.client import BadAnswer
from benchmarks.concerns.as_of import as_of
from benchmarks.concerns.browsers import browsers
from benchmarks.concerns.csv_files import csv_files
from benchmarks.concerns.csv_sqlite import csv_sqlite
from benchmarks.concerns.dashboard import dashboard
from benchmarks.concerns.everything import everything
from benchmarks.concerns.generating import generating
from benchmarks.concerns.importing import importing
from benchmarks.concerns.lists import lists
from benchmarks.concerns.queries import queries
from benchmarks.concerns.replicas import replicas
from benchmarks.concerns.revalidation import revalidation
from benchmarks.concerns.walking import walking
from benchmarks.databases import Databases, say
from benchmarks.machine import machine
from benchmarks.postgresql import running_server
from benchmarks.processes import CommandFailed
from benchmarks.run import Concern, Run
from benchmarks.sizes import UnknownSize, read_size
from benchmarks.table import Row, Unmeasured, broken, exit_code, summary, table, unmeasured

CONCERNS: dict[str, Concern] = {
    "csv": csv_files,
    "sqlite": csv_sqlite,
    "dashboard": dashboard,
    "lists": lists,
    "everything": everything,
    "revalidation": revalidation,
    "queries": queries,
    "walk": walking,
    "as_of": as_of,
    "import": importing,
    "generate": generating,
    "browsers": browsers,
    "replicas": replicas,
}


def main(folder: Path, variables: Mapping[str, str] = os.environ) -> int:
    """Measures, prints the table, and says by the exit code whether all marks are met."""
    name, size = read_size(variables)
    concerns = asked(variables.get("ONLY", ""))
    start = perf_counter()
    with running_server() as server:
        databases = Databases(server, folder)
        lines = machine(databases)
        rows = [row for concern in concerns for row in measured(concern, Run(size, databases))]
    print(table(rows))
    print(f"\n{summary(rows)}\n")
    print("\n".join([f"Size: {name}, measured in {perf_counter() - start:.0f} s", *lines]))
    return exit_code(rows)


def asked(only: str) -> list[str]:
    """The concerns that ONLY names, or all of them."""
    names = [name for name in only.split(",") if name]
    for name in names:
        if name not in CONCERNS:
            raise UnknownSize(f"ONLY={only}: {name} is none of {', '.join(CONCERNS)}.")
    return names or list(CONCERNS)


def measured(name: str, run: Run) -> Iterator[Row]:
    """The rows of a concern; where it breaks off, a row that says why."""
    say(f"\n=== {name} ===")
    start = perf_counter()
    try:
        for row in CONCERNS[name](run):
            say(f"{row.what}: {row.figure} {row.unit} {row.beside}")
            yield row
    except Unmeasured as reason:
        yield unmeasured(name, reason)
    except Exception as error:
        say(f"Broken off: {error}")
        if not isinstance(error, CommandFailed | BadAnswer):
            traceback.print_exc()
        yield broken(name, f"{type(error).__name__}: {error}")
    say(f"({perf_counter() - start:.0f} s)")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main(Path(sys.argv[1])))
    except UnknownSize as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(1)
