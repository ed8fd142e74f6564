"""A sign-in that is under way: what the browser keeps while the person is at the provider."""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

MAX_AGE = 600
"""In seconds, for a second factor and a forgotten password too."""

LONGEST_NEXT = 2_000
"""Of the address to go on to; a browser drops a cookie of more than 4 kB in silence."""

SALT = "cooperation.oidc"


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Flow:
    """The secrets of one sign-in, and where it leads; of several at once the last one counts."""

    next: str = ""
    state: str = field(default_factory=_secret)
    nonce: str = field(default_factory=_secret)
    verifier: str = field(default_factory=_secret)

    @property
    def challenge(self) -> str:
        """The digest of the verifier that PKCE calls S256."""
        digest = sha256(self.verifier.encode()).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")

    def has_state(self, state: str) -> bool:
        """Whether the provider's answer belongs to it."""
        return constant_time_compare(self.state, state)

    def keep(self, response: HttpResponse) -> None:
        """Have the browser keep it. No row is stored for who is nobody yet."""
        response.set_cookie(
            cookie_name(),
            signing.dumps(asdict(self), salt=SALT),
            max_age=MAX_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def flow_of(request: HttpRequest) -> Flow | None:
    """The sign-in that this browser began last; None where it began none lately."""
    try:
        kept = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return Flow(**kept)


def forget(response: HttpResponse) -> None:
    """Have the browser forget it, so that an answer is taken once."""
    response.delete_cookie(cookie_name(), samesite="Lax")


def cookie_name() -> str:
    """With https such as no other host of the domain can set."""
    return "__Host-oidc" if settings.SESSION_COOKIE_SECURE else "oidc"
