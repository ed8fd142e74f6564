"""Requests from the site to the provider: JSON comes back, soon, from nowhere else."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from threading import BoundedSemaphore
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from cooperation.oidc.refusals import Refused, Why

TIMEOUT = 5
"""In seconds: a thread of the site waits meanwhile."""

AT_ONCE = BoundedSemaphore(2)
"""Fewer than the threads of a worker: while the provider hangs, the others serve the site."""

PATIENCE = 0.5
"""In seconds, that a sign-in waits for those before it."""

LARGEST = 1_000_000
"""In bytes, of an answer."""


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: it would take the secret elsewhere."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


_opener = build_opener(_Stay)


def ask(
    address: str, headers: Mapping[str, str], form: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The object that an address of the provider answers, or Refused; `form` is sent by POST."""
    sent = urlencode(form).encode() if form is not None else None
    request = Request(address, sent, {"Accept": "application/json", **headers})  # noqa: S310  # guarded by discovery
    try:
        with _place(), _opener.open(request, timeout=TIMEOUT) as answer:
            found = json.loads(answer.read(LARGEST))
    except HTTPError as error:
        with error:
            raise _refusal(error) from None
    except (OSError, HTTPException, ValueError) as error:
        # Not its words, nor itself as the cause: they may hold what was sent.
        raise Refused(Why.UNAVAILABLE, type(error).__name__) from None
    if not isinstance(found, dict):
        raise Refused(Why.UNAVAILABLE, "no JSON object")
    return found


@contextmanager
def _place() -> Iterator[None]:
    """One of the few places to wait for the provider."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise Refused(Why.UNAVAILABLE, "others wait for the provider already")
    try:
        yield
    finally:
        AT_ONCE.release()


def _refusal(error: HTTPError) -> Refused:
    """What an answer other than 200 means: a code that is used up, or a fault."""
    try:
        said = json.loads(error.read(LARGEST))["error"]
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        said = None
    if said == "invalid_grant":
        return Refused(Why.STALE, "the provider takes the code no more")
    return Refused(Why.UNAVAILABLE, f"HTTP {error.code}")
