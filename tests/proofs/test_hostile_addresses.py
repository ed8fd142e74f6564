"""Bad input at every address: no answer is a server error, none is slow or large."""

from itertools import cycle, product
from random import Random
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cooperation.permissions import Record, routes
from tests.proofs.walking import LANGUAGES, ROLES, Hostile, Walk, accepted, hostile

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

SEED = 20200426


@pytest.fixture
def walk():
    """A walk as every role."""
    with Walk() as walk:
        yield walk


@pytest.fixture
def record(walk):
    """Rows to ask for, of whose accounts some have a role already."""
    return Record()


def test_no_address_answers_with_a_server_error(figure, full_size, walk, record):
    random = Random(SEED)
    readers = list(product(ROLES, LANGUAGES))
    turn = cycle(readers)
    for one in record.asked():
        for request in hostile(one, random)[: 17 if full_size else 1]:
            walk.ask(request, *next(turn))
    number = walk.statuses.total()
    figure(
        "A1",
        "bad requests to every address as each role in both languages: server errors",
        f"{len(walk.failed)} of {number}",
        "0 of 5,000 or more",
    )
    figure("A4", "bytes of the largest page that bad input gets", walk.largest[0], "1,000,000")
    assert walk.failed == []
    if full_size:
        seconds = f"{walk.slowest[0]:.1f}"
        figure("A4", "seconds of the slowest answer to bad input", seconds, "2.0")
        assert number >= 5_000
        assert walk.slowest[0] <= 2, walk.slowest
        assert {(route, *reader) for route in routes() for reader in readers} == walk.asked
    assert set(routes()) == {pattern for pattern, _role, _language in walk.asked}
    assert walk.largest[0] <= 1_000_000, walk.largest


def test_nor_does_any_text_at_any_parameter(figure, full_size, walk, record):
    pages = [(one, accepted(one.path)) for one in record.asked()]
    pages = [(one, names) for one, names in pages if names]

    @settings(
        max_examples=1_000 if full_size else 30,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(pages), st.data(), st.text() | st.binary())
    def tried(page, data, text):
        one, names = page
        name = data.draw(st.sampled_from(names))
        role, language = data.draw(st.sampled_from(ROLES)), data.draw(st.sampled_from(LANGUAGES))
        sent = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
        walk.ask(Hostile(one.pattern, one.path, f"{name}={quote(sent)}"), role, language)

    tried()
    figure(
        "A1",
        "random texts at the parameters of every page: server errors",
        f"{len(walk.failed)} of {walk.statuses.total()}",
        "0 of 1,000 or more",
    )
    assert walk.failed == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_more_parameters_than_are_read_are_refused(walk, language):
    client = Client(headers={"accept-language": language}, raise_request_exception=False)
    answer = client.get("/projects/?" + "&".join(f"p{n}=1" for n in range(1_100)))
    assert answer.status_code == 400
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize("year", ["0", "0000"])
def test_no_year_is_zero(walk, year):
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    page = client.get(f"/investments/?in_year={year}")
    assert page.status_code == 200
    assert "Write a year such as 2020" in page.content.decode()
