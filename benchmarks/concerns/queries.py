"""How many questions each page asks the database, at two sizes."""

from collections.abc import Iterator, Mapping

from benchmarks.databases import SHIPPED
from benchmarks.marks import QUERIES, QUERIES_THE_SAME
from benchmarks.run import Run
from benchmarks.table import Row, marked

FEW = 11
"""So many projects are shipped, and made up to be compared with many of the same kind."""

Counts = Mapping[str, list[int]]
"""The queries of each page, first with nothing remembered and then once more; none of no page."""


def queries(run: Run) -> Iterator[Row]:
    """The page with the most queries, and the pages that ask otherwise where there is more."""
    shipped = run.databases.postgresql(SHIPPED).inside("queries")
    few, many = run.databases.postgresql(FEW).inside("queries"), run.counted.inside("queries")
    most = {page: max(_cold(counts, page) for counts in (shipped, few, many)) for page in many}
    worst = max(most, key=lambda page: most[page])
    over = [f"{page} {count}" for page, count in most.items() if count > QUERIES.bound]
    beside = f"{worst}; over the mark: {', '.join(over) or 'none'}"
    yield marked(f"queries of a page, most of {len(many)} pages", most[worst], QUERIES, beside)
    more, fewer = _asking_more(few, many), _asking_more(many, few)
    what = f"pages with more queries at {run.size.counted} projects than at {FEW}"
    beside = f"{'; '.join(more) or 'none'}; fewer, as what they show lacks something: "
    yield marked(what, len(more), QUERIES_THE_SAME, beside + ("; ".join(fewer) or "none"))
    more = _asking_more(shipped, many)
    beside = "not all that is made up is in them: " + "; ".join(more)
    yield Row("the same against the shipped facts", len(more), "pages", beside=beside)
    warm = max((counts[1] for counts in many.values() if counts), default=0)
    yield Row("queries of a page asked once more, most", warm, "queries")


def _cold(counts: Counts, page: str) -> int:
    return max(counts[page][:1], default=0)


def _asking_more(one: Counts, other: Counts) -> list[str]:
    """The pages that ask more at the other size than at one."""
    return [
        f"{page} {one[page][0]} and {other[page][0]}"
        for page in other
        if one[page] and other[page] and one[page][0] < other[page][0]
    ]
