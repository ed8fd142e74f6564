"""Whether turning all pages shows every row once, however the list is sorted."""

from collections.abc import Iterator

from benchmarks.marks import WALKED
from benchmarks.run import Run
from benchmarks.table import Row, marked

MOST = 15_000
"""Rows of a list that is walked through at the size at which queries are counted.

A longer one is walked through on a site of fewer projects."""


def walking(run: Run) -> Iterator[Row]:
    """Rows missing and rows twice, over all lists, sortable columns and both directions."""
    lists = run.counted.inside("walk", most=MOST)
    # What is too long there is short enough here.
    walked = sorted({sort.partition(" ")[0] for sort in lists})
    lists |= run.walked.inside("walk", most=MOST, without=walked)
    longest = max((seen["rows"] for seen in lists.values()), default=0)
    for word in ("missing", "twice"):
        wrong = [f"{sort} {seen[word]}" for sort, seen in lists.items() if seen[word]]
        beside = f"{len(lists)} sorts of up to {longest} rows" + ": " * bool(wrong)
        figure = sum(seen[word] for seen in lists.values())
        yield marked(f"rows {word} over all pages", figure, WALKED, beside + ", ".join(wrong))
