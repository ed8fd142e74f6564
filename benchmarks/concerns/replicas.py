"""What two replicas take over of the reading, while an editor saves at the primary."""

from collections.abc import Iterator
from dataclasses import replace
from time import sleep

from benchmarks.concerns.browsers import saving
from benchmarks.databases import Database
from benchmarks.marks import BROWSERS_FAILED, REPLICAS_READ
from benchmarks.replicas import running_replicas
from benchmarks.run import Run
from benchmarks.sites import running_site
from benchmarks.table import Row, marked
from benchmarks.visitors import visit
from benchmarks.writer import running_writer

REPLICAS = 2
SETTLED = 3.0
"""After so many seconds a server has counted all that its connections did."""


def replicas(run: Run) -> Iterator[Row]:
    """How many transactions each server ended for visitors and an editor."""
    primary, many, seconds = run.counted, run.size.browsers, run.size.seconds / 5
    paths = primary.inside("addresses")
    server, _slash, name = primary.url.rpartition("/")
    with running_replicas(server, REPLICAS) as addresses:
        copies = [Database(f"{address}/{name}", primary.folder) for address in addresses]
        followed = replace(primary, replicas=tuple(one.url for one in copies))
        with running_site(followed) as site, running_writer(primary) as writer:
            visit(site.port, paths, many, seconds / 5)
            before = _read(primary, *copies)
            with saving(writer):
                visits = visit(site.port, paths, many, seconds)
            after = _read(primary, *copies)
    taken = [end - start for start, end in zip(before, after, strict=True)]
    what = f"{REPLICAS} replicas, {many} browsers for {seconds:.0f} s"
    answers = f"{len(visits.seconds)} answers: {visits.statuses}"
    failed = "; ".join(visits.failed[:3])
    yield marked(f"{what}, failed", len(visits.failed), BROWSERS_FAILED, failed or answers)
    share = 100 * sum(taken[1:]) / sum(taken)
    beside = f"{taken[0]:,} of the primary, {' and '.join(f'{n:,}' for n in taken[1:])} of"
    yield marked(
        f"{what}, transactions they take over", share, REPLICAS_READ, f"{beside} the replicas"
    )


def _read(*databases: Database) -> list[int]:
    """How many transactions each has ended since it began: a page's queries are each one."""
    sleep(SETTLED)
    asked = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
    return [int(one.psql(asked).output.splitlines()[2]) for one in databases]
