"""Answers that a browser keeps and asks about: 304 before anything of the page is made.

The entity tag is a digest of all that a page depends on, so it is known beforehand. It is a weak
one: answers of one tag say the same, but compression gives each another length.
"""

from hashlib import sha256
from typing import Any, cast

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponseBase
from django.http.request import HttpHeaders
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from projects.parameters import NOT_INDEXED
from projects.remembering.release import release

HTMX_HEADERS = ("HX-Request", "HX-Target", "HX-History-Restore-Request")
"""The same address gives a part of the page to htmx; no cache may give it to a reader."""

VARY = ("Accept-Encoding", "Accept-Language", "Cookie", *HTMX_HEADERS)
_HTMX = [HttpHeaders.to_wsgi_name(name) for name in HTMX_HEADERS]


def entity_tag(request: HttpRequest, version: str | None) -> str:
    """The tag of the answer to a request; empty where it is not to be revalidated.

    That is where a message waits to be shown once, and where debug is on and templates change.
    """
    safe = request.method in ("GET", "HEAD")
    if version is None or not safe or settings.DEBUG or _message_waits(request):
        return ""
    parts = (
        version,
        timezone.localdate(),
        release(),
        get_language(),
        request.scheme,
        request.get_host(),
        request.path,
        sorted(request.GET.lists()),
        # All headers together are costly to read, and this is all that is done for most answers.
        [request.META.get(name) for name in _HTMX],
        _who(request),
    )
    return f'W/"{sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def is_kept(request: HttpRequest, tag: str) -> bool:
    """Whether the asker keeps the answer of this tag."""
    # `*` asks whether there is any answer at all, and only the page knows whether it is there.
    return bool(tag) and tag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))


def tagged(request: HttpRequest, response: HttpResponseBase, tag: str) -> HttpResponseBase:
    """The answer with what caches and search engines are told of it."""
    patch_vary_headers(response, VARY)
    if any(request.GET.get(name) for name in NOT_INDEXED):
        response.headers["X-Robots-Tag"] = "noindex"
    # A page that holds a form's token, or says so itself, is made anew each time.
    if response.has_header("Cache-Control") or "CSRF_COOKIE_NEEDS_UPDATE" in request.META:
        return response
    private = settings.BROWSING == "login" or settings.SESSION_COOKIE_NAME in request.COOKIES
    patch_cache_control(response, no_cache=True, **({"private": True} if private else {}))
    if tag and response.status_code in (200, 304):
        response.headers["ETag"] = tag
    return response


def _who(request: HttpRequest) -> tuple[Any, ...]:
    """The account and what it may do; empty for visitors, of whom no table is asked."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ()
    user = cast(Any, request).user
    if not user.is_authenticated:
        return ()
    rights = (user.is_staff, user.is_superuser, sorted(user.get_all_permissions()))
    return (user.pk, user.get_username(), *rights)


def _message_waits(request: HttpRequest) -> bool:
    places = (CookieStorage.cookie_name, settings.SESSION_COOKIE_NAME)
    return any(name in request.COOKIES for name in places) and len(get_messages(request)) > 0
