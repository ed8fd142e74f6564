"""The file of all investments out of PostgreSQL, against its own shell and against peers."""

from collections.abc import Iterator
from statistics import median

from benchmarks.client import Answer, BadAnswer, Client
from benchmarks.databases import Database
from benchmarks.marks import CSV_MEMORY, CSV_PEER, CSV_POSTGRESQL
from benchmarks.peers.measuring import peers
from benchmarks.processes import own_seconds
from benchmarks.run import Run
from benchmarks.sites import Memory, Site, running_site
from benchmarks.table import Row, marked, unmeasured

FILE = "/investments.csv"
WARMING = ("/projects/", "/sectors.csv", "/investments.csv?q=nothing+like+this")
MILLION = 1_000_000
CHECKED = "CSV of all investments, PostgreSQL"
BUSY = 0.7


def csv_files(run: Run) -> Iterator[Row]:
    """Our export beside `\\copy` of its own SELECT, its memory, and what peers take."""
    with running_site(run.large) as site:
        select = run.large.inside("select", name="investments")
        ours, theirs, risen, busy = [], [], [], []
        for _ in range(run.size.files):
            theirs.append(copied(run.large, select))
            memory, spent = _warmed(site), own_seconds()
            ours.append(exported(site))
            busy.append((own_seconds() - spent) / ours[-1].seconds)
            risen.append(memory.risen())
    rows = ours[0].lines - 1
    seconds, shell = median(one.seconds for one in ours), median(theirs)
    rate = rows / seconds
    beside = f"{rows} rows, {ours[0].size / 1e6:.0f} MB: {seconds:.1f} s against {shell:.1f} s, "
    beside += f"{rate:.0f} rows/s against {rows / shell:.0f}"
    if max(busy) > BUSY:
        beside += f"; the reader itself was busy {max(busy):.0%} of the time"
    yield marked(f"{CHECKED}, against \\copy", seconds / shell, CSV_POSTGRESQL, beside)
    beside = "the worker that rose most, above what it held after some pages and small files"
    yield marked("worker's memory during it, above idle", max(risen) / 1e6, CSV_MEMORY, beside)
    for name, peer in peers(run).items():
        if isinstance(peer, str):
            yield unmeasured(f"{CHECKED}, against {name}", peer)
            continue
        beside = f"{rate:.0f} rows/s against {peer.rate:.0f} at {peer.rows} rows, "
        beside += f"whose memory rose by {peer.memory / 1e6:.0f} MB"
        ratio = rate / peer.rate
        what = f"{CHECKED}, faster than {name}"
        if name == "django-tables2":
            yield marked(what, ratio, CSV_PEER, beside)
        else:
            yield Row(what, ratio, "×", beside=beside)


def copied(database: Database, select: str) -> float:
    """The seconds that PostgreSQL's shell takes to write a SELECT as CSV, and throw it away."""
    return database.psql(f"\\copy ({select}) TO '/dev/null' WITH (FORMAT csv, HEADER)").seconds


def exported(site: Site) -> Answer:
    """The whole file of investments, read at full speed."""
    answer = Client(site.port).download(FILE)
    if answer.status != 200:
        raise BadAnswer(f"{FILE} answers {answer.status}")
    return answer


def _warmed(site: Site) -> Memory:
    """The memory of workers that have answered before, as each has after its first minutes."""
    for path in WARMING * len(site.workers) * 2:
        # Each time another connection, so that it is not always the same worker.
        Client(site.port).download(path)
    return Memory(site.workers)
