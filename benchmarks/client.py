"""A small HTTP client with one connection that is kept, as a browser keeps it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from time import perf_counter

PATIENCE = 120
"""How many seconds an answer may take before it counts as none."""
FILE_PATIENCE = 3_600
_AT_ONCE = 1 << 18
AS_BROWSERS = {"Accept-Encoding": "gzip", "Accept-Language": "zh-CN"}


class BadAnswer(Exception):
    """The site did not answer as it has to."""


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds all of it had."""

    status: int
    headers: Mapping[str, str]
    seconds: float
    size: int
    lines: int


class Client:
    """One reader of one site."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection: HTTPConnection | None = None

    def get(self, path: str, **headers: str) -> Answer:
        """Reads a page as a browser does; infinitely slow where no answer comes in time."""
        try:
            return self._ask(path, AS_BROWSERS | headers, PATIENCE)
        except TimeoutError:
            self.close()
            return Answer(0, {}, math.inf, 0, 0)

    def download(self, path: str) -> Answer:
        """Reads a file at full speed, not compressed, as curl does."""
        return self._ask(path, {}, FILE_PATIENCE)

    def seconds(self, path: str, **headers: str) -> float:
        """How long a page takes, which has to be there."""
        answer = self.get(path, **headers)
        if answer.status not in {0, 200}:
            raise BadAnswer(f"{path} answers {answer.status}")
        return answer.seconds

    def close(self) -> None:
        """Gives the connection up."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _ask(self, path: str, headers: Mapping[str, str], patience: float) -> Answer:
        kept = self._connection is not None
        try:
            return self._once(path, headers, patience)
        except (HTTPException, ConnectionError):
            self.close()
            if not kept:
                raise
            # A server closes what has been idle for long.
            return self._once(path, headers, patience)

    def _once(self, path: str, headers: Mapping[str, str], patience: float) -> Answer:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=patience)
            self._connection.connect()
        self._connection.sock.settimeout(patience)
        start, size, lines = perf_counter(), 0, 0
        self._connection.request("GET", path, headers=dict(headers))
        response = self._connection.getresponse()
        while part := response.read(_AT_ONCE):
            size += len(part)
            lines += part.count(b"\n")
        seconds = perf_counter() - start
        said = {name.lower(): value for name, value in response.getheaders()}
        if response.will_close:
            self.close()
        return Answer(response.status, said, seconds, size, lines)
