"""Pages as of a day against the same pages as of today, each first after a write."""

from collections.abc import Iterator
from statistics import median

from benchmarks.client import Client
from benchmarks.marks import AS_OF
from benchmarks.run import Run
from benchmarks.sites import running_site
from benchmarks.table import Row, marked
from benchmarks.writer import Writer, running_writer

PAGES = ("/", "/projects/", "/investments/", "/milestones/", "/quality/")
ROUNDS = 3


def as_of(run: Run) -> Iterator[Row]:
    """For each page, the day that takes longest against the plain page."""
    days = run.large.inside("facts")["days"]
    with running_site(run.large) as site, running_writer(run.large) as writer:
        client = Client(site.port)
        for path in PAGES:
            asked = {"": path} | {day: f"{path}?as_of={day}" for day in days}
            taken: dict[str, list[float]] = {day: [] for day in asked}
            for _ in range(min(ROUNDS, run.size.rounds)):
                for day, address in asked.items():
                    taken[day].append(_after_a_write(client, writer, address))
            plain, *past = [(median(seconds), day) for day, seconds in taken.items()]
            seconds, day = max(past)
            beside = f"{day}: {seconds * 1000:.0f} ms against {plain[0] * 1000:.0f} ms"
            yield marked(f"as_of, {path}, against plain", seconds / plain[0], AS_OF, beside)


def _after_a_write(client: Client, writer: Writer, path: str) -> float:
    writer.write()
    return client.seconds(path)
