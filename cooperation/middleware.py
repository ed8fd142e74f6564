"""Response headers that Django 5.2 does not set, and requests that nothing behind can read."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


CSP = "Content-Security-Policy"


def security_headers() -> dict[str, str]:
    """What every answer carries, those of the server itself too; HSTS apart, which is for https."""
    policy = settings.SECURE_CSP.items()
    return {
        CSP: "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in policy),
        "Permissions-Policy": PERMISSIONS_POLICY,
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    }


class SecurityHeadersMiddleware:
    """Adds `security_headers` to every response.

    It has to stand around all that answers, so that static files, redirects and error pages carry
    them too. What says nothing of caches is private where it answers to a session.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.headers = security_headers()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers.items():
            # Django's own debug pages for 404 and 500 are one file with inline style and script.
            if not (name == CSP and settings.DEBUG and response.status_code in {404, 500}):
                response.headers.setdefault(name, value)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private")
        return response


class RefuseUnreadableMiddleware:
    """Answers 400 to a NUL in the address, which PostgreSQL cannot take, and to too many words."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "\0" in query or "%00" in query:
            raise BadRequest("A NUL character in the address.")
        if query.count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
            # Django refuses to read them, for the page that says so too.
            request.META["QUERY_STRING"] = ""
            raise BadRequest("Too many parameters in the address.")
        return self.get_response(request)
