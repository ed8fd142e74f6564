"""The first screen: warm, and first after a write."""

from collections.abc import Iterator
from functools import partial
from statistics import median

from benchmarks.client import Client
from benchmarks.databases import SHIPPED
from benchmarks.marks import DASHBOARD_AFTER_A_WRITE, DASHBOARD_WARM
from benchmarks.run import Run
from benchmarks.sites import running_site
from benchmarks.table import Row, marked
from benchmarks.timing import interleaved
from benchmarks.writer import running_writer

WARMING = 3
MORE_ROUNDS = 10
"""A page of a few milliseconds is asked so many times as often as others."""
WARM = "dashboard, warm, against the shipped facts"
AFTER_A_WRITE = "dashboard, first request after a write, PostgreSQL"


def dashboard(run: Run) -> Iterator[Row]:
    """The dashboard of the large site, warm against that of the shipped facts, and cold."""
    shipped = run.databases.postgresql(SHIPPED)
    with running_site(run.large) as large, running_site(shipped) as small:
        readers = {"large": Client(large.port), "shipped": Client(small.port)}
        for reader in readers.values():
            for _ in range(WARMING):
                reader.seconds("/")
        sides = {name: partial(reader.seconds, "/") for name, reader in readers.items()}
        taken = interleaved(sides, run.size.rounds * MORE_ROUNDS)
        beside = f"{taken['large'] * 1000:.1f} ms against {taken['shipped'] * 1000:.1f} ms"
        yield marked(WARM, taken["large"] / taken["shipped"], DASHBOARD_WARM, beside)
        with running_writer(run.large) as writer:
            seconds = []
            for _ in range(run.size.rounds):
                writer.write()
                seconds.append(readers["large"].seconds("/"))
        beside = f"worst of {len(seconds)}: {max(seconds) * 1000:.0f} ms"
        yield marked(AFTER_A_WRITE, median(seconds) * 1000, DASHBOARD_AFTER_A_WRITE, beside)
