"""Many people who read a site at once, each page after page, with time to look at it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from time import perf_counter

from benchmarks.client import AS_BROWSERS
from benchmarks.load import length

LOOKING = (8.0, 22.0)
"""How many seconds a page is looked at, at least and at most."""
AGAIN = 0.3
"""The share of requests that ask again for the page that was read last."""
TOO_MANY = 429
"""While as many files are made as may be; with a time to wait it is no failure."""
PATIENCE = 30
"""After how many seconds an answer counts as none."""


@dataclass
class Visits:
    """What the visitors were answered: the seconds of what came, by status, and what did not."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def visit(port: int, paths: Sequence[str], visitors: int, seconds: float) -> Visits:
    """So many visitors read these pages for so many seconds."""
    visits = Visits()
    asyncio.run(_all(port, paths, visitors, seconds, visits))
    return visits


async def _all(
    port: int, paths: Sequence[str], visitors: int, seconds: float, visits: Visits
) -> None:
    end = perf_counter() + seconds
    readers = (_Visitor(number, port, paths, visits) for number in range(visitors))
    await asyncio.gather(*(reader.read_until(end) for reader in readers))


class _Visitor:
    """One of them, with the choices and the browser of its number: replicas serve by browsers."""

    def __init__(self, number: int, port: int, paths: Sequence[str], visits: Visits) -> None:
        self.random = Random(number)  # noqa: S311  # the same choices every time
        self.port, self.paths, self.visits = port, paths, visits
        self.name = f"visitor {number}"
        self.path, self.tag = "", ""
        self.asked_to_wait = False

    async def read_until(self, end: float) -> None:
        """Comes at some time of the first page, and reads until the end."""
        await asyncio.sleep(self.random.uniform(0, LOOKING[1]))
        while perf_counter() < end:
            if not self.path or self.random.random() > AGAIN:
                self.path, self.tag = self.random.choice(self.paths), ""
            await self._read()
            await asyncio.sleep(self.random.uniform(*LOOKING))

    async def _read(self) -> None:
        start = perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                status = await self._ask()
        except (OSError, TimeoutError, ValueError) as error:
            self.visits.failed.append(f"{self.path}: {type(error).__name__}")
            return
        self.visits.seconds.append(perf_counter() - start)
        self.visits.statuses[status] = self.visits.statuses.get(status, 0) + 1
        if status not in {200, 304} and not (status == TOO_MANY and self.asked_to_wait):
            self.visits.failed.append(f"{self.path}: {status}")

    async def _ask(self) -> int:
        """Asks over a connection of its own: the last one was closed while it read."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            lines = [
                f"GET {self.path} HTTP/1.1",
                f"Host: 127.0.0.1:{self.port}",
                f"User-Agent: {self.name}",
                *(f"{name}: {value}" for name, value in AS_BROWSERS.items()),
                "Connection: close",
            ]
            if self.tag:
                lines.append(f"If-None-Match: {self.tag}")
            writer.write("\r\n".join([*lines, "", ""]).encode())
            answer = await reader.read()
        finally:
            writer.close()
        head, _blank, body = answer.partition(b"\r\n\r\n")
        if not head or len(body) < length(head):
            raise ValueError("no whole answer")
        self.asked_to_wait = False
        for line in head.decode("latin-1").split("\r\n"):
            name, _colon, value = line.partition(":")
            if name.lower() == "etag":
                self.tag = value.strip()
            self.asked_to_wait |= name.lower() == "retry-after"
        return int(head.split(b" ", 2)[1])
