"""Reports that are remembered until the data change, in Django's cache."""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeVar
from zlib import compress, decompress

from django.utils import timezone

from projects.languages import page_language
from projects.metrics import HIT, MISS
from projects.remembering.keeping import keep, kept
from projects.remembering.release import release
from projects.remembering.version import data_version

Value = TypeVar("Value")


@dataclass
class Made:
    """What was made and waits to be kept, with its keys, and the version seen after all of it."""

    version: str | None
    values: dict[str, object] = field(default_factory=dict)
    seen: str | None = None


_made: ContextVar[Made | None] = ContextVar("made", default=None)
_here: ContextVar[dict[str, object] | None] = ContextVar("here", default=None)

LARGEST = 64_000
"""What takes more bytes, compressed, is not remembered: 500 values have room, 32 MB at the most."""

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
    content = kept(key)
    if content is not None:
        HIT.inc()
        found: Value = pickle.loads(decompress(content))  # noqa: S301  # written below
        return found
    MISS.inc()
    with kept_together(version) as made:
        if key in made.values:
            waiting: Value = made.values[key]  # type: ignore[assignment]  # by the same key
            return waiting
        made.seen = None
        value = make()
        if value is not None:
            made.values[key] = value
    return value


def remembered_here(about: tuple[object, ...], make: Callable[[], Value]) -> Value:
    """The same by whoever does not know the version: that of what is kept together around it."""
    here = _here.get()
    if here is None:
        made = _made.get()
        return remembered(made.version if made else None, about, make)
    key = repr(about)
    if key not in here:
        here[key] = make()
    found: Value = here[key]  # type: ignore[assignment]  # by the same key
    return found


def seen_last(version: object) -> None:
    """Take this version, read with what is asked last of all, for the one after all was made.

    It saves the query that would ask for it. What is made later asks again.
    """
    made = _made.get()
    if made is not None and version is not None:
        made.seen = str(version)


@contextmanager
def kept_together(version: str | None) -> Iterator[Made]:
    """Keep together what is made within this: the version is asked once for all, at its end."""
    within = _made.get()
    if within is not None:
        yield within
        return
    made = Made(version)
    token = _made.set(made)
    try:
        yield made
    finally:
        _made.reset(token)
    if made.values and (made.seen or data_version()) == version:
        for key, value in made.values.items():
            _keep(key, value)


@contextmanager
def kept_here() -> Iterator[None]:
    """Within this what is asked is made once, in the state that is read in it, and kept no longer.

    Within another one it is made anew.
    """
    token = _here.set({})
    try:
        yield
    finally:
        _here.reset(token)


def _keep(key: str, value: object) -> None:
    # Rows repeat their columns: it takes a tenth of the room, and a third of a millisecond.
    content = compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), level=1)
    if len(content) <= LARGEST:
        keep(key, content, KEPT_FOR)


def _key(version: str, about: tuple[object, ...]) -> str:
    parts = (version, timezone.localdate(), release(), page_language(), about)
    return f"report-{sha256(repr(parts).encode('utf-8', 'surrogatepass')).hexdigest()}"
