"""A restart behind a socket that stays open, as systemd restarts deploy/systemd's site."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from environment import ROOT
from tests.cooperation.waiting import until

# As systemd does: the socket is the first descriptor after the usual three.
START = "LISTEN_PID=$$ LISTEN_FDS=1 exec $PYTHON -m gunicorn --config python:cooperation.serving"


@contextmanager
def listening():
    """A socket that outlives every server on it."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        found.listen(2048)
        yield found


def start(listener):
    """A server on the socket."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
        "PYTHON": sys.executable,
        "SECRET_KEY": "only for tests",
        "DATABASE_URL": "sqlite://:memory:",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        ["sh", "-c", START],
        cwd=ROOT, env=environment, pass_fds=(3,),
        preexec_fn=lambda: os.dup2(listener.fileno(), 3),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def restart(server, listener):
    """Ends a server as systemd does, and starts the next once it is gone."""
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=60)
    return start(listener)


def ask(port):
    """The status of one answer; the name of what went wrong where there was none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", "/healthz", headers={"Connection": "close"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return repr(error)
    finally:
        connection.close()


@pytest.mark.proof
def test_a_restart_loses_no_request(figure, full_size):
    restarts = 10 if full_size else 2
    answers, over = [], Event()
    with listening() as listener:
        port = listener.getsockname()[1]
        server = start(listener)

        def read():
            while not over.is_set():
                answers.append(ask(port))

        readers = [Thread(target=read) for _ in range(4)]
        try:
            assert ask(port) == 200
            for reader in readers:
                reader.start()
            for _ in range(restarts):
                busy = len(answers) + 100
                until(lambda busy=busy: len(answers) >= busy)
                server = restart(server, listener)
                assert ask(port) == 200
        finally:
            over.set()
            for reader in readers:
                reader.join()
            server.terminate()
            server.wait(timeout=60)
    lost = [found for found in answers if found != 200]
    figure(
        "F1",
        "requests lost by restarts behind the socket",
        f"{len(lost)} of {len(answers)} in {restarts} restarts",
        "0",
    )
    assert lost == []
