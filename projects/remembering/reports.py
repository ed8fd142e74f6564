"""Reports that are remembered until the data change, in Django's cache."""

import pickle
from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.utils import timezone

from projects.languages import page_language
from projects.remembering.release import release
from projects.remembering.version import data_version

Value = TypeVar("Value")

LARGEST = 100_000
"""A value that takes more bytes is not remembered: it would drive out hundreds of small ones."""

KEPT_FOR = 86_400
"""In seconds; its key has the day's date, so nobody asks for it later."""


def remembered(version: str | None, about: tuple[object, ...], make: Callable[[], Value]) -> Value:
    """What `make` gives, remembered for this version of the data, this day and this language.

    `about` tells it apart from all else that is remembered, by texts, numbers and days; `make` may
    depend on nothing besides. None is not remembered.

    The version was read before this is asked, so what is remembered is never older than the data
    that the caller sees. It is kept only if the version is still the same afterwards: then
    `make` has seen this version of the data and no other, and the key says the truth for ever.
    """
    if version is None:
        return make()
    key = _key(version, about)
    kept = cache.get(key)
    if kept is not None:
        found: Value = pickle.loads(kept)  # noqa: S301  # written below
        return found
    value = make()
    if value is not None and data_version() == version:
        _keep(key, value)
    return value


def _keep(key: str, value: object) -> None:
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    if len(content) <= LARGEST:
        cache.set(key, content, KEPT_FOR)


def _key(version: str, about: tuple[object, ...]) -> str:
    parts = (version, timezone.localdate(), release(), page_language(), about)
    return f"report-{sha256(repr(parts).encode('utf-8', 'surrogatepass')).hexdigest()}"
