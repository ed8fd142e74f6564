"""Where a request comes from, and which proxies may say so."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

ONE_SUBSCRIBER = 64
"""So many bits of an IPv6 address are one subscriber's, who may change the others at will."""


def client_address(request: HttpRequest) -> str:
    """The address of who asks: the peer's, or what as many proxies say as are trusted.

    Each proxy appends who asked it to `X-Forwarded-For`; what stands left of those that are trusted
    was written by anybody, and is not read.
    """
    peer: str = request.META.get("REMOTE_ADDR", "")
    if not settings.TRUSTED_PROXIES:
        return peer
    said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    said = said[-settings.TRUSTED_PROXIES :]
    return said[0] if _is_address(said[0]) else peer


def subscriber(address: str) -> str:
    """What of an address cannot be changed by who has it: the network, where it is IPv6."""
    if not _is_address(address):
        return address
    found = ip_address(address)
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((found, ONE_SUBSCRIBER), strict=False))


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
