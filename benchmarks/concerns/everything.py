"""Pages that look at everything: the timeline, and what changed since a day."""

from collections.abc import Iterator
from statistics import median

from benchmarks.client import Client
from benchmarks.marks import ANY_LIST
from benchmarks.run import Run
from benchmarks.sites import running_site
from benchmarks.table import Row, marked
from benchmarks.writer import running_writer

ROUNDS = 3
PARTS = ("", "statements/")
"""What is judged otherwise, and what was stated: each is asked by itself."""


def everything(run: Run) -> Iterator[Row]:
    """Each page first after a write, for orientation, and then again, or the one after it."""
    with running_site(run.large) as site, running_writer(run.large) as writer:
        client = Client(site.port)
        for path, then in _pages(run).items():
            first, again = [], []
            for _ in range(min(ROUNDS, run.size.rounds)):
                writer.write()
                first.append(client.seconds(path))
                again.append(client.seconds(then))
            what = f"{path}, first after a write"
            yield Row(what, median(first) * 1000, "ms", beside=f"worst {max(first) * 1000:.0f} ms")
            beside = f"worst {max(again) * 1000:.0f} ms"
            yield marked(f"{then}, then", median(again) * 1000, ANY_LIST, beside)


def _pages(run: Run) -> dict[str, str]:
    """What is asked first, and what after it."""
    early, *_others, late = run.large.inside("facts")["days"]
    changes = (f"/changes/{part}?since={day}" for day in (early, late) for part in PARTS)
    return {
        "/timeline/": "/timeline/?page=2",
        "/timeline/?by=sector": "/timeline/?by=sector&page=2",
        **{path: path for path in changes},
    }
