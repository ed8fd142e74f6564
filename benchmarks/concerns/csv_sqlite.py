"""The file of all investments out of SQLite, against the shell `sqlite3`."""

import shutil
from collections.abc import Iterator
from statistics import median

from benchmarks.concerns.csv_files import exported
from benchmarks.marks import CSV_SQLITE
from benchmarks.processes import run as run_command
from benchmarks.run import Run
from benchmarks.sites import running_site
from benchmarks.table import Row, Unmeasured, marked

NAME = "CSV of all investments, SQLite, against the sqlite3 shell"
MISSING = "the shell sqlite3 is not installed (on Debian and Ubuntu: apt install sqlite3)"


def csv_sqlite(run: Run) -> Iterator[Row]:
    """Our export beside the CSV that the shell writes of its own SELECT."""
    shell = shutil.which("sqlite3")
    if not shell:
        raise Unmeasured(MISSING)
    database = run.databases.sqlite(run.size.projects)
    select = database.inside("select", name="investments")
    file = run.databases.sqlite_file(run.size.projects)
    command = f'exec "{shell}" -readonly -header -csv "{file}" > /dev/null'
    ours, theirs = [], []
    with running_site(database) as site:
        for _ in range(run.size.files):
            theirs.append(run_command(["sh", "-c", command], given=f"{select};\n").seconds)
            ours.append(exported(site))
    rows, seconds, other = ours[0].lines - 1, median(one.seconds for one in ours), median(theirs)
    beside = f"{rows} rows: {seconds:.1f} s against {other:.1f} s, "
    beside += f"{rows / seconds:.0f} rows/s against {rows / other:.0f}"
    yield marked(NAME, seconds / other, CSV_SQLITE, beside)
