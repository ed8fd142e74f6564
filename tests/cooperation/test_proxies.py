"""Whose address it is: the peer's, or what the proxies say that are trusted."""

import pytest
from django.test import RequestFactory

from cooperation.proxies import client_address, subscriber


@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "203.0.113.9"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "", "10.0.0.1"),
        (1, "unknown", "10.0.0.1"),
        (1, "203.0.113.9\r\nforged", "10.0.0.1"),
    ],
)
def test_only_what_trusted_proxies_wrote_is_read(settings, proxies, said, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {"x-forwarded-for": said}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")
    assert client_address(request) == address


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_who_has_a_network_has_all_its_addresses(address, kept):
    assert subscriber(address) == kept
