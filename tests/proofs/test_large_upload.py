"""A file that is too large is refused, and the server neither keeps it nor holds it in memory."""

import http.client
import re
import time
from pathlib import Path

import pytest

from tests.admin.test_simultaneous_saves import (  # noqa: F401  # fixtures
    PREPARE,
    database,
    environment,
    started,
    told_by,
)
from tests.proofs.test_no_writes import processes

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("large_upload")]

MIB = 1024 * 1024
SIZE = 60 * MIB
TRIES = 3
"""The quickest counts, as the machine may be busy."""


def most_memory(session):
    """The most MiB that any process of the server has taken so far."""
    states = [Path(f"/proc/{pid}/status").read_text() for pid in processes(session)]
    return max(int(re.search(r"VmHWM:\s+(\d+)", state)[1]) for state in states) // 1024


def send(port, session):
    """Upload a large file; the status, the answer's words, and after how many seconds."""
    seam, token = "seam", "t" * 32
    before = (
        f'--{seam}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--{seam}\r\nContent-Disposition: form-data; name="files"; filename="places.csv"\r\n'
        "Content-Type: text/csv\r\n\r\nslug,name_en\r\n"
    ).encode()
    after = f"\r\n--{seam}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={seam}",
        "Content-Length": str(len(before) + SIZE + len(after)),
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "Accept-Language": "en",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    begun = time.monotonic()
    connection.request("POST", "/admin/import/", headers=headers)
    connection.send(before)
    for _ in range(SIZE // MIB):
        connection.send(b"x" * MIB)
    connection.send(after)
    answer = connection.getresponse()
    said = answer.status, answer.read().decode(), time.monotonic() - begun
    connection.close()
    return said


def test_it_is_refused_at_once_and_not_held(environment, figure, full_size):  # noqa: F811
    _pk, session = told_by(PREPARE, environment)
    server, port = started(environment | {"WEB_CONCURRENCY": "1"})
    try:
        page = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        page.request("GET", "/admin/import/", headers={"Cookie": f"sessionid={session}"})
        assert page.getresponse().status == 200
        before = most_memory(server.pid)
        answers = [send(port, session) for _ in range(TRIES if full_size else 1)]
        grown = most_memory(server.pid) - before
    finally:
        server.terminate()
        server.wait(timeout=30)
    took = min(seconds for _status, _page, seconds in answers)
    figure("C5", "status of an upload of 60 MB", answers[0][0], "400 or 413")
    figure("C5", "seconds until it is refused", f"{took:.1f}", "below 2")
    figure("C5", "MiB by which the server grows meanwhile", grown, "below 50")
    assert {status for status, _page, _seconds in answers} == {413}
    assert "larger than 50 MB" in answers[0][1]
    assert grown < 50
    assert took < 2 or not full_size
