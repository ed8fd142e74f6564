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
LINK = re.compile(r'(?:href|src|action|content)="(?:https?:)?//([^/"]+)')

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/projects/", "/login/", "/admin/", "/healthz"])
@pytest.mark.parametrize("host", FORGED)
def test_a_forged_host_is_refused(host, address):
    answer = Client(headers={"host": host}).get(address)
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


@pytest.mark.parametrize("proxies", [0, 1, 2])
@pytest.mark.parametrize("address", ["/", "/projects/", "/login/?next=/", "/nosuch/"])
def test_no_page_has_a_host_that_somebody_says(settings, proxies, address):
    settings.TRUSTED_PROXIES = proxies
    answer = Client(headers=SAID).get(address)
    page = answer.content.decode()
    assert "evil" not in page
    assert ":666" not in page
    assert set(LINK.findall(page)) <= {"testserver"}
    assert "evil" not in str(answer.headers)


def test_nor_has_a_redirect(settings):
    for address in ("/admin/", "/projects", "/password/"):
        answer = Client(headers=SAID).get(address)
        assert answer.status_code in (301, 302)
        assert answer["Location"].startswith("/")


@pytest.mark.parametrize("proxies", [0, 1])
def test_https_is_believed_of_trusted_proxies_alone(settings, proxies):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxies else None
    answer = Client(headers={"x-forwarded-proto": "https"}).get("/login/")
    assert answer.status_code == (200 if proxies else 301)
