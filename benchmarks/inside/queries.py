"""How many questions each page asks the database."""

from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client

from benchmarks.inside.addresses import pages


class Counter:
    """Counts what is asked while it is wrapped around the connection."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.count += 1
        return execute(*arguments)


def queries() -> dict[str, list[int]]:
    """The most queries of each page: with nothing remembered, and asked once more."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.get("/healthz")  # opens the connection and sets it up, which is counted for no page
    return {name: most(client, addresses) for name, addresses in pages()}


def most(client: Client, addresses: list[str]) -> list[int]:
    """The largest counts of the addresses that are there for readers: cold and warm."""
    counted = [counts for address in addresses if (counts := _counts(client, address))]
    return [max(counts) for counts in zip(*counted, strict=True)]


def _counts(client: Client, address: str) -> tuple[int, int] | None:
    cache.clear()
    counts = []
    for _ in range(2):
        counter = Counter()
        with connection.execute_wrapper(counter):
            status = client.get(address).status_code
        if status == 404:
            return None  # of what only drafts speak
        if status != 200:
            raise RuntimeError(f"{address} answers {status}")
        counts.append(counter.count)
    return counts[0], counts[1]
