"""Asking again for a page that has not changed."""

from collections.abc import Iterator
from statistics import median

from benchmarks.client import AS_BROWSERS, Client
from benchmarks.load import Connections, Rate
from benchmarks.marks import REVALIDATION
from benchmarks.run import Run
from benchmarks.sites import running_site
from benchmarks.table import Row, marked

PAGES = ("/", "/projects/", "/investments/")
BLOCKS = 5
BUSY = 0.7
"""From this share of its time on, the reader is what is measured."""


def revalidation(run: Run) -> Iterator[Row]:
    """Requests a second that are answered 304, against an empty view of the same server."""
    with running_site(run.large) as site:
        client = Client(site.port)
        for path in PAGES:
            what = f"revalidation (304) of {path} against an empty view"
            tag = client.get(path).headers.get("etag")
            if not tag:
                yield marked(what, 0, REVALIDATION, "the page has no ETag")
                continue
            if client.get(path, **{"If-None-Match": tag}).status != 304:
                yield marked(
                    what, 0, REVALIDATION, "the page is sent anew, though its ETag is given"
                )
                continue
            yield _compared(what, site.port, path, tag, run.size.revalidations)


def _compared(what: str, port: int, path: str, tag: str, requests: int) -> Row:
    known, empty = [], []
    for _ in range(BLOCKS):
        with Connections(port) as opened:
            known.append(opened.rate(path, 304, requests, **AS_BROWSERS, **{"If-None-Match": tag}))
            empty.append(opened.rate("/empty/", 200, requests, **AS_BROWSERS))
    share = median(
        ours.a_second / theirs.a_second for ours, theirs in zip(known, empty, strict=True)
    )
    beside = f"{_fastest(known):.0f} requests/s against {_fastest(empty):.0f} at best"
    busy = max(one.busy for one in known + empty)
    if busy > BUSY:
        beside += f"; the reader itself was busy {busy:.0%} of the time, so it is the bound"
    return marked(what, share * 100, REVALIDATION, beside)


def _fastest(rates: list[Rate]) -> float:
    return max(one.a_second for one in rates)
