"""Requests as fast as a site answers them, over several connections that are kept."""

import selectors
import socket
from contextlib import ExitStack
from dataclasses import dataclass
from time import perf_counter
from typing import Self

from benchmarks.client import BadAnswer
from benchmarks.processes import own_seconds

CONNECTIONS = 8
PATIENCE = 30
_AT_ONCE = 1 << 16
_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


@dataclass(frozen=True)
class Rate:
    """Requests a second, and the share of the time in which the reader itself was busy."""

    a_second: float
    busy: float


class Connections:
    """Several connections to a site, over which one after the other can be asked.

    Which of the server's processes answers is settled as each is opened. So what is compared has to
    be asked over the same ones: with all of them at one process, half the processors are idle.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self._open = ExitStack()
        self._readers: list[_Reader] = []

    def __enter__(self) -> Self:
        for _ in range(CONNECTIONS):
            reader = _Reader(self.port)
            self._open.enter_context(reader.socket)
            self._readers.append(reader)
        return self

    def __exit__(self, *_error: object) -> None:
        self._open.close()

    def rate(self, path: str, status: int, requests: int, **headers: str) -> Rate:
        """Asks the same again and again; every answer has to have the status."""
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        message = "\r\n".join([*lines, "", ""]).encode()
        with selectors.DefaultSelector() as selector:
            for reader in self._readers:
                reader.message, reader.status = message, str(status).encode()
                selector.register(reader.socket, selectors.EVENT_READ, reader)
            start, busy = perf_counter(), own_seconds()
            for reader in self._readers:
                reader.ask()
            _keep_asking(selector, requests)
            seconds, busy = perf_counter() - start, own_seconds() - busy
        return Rate(requests / seconds, busy / seconds)


def length(head: bytes) -> int:
    """How long the body is: nothing with 304, else what the header says."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(_LENGTH):
            return int(line.removeprefix(_LENGTH)) if b" 304 " not in head[:13] else 0
    return 0


def _keep_asking(selector: selectors.BaseSelector, requests: int) -> None:
    """Reads so many answers, and asks again for each as long as more are wanted."""
    answered = 0
    while answered < requests:
        ready = selector.select(timeout=PATIENCE)
        if not ready:
            raise BadAnswer(f"The site answers nothing for {PATIENCE} seconds.")
        for key, _events in ready:
            if key.data.read():
                answered += 1
                if answered + CONNECTIONS <= requests:
                    key.data.ask()


class _Reader:
    """One connection on which one request is under way at a time."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.message = self.status = self.received = b""

    def ask(self) -> None:
        """Sends the request."""
        self.received = b""
        self.socket.sendall(self.message)

    def read(self) -> bool:
        """Takes what has come; whether the answer is whole."""
        part = self.socket.recv(_AT_ONCE)
        if not part:
            raise BadAnswer("The site closed a connection that was to be kept.")
        self.received += part
        head, end, body = self.received.partition(_END)
        if not end:
            return False
        if head.split(b" ", 2)[1] != self.status:
            raise BadAnswer(f"The site answers {head.split(b' ', 2)[1].decode()}.")
        return len(body) >= length(head)
