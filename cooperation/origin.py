"""Forms without a token: that this site sent them is told by where they come from.

A token would be the only thing on a public page that belongs to one visitor: a cookie for everyone,
and no two visitors with the same page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponseBase]


def from_here(view: View) -> View:
    """The view, for forms of this site; what comes from elsewhere needs a token, and is refused."""
    with_token = csrf_protect(view)
    without = csrf_exempt(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (without if _is_from_here(request) else with_token)(request, *args, **kwargs)

    return guarded


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form, which no other can forge."""
    said = request.headers.get("Origin") or _origin(request.headers.get("Referer", ""))
    here = f"{request.scheme}://{request.get_host()}"
    return said in (here, *settings.CSRF_TRUSTED_ORIGINS)


def _origin(address: str) -> str:
    """The origin of an address; for browsers that say where they come from in no other way."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
