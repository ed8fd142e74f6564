"""How many questions each page asks the database, at two sizes."""

from collections.abc import Iterator

from benchmarks.databases import SHIPPED
from benchmarks.marks import QUERIES, QUERIES_THE_SAME
from benchmarks.run import Run
from benchmarks.table import Row, marked


def queries(run: Run) -> Iterator[Row]:
    """The page with the most queries, and the pages that ask more where there is more."""
    few = run.databases.postgresql(SHIPPED).inside("queries")
    many = run.counted.inside("queries")
    most = max(many, key=lambda page: max(many[page][:1], default=0))
    over = sorted(page for page, counts in many.items() if counts and counts[0] > QUERIES.bound)
    named = f"{most}; over the mark: {', '.join(over) or 'none'}"
    yield marked(f"queries of a page, most of {len(many)} pages", many[most][0], QUERIES, named)
    differing = [
        f"{page} {few[page][0]} and {many[page][0]}"
        for page in many
        if few[page] and many[page] and few[page][0] != many[page][0]
    ]
    unseen = [page for page in many if not (few[page] and many[page])]
    beside = "; ".join(differing) + f"; nothing to ask of: {', '.join(unseen)}" * bool(unseen)
    what = f"pages with other numbers of queries at {run.size.counted} projects"
    yield marked(what, len(differing), QUERIES_THE_SAME, beside)
    warm = max((counts[1] for counts in many.values() if counts), default=0)
    yield Row("queries of a page asked once more, most", warm, "queries")
