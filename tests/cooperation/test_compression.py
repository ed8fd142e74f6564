"""Pages are compressed where the reader takes it, files stay whole, and streams stay streams."""

import gzip
import zlib

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

ACCEPTED = {"Accept-Encoding": "gzip"}
made = []


def parts():
    """Rows that no compression makes much smaller, each noted when it is made."""
    for number in range(10):
        made.append(number)
        yield b"".join(str(hash((number, place))).encode() + b"\r\n" for place in range(10_000))


def rows(request: HttpRequest):
    return StreamingHttpResponse(parts(), content_type="text/csv")


def words(request: HttpRequest):
    return HttpResponse("the same words " * 1_000)


urlpatterns = [path("rows/", rows), path("words/", words)]


@pytest.mark.urls(__name__)
def test_a_page_is_compressed_for_those_who_take_it(client):
    plain, packed = client.get("/words/"), client.get("/words/", headers=ACCEPTED)

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < 500


@pytest.mark.urls(__name__)
def test_the_length_of_a_page_tells_nothing(client):
    lengths = {len(client.get("/words/", headers=ACCEPTED).content) for _ in range(20)}

    assert len(lengths) > 1


def test_a_page_that_is_kept_is_the_same_compressed_and_plain(db, client):
    plain = client.get("/")
    packed = [client.get("/", headers=ACCEPTED) for _ in range(20)]

    assert "Content-Encoding" not in plain.headers
    assert {answer.headers["Content-Encoding"] for answer in packed} == {"gzip"}
    assert {gzip.decompress(answer.content) for answer in packed} == {plain.content}
    assert "Accept-Encoding" in packed[-1].headers["Vary"]


def test_the_length_of_a_page_that_is_kept_tells_nothing(db, client):
    answers = [client.get("/", headers=ACCEPTED).content for _ in range(20)]

    assert len({len(answer) for answer in answers}) > 1


def test_a_page_that_is_kept_is_compressed_once(db, client, monkeypatch):
    first = client.get("/", headers=ACCEPTED)

    monkeypatch.setattr(zlib, "compress", refuse)
    monkeypatch.setattr(zlib, "compressobj", refuse)
    again = client.get("/", headers=ACCEPTED)

    assert gzip.decompress(again.content) == gzip.decompress(first.content)


def refuse(*args, **kwargs):
    raise AssertionError("compressed anew")


@pytest.mark.urls(__name__)
def test_a_stream_is_sent_while_it_is_made(client):
    made.clear()
    stream = iter(client.get("/rows/", headers=ACCEPTED).streaming_content)

    unpack = zlib.decompressobj(wbits=31)
    first = unpack.decompress(next(stream)) or unpack.decompress(next(stream))

    assert first
    assert made == [0]
    made.clear()
    rest = unpack.decompress(b"".join(stream))
    assert first + rest == b"".join(parts())


def test_a_file_is_not_compressed_twice(client):
    style = client.get("/static/vendor/bootstrap/dist/css/bootstrap.min.css", headers=ACCEPTED)

    assert style.status_code == 200
    assert "Content-Encoding" not in style.headers
