"""A look at each server every second: whether it answers, and how far it is behind the primary."""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

from django.db import Error, connections

INTERVAL = 1.0
"""Seconds between two looks."""

SILENT = 3.0
"""Seconds after which a server that did not answer the last look is taken to be gone."""

# What is flushed is what is sent: the rest of the log may lie there for seconds, and is no commit.
LOOK = """
SELECT
    pg_is_in_recovery(),
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END
        - '0/0'::pg_lsn,
    extract(epoch FROM now() - pg_last_xact_replay_timestamp())::float,
    EXISTS (SELECT FROM pg_stat_wal_receiver)
"""

logger = logging.getLogger(__name__)

Sample = tuple[float, int]
"""When the primary was looked at, and which position of its log it had reached."""


@dataclass(frozen=True)
class Seen:
    """What a look found: positions are bytes of the log, ages seconds."""

    at: float
    follows: bool
    """Whether it is a standby that replays."""
    position: int
    age: float | None
    """Since the commit that it replayed last."""
    streams: bool
    """Whether it is connected to a server that it follows."""


@dataclass(frozen=True)
class State:
    """How a replica is: the seconds that it is behind, and why it is not read from."""

    name: str
    server: str
    serving: bool
    lag: float | None
    problem: str

    def __str__(self) -> str:
        """In a line for those who run the site; a server's own address is not said."""
        if self.problem:
            return f"{self.name}: left out, {self.problem}"
        return f"{self.name}: {self.lag or 0:.1f} s behind"


class Watch:
    """A server, looked at from a thread of its own: one that hangs delays no other."""

    def __init__(self, database: str, told: Callable[[Seen], None] = lambda seen: None) -> None:
        self.database = database
        self.seen: Seen | None = None
        self.looked = Event()
        self._told = told

    def begin(self) -> None:
        """Look from now on, as long as the process lives."""
        Thread(target=self._look_on, name=f"watch {self.database}", daemon=True).start()

    def failed(self) -> None:
        """Take what is known of it back until it was looked at again."""
        self.seen = None

    @property
    def present(self) -> Seen | None:
        """What is known of it; None where it does not answer."""
        seen = self.seen
        return seen if seen and time.monotonic() - seen.at < SILENT else None

    def _look_on(self) -> None:
        while True:
            answered = self.seen is not None
            self._look()
            if self.looked.is_set() and answered != (self.seen is not None):
                logger.warning("%s %s", self.database, "is lost" if answered else "answers")
            self.looked.set()
            time.sleep(INTERVAL)

    def _look(self) -> None:
        connection: Any = connections[self.database]
        at = time.monotonic()
        try:
            with connection.cursor() as cursor:
                cursor.execute(LOOK)
                follows, position, age, streams = cursor.fetchone()
        except Error:
            connection.close()
            self.seen = None
            return
        self.seen = Seen(at, follows, int(position or 0), age, streams)
        self._told(self.seen)


class Primary(Watch):
    """The primary, with the positions that it had reached over the last while."""

    def __init__(self, database: str, seconds: int) -> None:
        super().__init__(database, self._remember)
        self.samples: deque[Sample] = deque(maxlen=seconds)

    def _remember(self, seen: Seen) -> None:
        if seen.follows:
            return
        if self.samples and seen.position < self.samples[-1][1]:
            self.samples.clear()  # another server was promoted, without the last of its log
        self.samples.append((seen.at, seen.position))


def lag(seen: Seen, samples: Iterable[Sample]) -> float | None:
    """For how long the replica has not had what the primary had; 0 where it has all that is known.

    The age of its last commit alone would call every replica of an idle primary late. It is asked
    only where the replica was behind before the first sample; None where it tells nothing.
    """
    known = list(samples)
    missing = [at for at, position in known if position > seen.position]
    if not missing:
        return 0.0
    return seen.age if len(missing) == len(known) else max(0.0, seen.at - missing[0])
