"""Many visitors of one site: what they are answered, and what counts as failed."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from benchmarks import visitors
from benchmarks.visitors import visit


class Pages(BaseHTTPRequestHandler):
    """A page with an ETag, one that is gone, two that ask to wait, and two that break off."""

    def do_GET(self):
        if self.path == "/broken":
            self.connection.close()
            return
        if self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "10")
            self.end_headers()
            self.wfile.write(b"half")
            return
        if self.path.startswith("/full"):
            self.send_response(429)
            if self.path == "/full":
                self.send_header("Retry-After", "1")
            self.end_headers()
            return
        known = self.headers.get("If-None-Match") == '"1"'
        self.send_response(404 if self.path == "/gone" else 304 if known else 200)
        self.send_header("ETag", '"1"')
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def port(monkeypatch):
    monkeypatch.setattr(visitors, "LOOKING", (0.01, 0.05))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def test_pages_are_read_and_asked_for_again(port):
    visits = visit(port, ["/"], visitors=5, seconds=1)

    assert visits.failed == []
    assert set(visits.statuses) == {200, 304}
    assert sum(visits.statuses.values()) == len(visits.seconds) > 20


@pytest.mark.parametrize(
    ("path", "said"), [("/gone", "404"), ("/full-for-ever", "429"), ("/broken", ""), ("/cut", "")]
)
def test_any_other_answer_has_failed(port, path, said):
    visits = visit(port, [path], visitors=2, seconds=0.3)

    assert visits.failed
    assert all(one.startswith(path) and said in one for one in visits.failed)


def test_to_be_asked_to_wait_is_no_failure(port):
    visits = visit(port, ["/full"], visitors=2, seconds=0.3)

    assert visits.failed == []
    assert set(visits.statuses) == {429}
