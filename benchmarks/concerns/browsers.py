"""Many browsers at once, for minutes, while an editor saves."""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from threading import Event, Thread

from benchmarks.marks import BROWSERS_FAILED, BROWSERS_MEMORY
from benchmarks.processes import resident
from benchmarks.run import Run
from benchmarks.sites import Site, running_site
from benchmarks.table import Row, Unmeasured, marked
from benchmarks.visitors import visit
from benchmarks.writer import Writer, running_writer

ENOUGH = 20
"""From so many answers on it can be told how long most take."""
SAVES_EVERY = 5.0
"""After so many seconds everything that is remembered has to be made anew."""


def browsers(run: Run) -> Iterator[Row]:
    """What is answered, how fast, and whether the memory of the workers stays what it was."""
    paths = run.counted.inside("addresses")
    many, seconds = run.size.browsers, run.size.seconds
    with running_site(run.counted) as site, running_writer(run.counted) as writer:
        visit(site.port, paths, many, seconds / 5)
        before = _memory(site)
        with saving(writer):
            visits = visit(site.port, paths, many, seconds)
        after = _memory(site)
    if len(visits.seconds) < ENOUGH:
        raise Unmeasured(f"{len(visits.seconds)} answers are too few")
    what = f"{many} browsers for {seconds:.0f} s"
    answers = f"{len(visits.seconds)} answers: {visits.statuses}"
    failed = "; ".join(visits.failed[:3])
    yield marked(f"{what}, failed", len(visits.failed), BROWSERS_FAILED, failed or answers)
    middle = median(visits.seconds) * 1000
    ends = quantiles(visits.seconds, n=100)
    beside = f"{ends[98] * 1000:.0f} ms against {middle:.0f} ms; 90 of 100 in {ends[89] * 1000:.0f}"
    yield Row(f"{what}, 99 of 100 against half", ends[98] * 1000 / middle, "×", beside=beside)
    yield Row(f"{what}, answered", len(visits.seconds) / seconds, "a second", beside=answers)
    beside = f"{after / 2**20:.0f} MB against {before / 2**20:.0f} MB"
    yield marked(f"{what}, memory of the workers", after / before, BROWSERS_MEMORY, beside)


def _memory(site: Site) -> int:
    return sum(resident(pid) for pid in site.workers)


@contextmanager
def saving(writer: Writer) -> Iterator[None]:
    """An editor who saves every few seconds."""
    done = Event()

    def save() -> None:
        while not done.wait(SAVES_EVERY):
            writer.write()

    editor = Thread(target=save)
    editor.start()
    try:
        yield
    finally:
        done.set()
        editor.join()
