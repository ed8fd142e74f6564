"""The reader's language, remembered by a form that carries no token.

A token would be the only thing on a public page that belongs to one visitor: a cookie for everyone,
and no two visitors with the same page. That the site itself sent the form is told by its origin.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.i18n import set_language as remember

with_token = csrf_protect(remember)


@login_not_required
@csrf_exempt
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language; what comes from elsewhere would need a token, and is refused."""
    return remember(request) if _is_from_here(request) else with_token(request)


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
