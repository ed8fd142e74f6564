"""Hosts and words of proxies that somebody made up."""

import re

import pytest
from django.test import Client

FORGED = [
    "evil.example",
    "evil.example:80",
    "testserver.evil.example",
    "evil.testserver",
    "testserver@evil.example",
    "testserver:80@evil.example",
    "evil.example/testserver",
    "testserver/evil.example",
    "testserver, evil.example",
    "evil.example, testserver",
    "testserver evil.example",
    "testserver:evil.example",
    "testserver:80:80",
    "testserver\\evil.example",
    "testserver#evil.example",
    "testserver?evil.example",
    "testserver..",
    "127.0.0.1.evil.example",
    "0x7f000001",
    "[::ffff:evil.example]",
    "[::1",
    ".testserver",
    "*",
    "téstserver",
]
SAID = {
    "x-forwarded-host": "evil.example",
    "x-host": "evil.example",
    "x-forwarded-server": "evil.example",
    "x-http-host-override": "evil.example",
    "x-original-host": "evil.example",
    "x-original-url": "//evil.example/",
    "x-rewrite-url": "//evil.example/",
    "x-forwarded-port": "666",
    "x-forwarded-prefix": "//evil.example",
    "x-script-name": "/evil.example",
    "forwarded": "for=evil.example;host=evil.example;proto=https",
}
PAGES = ["/", "/projects/", "/login/?next=/", "/nosuch/"]
LEADING_ON = ["/admin/", "/projects", "/password/"]
LINK = re.compile(r'(?:href|src|action|content)="(?:https?:)?//([^/"]+)')

pytestmark = pytest.mark.django_db


@pytest.mark.proof
def test_a_forged_host_is_refused(figure):
    answers = {
        (host, address): Client(headers={"host": host}).get(address)
        for host in FORGED
        for address in ("/", "/projects/", "/login/", "/admin/", "/healthz")
    }
    taken = [asked for asked, answer in answers.items() if answer.status_code != 400]
    what = "24 forged Host headers at 5 addresses each: not refused with 400"
    figure("B9", what, f"{len(taken)} of {len(answers)}", "0 of 120")
    assert (taken, len(answers)) == ([], 120)
    assert not [asked for asked, one in answers.items() if "evil" in one.content.decode()]


@pytest.mark.proof
def test_no_answer_has_a_host_that_another_header_says(settings, full_size, figure):
    alone = [{name: value} for name, value in SAID.items()]
    answers = []
    for settings.TRUSTED_PROXIES in (0, 1, 2):
        for said in [SAID, *(alone if full_size else [])]:
            client = Client(headers=said)
            settings.SECURE_SSL_REDIRECT = False
            answers += [client.get(address) for address in [*PAGES, *LEADING_ON]]
            settings.SECURE_SSL_REDIRECT = True
            answers.append(client.get("/projects/"))
    believed = [one.request["PATH_INFO"] for one in answers if believes(one)]
    what = "X-Forwarded-Host and 10 more such headers, alone and together: believed"
    figure("B9", what, f"{len(believed)} of {len(answers)}", "0 of 288")
    assert (believed, len(answers)) == ([], 288 if full_size else 24)


def believes(answer):
    """Whether an answer has the host of a header, or a page has a link to another one."""
    page = answer.content.decode()
    said = re.search("evil|:666", f"{page} {answer.headers}")
    return bool(said) or not set(LINK.findall(page)) <= {"testserver"}


@pytest.mark.parametrize("address", LEADING_ON)
def test_a_redirect_stays_here(address):
    answer = Client(headers=SAID).get(address)
    assert answer.status_code in (301, 302)
    assert answer["Location"].startswith("/")


@pytest.mark.parametrize("proxies", [0, 1])
def test_https_is_believed_of_trusted_proxies_alone(settings, proxies):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxies else None
    answer = Client(headers={"x-forwarded-proto": "https"}).get("/login/")
    assert answer.status_code == (200 if proxies else 301)
