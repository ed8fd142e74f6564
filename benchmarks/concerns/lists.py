"""The lists of projects and of investments: pages, filters, sorts, searches."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import inf
from urllib.parse import quote, unquote

from benchmarks.client import BadAnswer, Client
from benchmarks.databases import SHIPPED
from benchmarks.marks import ANY_LIST, LIST, SEARCH, TOTALS
from benchmarks.run import Run
from benchmarks.sites import running_site
from benchmarks.table import Mark, Row, marked
from benchmarks.timing import interleaved

LISTS = ("projects", "investments")
ROWS_A_PAGE = 25
ROWS_A_PROJECT = {"projects": 1, "investments": 10}
SEARCHES = tuple(f"q={quote(word)}" for word in ("公司", "基地", "项目"))
"""Words of two characters: in long names only, in few names, and in all of them."""
SUMS = {"HX-Request": "true", "HX-Target": "sums"}
"""How the page's script asks for what comes after the list."""


@dataclass(frozen=True)
class Timed:
    """A request of the large site beside the first page of the shipped facts, asked in turn."""

    query: str
    seconds: float
    base: float
    first: float
    """How long it took when nothing was known of it."""

    @property
    def ratio(self) -> float:
        return self.seconds / self.base

    def __str__(self) -> str:
        return f"?{unquote(self.query)} {self.seconds * 1000:.0f} ms to {self.base * 1000:.0f} ms"


def lists(run: Run) -> Iterator[Row]:
    """Every request of the lists against the first page of the same list of the shipped facts."""
    shipped = run.databases.postgresql(SHIPPED)
    with running_site(run.large) as large, running_site(shipped) as small:
        everything = []
        for name in LISTS:
            for group, queries in _groups(run, name).items():
                readers = Client(small.port), Client(large.port)
                taken = [_timed(*readers, name, query, run.size.rounds) for query in queries]
                yield _row(f"{name}, {group}", taken, SEARCH if group == SEARCHED else LIST)
                everything += [(name, one) for one in taken]
        name, worst = max(everything, key=lambda named: named[1].seconds)
        what = "lists, slowest request of all"
        yield marked(what, worst.seconds * 1000, ANY_LIST, f"{name}{worst}")
        name, worst = max(everything, key=lambda named: named[1].first)
        beside = f"{name}?{unquote(worst.query)}"
        yield Row(f"{what}, asked for the first time", worst.first * 1000, "ms", beside=beside)
        yield _totals(Client(large.port), run.walked.inside("cases", name="investments")["filters"])


FIRST, DEEP, FILTERS, SORTS = "first page", "deep page", "every filter", "every sort both ways"
SEARCHED = "search of two characters"


def _totals(client: Client, filters: list[str]) -> Row:
    """The totals of each filter, asked as the page's script asks for them, for the first time."""
    asked = {query: f"/investments/?{query}" for query in filters}
    taken = {query: _seconds(client, path, **SUMS) for query, path in asked.items()}
    worst = max(taken, key=lambda query: taken[query])
    beside = f"?{worst}; {sum(seconds > TOTALS.bound / 1000 for seconds in taken.values())} "
    beside += f"of {len(taken)} over the mark"
    return marked("investments, totals of a filter", taken[worst] * 1000, TOTALS, beside)


def _groups(run: Run, name: str) -> dict[str, list[str]]:
    """What is asked of a list, by the rows of the table."""
    pages = run.size.projects * ROWS_A_PROJECT[name] // ROWS_A_PAGE
    declared = run.walked.inside("cases", name=name)
    return {
        FIRST: [""],
        # Not quite the last one, as drafts are on no page.
        DEEP: [f"page={min(run.size.page, max(1, pages * 9 // 10))}"],
        FILTERS: declared["filters"],
        SORTS: declared["sorts"],
        SEARCHED: list(SEARCHES),
    }


def _timed(small: Client, large: Client, name: str, query: str, rounds: int) -> Timed:
    base = partial(small.seconds, f"/{name}/")
    ours = partial(_seconds, large, f"/{name}/?{query}")
    base()
    first = ours()
    found = interleaved({"ours": ours, "base": base}, rounds)
    return Timed(query, found["ours"], found["base"], first)


def _seconds(client: Client, path: str, **headers: str) -> float:
    """How long a page takes; infinitely long where it does not answer well."""
    try:
        return client.seconds(path, **headers)
    except BadAnswer:
        return inf


def _row(what: str, taken: list[Timed], mark: Mark) -> Row:
    """The worst of some requests, and the next worst that miss the mark too."""
    worst, *others = sorted(taken, key=lambda one: -one.ratio)
    beside = str(worst)
    if others:
        over = [one for one in taken if not mark.met_by(one.ratio)]
        beside += f"; {len(over)} of {len(taken)} over the mark"
        beside += "".join(f", {one}" for one in others[:5] if one in over)
    return marked(what, worst.ratio, mark, beside)
