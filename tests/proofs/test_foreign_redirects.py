"""No address of this site sends a browser on to another one, whatever it is asked."""

import re
from random import Random
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests.admin.people import account
from tests.cooperation.permissions import Record
from tests.proofs.walking import accepted

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

SEED = 20200426
HOST = "http://testserver"
ELSEWHERE = [
    "https://evil.example/", "HTTP://EVIL.EXAMPLE", "//evil.example/", "///evil.example",
    "////evil.example", "https:evil.example", "https:/evil.example", "https:///evil.example",
    r"\\evil.example", r"/\evil.example", r"\/evil.example", r"https:\\evil.example",
    r"/\/evil.example", "/\t/evil.example", "\t//evil.example", "/\n/evil.example",
    "ht\ttps://evil.example", "/%0d%0aLocation: //evil.example", "/\r\nLocation: //evil.example",
    "\x08//evil.example", " //evil.example", "\0//evil.example", "http://testserver@evil.example/",
    "http://testserver:80@evil.example", "http://testserver.evil.example", "http://testserver:8000/",
    r"http://evil.example\@testserver", "http://evil.example#testserver", "//evil。example/",
    "／／evil.example", "https：//evil.example", "http://[evil/", "http://[::1]/",
    "javascript:alert(1)", "java\tscript:alert(1)", "JaVaScRiPt://testserver/%0aalert(1)",
    "data:text/html,<script>", "vbscript:x", "ftp://testserver/", "mailto:x@evil.example",
    "//testserver//evil.example", "/..//evil.example", ".//evil.example", "/%5cevil.example",
    "/%2f/evil.example", "?//evil.example",
]  # fmt: skip
"""Where a link or a form that somebody else has made might want to lead."""
LEADING = ["/login/", "/admin/login/", "/logout/", "/i18n/setlang/"]
"""The addresses that are asked to lead somewhere."""
NAMES = ["next", "url", "return_url", "redirect", "back_url", "_changelist_filters", "_popup"]
"""Under which programs are asked that."""
HERE = re.compile(
    r"""(?:http:)?//testserver(?:[/?#]\S*)?  # the whole address
    |/(?![/\\])\S*  # a path; two strokes or a backslash begin another host
    |[^/\\\s:]+(?:[/?#]\S*)?  # a path from here; a colon would end a scheme
    |""",
    re.VERBOSE,
)
"""What every browser takes for an address of this site."""


def foreign(location: str) -> bool:
    """Whether some browser may go elsewhere; most of them pass over tabs and breaks of line."""
    return HERE.fullmatch(location) is None or not location.isprintable()


def on_the_wire(text: str) -> str:
    """A text as a server hands over the bytes of a path or a header."""
    return text.encode().decode("latin-1")


class Led:
    """The answers that lead on."""

    def __init__(self) -> None:
        self.number = 0
        self.elsewhere: list[str] = []

    def ask(self, client, method, path, sent, **extra) -> None:
        """Send a query string or a form; what that stored is taken back."""
        cookies, body = client.cookies.copy(), urlencode(sent, doseq=True, errors="surrogatepass")
        with transaction.atomic():
            answer = (
                client.get(f"{path}?{body}", **extra)
                if method == "GET"
                else client.post(path, body, "application/x-www-form-urlencoded", **extra)
            )
            if answer.streaming:
                b"".join(answer)
            transaction.set_rollback(True)
        client.cookies = cookies
        location = answer.headers.get("Location")
        self.number += location is not None
        if location is not None and foreign(location):
            self.elsewhere.append(f"{method} {path} {body[:200]} {extra}: {location!r}")


@pytest.fixture
def record():
    account("viewer")
    return Record()


@pytest.fixture
def known(record):
    """A client of somebody who may do everything."""
    client = Client(raise_request_exception=False)
    client.force_login(record.root)
    return client


def test_nobody_is_led_to_another_site(record, known, figure, full_size):
    random, led = Random(SEED), Led()
    asked = {one.path: one for one in record.asked()}
    for text in ELSEWHERE if full_size else ELSEWHERE[::4]:
        for path in LEADING:
            sent = asked[path].sent
            led.ask(known, "GET", path, {"next": text})
            for client in (Client(), known):
                led.ask(client, "POST", path, sent | {"next": text}, headers={"origin": HOST})
            came = {"referer": on_the_wire(text), "origin": HOST}
            led.ask(known, "POST", path, sent, headers=came)
            led.ask(known, "POST", f"{path}?next={quote(text)}", sent, headers=came)
        for path in (text, f"/{text}", f"/admin/{text}", f"/projects{text}", f"/{text}/admin"):
            led.ask(known, "GET", "/", {}, PATH_INFO=on_the_wire(path))
    for one in list(asked.values())[:: 1 if full_size else 4]:
        for text in random.sample(ELSEWHERE, 3 if full_size else 1):
            names = [random.choice(NAMES), random.choice([*accepted(one.path), *NAMES])]
            given = dict.fromkeys(names, text)
            led.ask(known, "GET", one.path, given)
            if full_size:
                led.ask(known, "GET", one.path, dict.fromkeys(NAMES, text))
                led.ask(known, "POST", one.path, one.sent | given, headers={"origin": HOST})
    figure(
        "A6",
        "answers that lead to another site, of all that lead on",
        f"{len(led.elsewhere)} of {led.number:,}",
        "0 of 500 or more",
    )
    assert led.elsewhere == []
    assert led.number >= (500 if full_size else 150)


def test_what_leads_elsewhere_is_seen():
    here = {"//testserver//evil.example", "/..//evil.example", ".//evil.example",
            "/%5cevil.example", "/%2f/evil.example", "?//evil.example", "／／evil.example",
            "https：//evil.example"}  # fmt: skip
    assert {text for text in ELSEWHERE if not foreign(text)} == here
    for text in ("/", "/projects/?q=x", HOST, f"{HOST}/admin/", "?e=1", "../7/change/"):
        assert not foreign(text)
