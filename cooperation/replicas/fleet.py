"""The replicas of this site: which one serves whom, and how each of them is."""

import os
from functools import cache
from threading import Lock
from zlib import crc32

from django.conf import settings

from cooperation.replicas.routing import PRIMARY
from cooperation.replicas.watching import INTERVAL, Primary, Seen, State, Watch, lag


class Fleet:
    """The primary and its replicas, looked at from this process."""

    def __init__(self, replicas: list[str], bound: int) -> None:
        self.bound = bound
        self.primary = Primary(PRIMARY, seconds=2 * bound)
        self.replicas = [Watch(name) for name in replicas]
        self._process = 0
        self._beginning = Lock()

    def choose(self, reader: str, written: int | None) -> str:
        """The database for a reader who has seen what was written up to a position of the log.

        A reader keeps to one replica while that serves, so that no page is older than the last.
        """
        self.begin()
        if not self.primary.looked.is_set():
            return PRIMARY
        first = crc32(reader.encode()) % len(self.replicas)
        for watch in self.replicas[first:] + self.replicas[:first]:
            seen = watch.present
            if seen and not self._problem(seen) and _has(seen, written):
                return watch.database
        return PRIMARY

    def failed(self, database: str) -> None:
        """Leave a replica out until it answers the next look."""
        for watch in self.replicas:
            if watch.database == database:
                watch.failed()

    def begin(self) -> None:
        """Look at the servers; a server process forks, and threads stay behind."""
        if self._process == os.getpid():
            return
        with self._beginning:
            if self._process != os.getpid():
                for watch in (self.primary, *self.replicas):
                    watch.begin()
                self._process = os.getpid()

    def states(self) -> list[State]:
        """Each replica, once all have been looked at or a while has passed."""
        self.begin()
        for watch in (self.primary, *self.replicas):
            watch.looked.wait(INTERVAL)
        return [self._state(watch) for watch in self.replicas]

    def _state(self, watch: Watch) -> State:
        seen = watch.present
        problem = self._problem(seen) if seen else "does not answer"
        late = lag(seen, self.primary.samples) if seen else None
        return State(watch.database, _server(watch.database), not problem, late, problem)

    def _problem(self, seen: Seen) -> str:
        """Why a server that answers is not read from; empty where it is."""
        if not seen.follows:
            return "is no standby"
        late = lag(seen, self.primary.samples)
        if late is None:
            return "has replayed nothing that says how late it is"
        return f"is {late:.0f} s behind" if late > self.bound else ""


def _has(seen: Seen, written: int | None) -> bool:
    """Whether it has what was written. Positions are alike only where one log is followed."""
    return written is None or (seen.streams and seen.position >= written)


def _server(database: str) -> str:
    config = settings.DATABASES[database]
    return f"{config['HOST']}:{config['PORT'] or 5432}"


@cache
def fleet() -> Fleet:
    """The fleet of this process."""
    replicas = [name for name in settings.DATABASES if name != PRIMARY]
    return Fleet(replicas, settings.REPLICA_LAG)


def states() -> list[State]:
    """How each replica is; empty where there is none."""
    return fleet().states() if len(settings.DATABASES) > 1 else []
