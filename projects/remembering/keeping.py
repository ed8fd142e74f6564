"""Django's cache, as what may be missing: pages are made without it where its server is down."""

import logging
from time import monotonic
from typing import Any

from django.core.cache import cache

PAUSE = 5.0
"""Seconds for which a cache that failed is left alone, as to wait for it may take a second."""

logger = logging.getLogger(__name__)

_left_alone_until = 0.0


def kept(key: str) -> Any:
    """What is kept under a key; None where nothing is, or the cache fails."""
    if monotonic() < _left_alone_until:
        return None
    try:
        return cache.get(key)
    except Exception as error:  # each client library has its own, and none derives from Django's
        _leave_alone(error)
        return None


def keep(key: str, content: bytes, seconds: int) -> None:
    """Keep it, unless the cache fails."""
    if monotonic() < _left_alone_until:
        return
    try:
        cache.set(key, content, seconds)
    except Exception as error:
        _leave_alone(error)


def _leave_alone(error: Exception) -> None:
    global _left_alone_until
    _left_alone_until = monotonic() + PAUSE
    logger.warning("The cache fails, pages are made without it: %s", error)
