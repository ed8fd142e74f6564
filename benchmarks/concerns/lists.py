"""The lists of projects and of investments: pages, filters, sorts, searches."""

from collections.abc import Iterator
from functools import partial
from math import inf

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
SEARCHES = ("q=公司", "q=基地", "q=项目")
"""Words of two characters: in long names only, in few names, and in all of them."""
SUMS = {"HX-Request": "true", "HX-Target": "sums"}
"""How the page's script asks for what comes after the list."""


def lists(run: Run) -> Iterator[Row]:
    """Every request of the lists against the first page of the same list of the shipped facts."""
    shipped = run.databases.postgresql(SHIPPED)
    with running_site(run.large) as large, running_site(shipped) as small:
        slowest, where = 0.0, ""
        for name in LISTS:
            groups = _groups(run, name)
            base, taken = _taken(Client(small.port), Client(large.port), name, groups, run)
            for group, queries in groups.items():
                mark = SEARCH if group == SEARCHED else LIST
                yield _row(f"{name}, {group}", base, {one: taken[one] for one in queries}, mark)
            worst = max(taken, key=lambda query: taken[query])
            if taken[worst] > slowest:
                slowest, where = taken[worst], f"/{name}/?{worst}"
        yield marked("lists, slowest request of all", slowest * 1000, ANY_LIST, where)
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


def _taken(
    small: Client, large: Client, name: str, groups: dict[str, list[str]], run: Run
) -> tuple[float, dict[str, float]]:
    """The seconds of the shipped site's first page and of each query of the large one."""
    base: list[float] = []
    taken: dict[str, float] = {}
    for query in [query for queries in groups.values() for query in queries]:
        small.seconds(f"/{name}/")
        sides = {
            "base": partial(small.seconds, f"/{name}/"),
            "large": partial(_seconds, large, f"/{name}/?{query}"),
        }
        sides["large"]()
        found = interleaved(sides, run.size.rounds)
        base.append(found["base"])
        taken[query] = found["large"]
    return sorted(base)[len(base) // 2], taken


def _seconds(client: Client, path: str, **headers: str) -> float:
    """How long a page takes; infinitely long where it does not answer well."""
    try:
        return client.seconds(path, **headers)
    except BadAnswer:
        return inf


def _row(what: str, base: float, taken: dict[str, float], mark: Mark) -> Row:
    over = {query: seconds for query, seconds in taken.items() if not mark.met_by(seconds / base)}
    worst = max(taken, key=lambda query: taken[query])
    beside = f"{taken[worst] * 1000:.0f} ms against {base * 1000:.0f} ms"
    if len(taken) > 1:
        beside += f" (?{worst}); {len(over)} of {len(taken)} over the mark"
        others = [query for query in sorted(over, key=lambda query: -over[query])[1:6]]
        beside += ": " * bool(others) + ", ".join(
            f"?{query} {over[query] * 1000:.0f} ms" for query in others
        )
    return marked(what, taken[worst] / base, mark, beside)
