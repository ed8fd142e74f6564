"""The readers that measure: they ask as they should, and refuse answers that are none."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.client import BadAnswer, Client
from benchmarks.load import CONNECTIONS, Connections


class Handler(BaseHTTPRequestHandler):
    """A site of three pages."""

    protocol_version = "HTTP/1.1"
    connections = set()

    def do_GET(self):
        self.connections.add(self.client_address)
        body = b"one\ntwo\n" if self.path == "/two" else b""
        status = {"/two": 200, "/known": 304}.get(self.path, 500)
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    """Says nothing of connections that a reader gave up."""

    def handle_error(self, request, client_address):
        pass


@pytest.fixture
def port():
    Handler.connections.clear()
    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_answer_says_how_much_came(port):
    answer = Client(port).download("/two")

    assert (answer.status, answer.size, answer.lines) == (200, 8, 2)
    assert answer.seconds > 0


def test_a_client_keeps_its_connection(port):
    client = Client(port)
    client.get("/two")
    client.get("/two")
    client.close()

    assert len(Handler.connections) == 1


def test_the_time_of_a_page_that_breaks_is_no_figure(port):
    with pytest.raises(BadAnswer, match="/broken answers 500"):
        Client(port).seconds("/broken")


def test_a_rate_is_of_answers_with_the_right_status(port):
    with Connections(port) as opened:
        assert opened.rate("/known", 304, 40, If_None_Match='"1"').a_second > 0
        assert opened.rate("/two", 200, 40).a_second > 0
        with pytest.raises(BadAnswer, match="500"):
            opened.rate("/broken", 304, 40)


def test_what_is_compared_is_asked_over_the_same_connections(port):
    with Connections(port) as opened:
        opened.rate("/known", 304, 40, If_None_Match='"1"')
        opened.rate("/two", 200, 40)

    assert len(Handler.connections) == CONNECTIONS
