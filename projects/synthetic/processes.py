"""Work that several processes share, and whose results come in order."""

import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from os import cpu_count
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_MOST = 4
"""One connection takes no more than so many processes draw."""
PROCESSES = min(_MOST, cpu_count() or 1) if sys.platform == "linux" else 1
"""How many there are; elsewhere a process that is forked may not be able to go on."""


def each(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int = PROCESSES
) -> Iterator[Result]:
    """The results in the order of the items; no process is more than one result ahead."""
    processes = min(processes, len(items))
    if processes < 2:
        yield from map(work, items)
        return
    context = get_context("fork")  # what is to be shared is there already
    workers, ends = [], []
    try:
        for place in range(processes):
            end, other = context.Pipe(duplex=False)
            own = items[place::processes]
            worker = context.Process(target=_work, args=(work, own, other), daemon=True)
            worker.start()
            # Open in the worker alone: its end is then seen here.
            other.close()
            workers.append(worker)
            ends.append(end)
        for place in range(len(items)):
            yield ends[place % processes].recv()
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def _work(
    work: Callable[[Item], Result], items: Sequence[Item], results: "Connection[Result, None]"
) -> None:
    for item in items:
        results.send(work(item))
