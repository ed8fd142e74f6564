"""The provider: where it is asked, and what it says of who has signed in there, verified."""

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from time import time
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import jwt
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from cooperation.environment import is_guarded
from cooperation.oidc.asking import ask
from cooperation.oidc.flow import Flow
from cooperation.oidc.refusals import Refused, Why

ALGORITHMS = {"RS256": "RSA", "ES256": "EC"}
"""The signatures that are taken, each with the kind of its key."""

SCOPE = "openid profile email"
REMEMBERED = 600
"""In seconds, the provider's addresses. Its keys are asked for each time, as they change."""

SKEW = 60
"""In seconds, by which the provider's clock may differ."""

Claims = dict[str, Any]
"""What the provider says of somebody, by the names of the standard."""


@dataclass(frozen=True)
class Provider:
    """The addresses of the provider, and how it wants to be told the secret."""

    authorization: str
    token: str
    keys: str
    userinfo: str
    takes_header: bool

    def sign_in_address(self, flow: Flow) -> str:
        """Where the browser goes to sign in."""
        query = {
            "response_type": "code",
            "client_id": settings.OIDC_CLIENT_ID,
            "redirect_uri": _back(),
            "scope": SCOPE,
            "state": flow.state,
            "nonce": flow.nonce,
            "code_challenge": flow.challenge,
            "code_challenge_method": "S256",
        }
        joint = "&" if urlsplit(self.authorization).query else "?"
        return f"{self.authorization}{joint}{urlencode(query)}"

    def claims(self, code: str, flow: Flow) -> Claims:
        """What the provider says, for the code that it gave the browser."""
        told = self._exchange(code, flow)
        claims = self._verified(told.get("id_token"), flow.nonce)
        access = told.get("access_token")
        if "email" in claims or not (self.userinfo and isinstance(access, str)):
            return claims
        more = ask(self.userinfo, {"Authorization": f"Bearer {access}"})
        if more.get("sub") != claims["sub"]:
            raise Refused(Why.UNPROVEN, "userinfo is about somebody else")
        return more | claims

    def _exchange(self, code: str, flow: Flow) -> dict[str, Any]:
        """The tokens for a code; they are never stored."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": _back(),
            "code_verifier": flow.verifier,
        }
        name, secret = settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET
        if not self.takes_header:
            return ask(self.token, {}, form | {"client_id": name, "client_secret": secret})
        pair = b64encode(f"{quote_plus(name)}:{quote_plus(secret)}".encode()).decode()
        return ask(self.token, {"Authorization": f"Basic {pair}"}, form)

    def _verified(self, token: Any, nonce: str) -> Claims:
        """The claims of an ID token that this provider signed for this site and this sign-in."""
        try:
            claims: Claims = jwt.decode(
                token,
                self._key(jwt.get_unverified_header(token)),
                algorithms=list(ALGORITHMS),
                issuer=settings.OIDC_ISSUER,
                audience=settings.OIDC_CLIENT_ID,
                leeway=SKEW,
                options={
                    "require": ["iss", "aud", "exp", "iat", "sub"],
                    "enforce_minimum_key_length": True,
                },
            )
        except (jwt.PyJWTError, ValueError) as error:
            raise Refused(Why.UNPROVEN, type(error).__name__) from None
        if claims.get("azp", settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
            raise Refused(Why.UNPROVEN, "the token is for another client")
        if not constant_time_compare(str(claims.get("nonce", "")), nonce):
            raise Refused(Why.UNPROVEN, "the nonce is another one")
        return claims

    def _key(self, header: dict[str, Any]) -> jwt.PyJWK:
        """The provider's key that a token says it was signed with."""
        algorithm = str(header.get("alg"))
        listed = ask(self.keys, {}).get("keys")
        for key in listed if isinstance(listed, list) else ():
            if (
                isinstance(key, dict)
                and key.get("kty") == ALGORITHMS.get(algorithm)
                and key.get("use", "sig") == "sig"
                and header.get("kid") in (None, key.get("kid"))
            ):
                return jwt.PyJWK(key, algorithm)
        raise Refused(Why.UNPROVEN, "no key of the provider fits the signature")


def provider() -> Provider:
    """The provider, by the document in which it describes itself."""
    return _described(settings.OIDC_ISSUER, int(time() // REMEMBERED))


@lru_cache(maxsize=1)
def _described(issuer: str, _period: int) -> Provider:
    """Asked once a period, by each process for itself: no cache has to be reached or believed."""
    document = ask(f"{issuer.rstrip('/')}/.well-known/openid-configuration", {})
    if document.get("issuer") != issuer:
        raise Refused(Why.UNAVAILABLE, "the provider names itself another issuer")
    methods = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Provider(
        authorization=_address(document, "authorization_endpoint"),
        token=_address(document, "token_endpoint"),
        keys=_address(document, "jwks_uri"),
        userinfo=_address(document, "userinfo_endpoint") if "userinfo_endpoint" in document else "",
        takes_header="client_secret_basic" in methods,
    )


def _address(document: dict[str, Any], name: str) -> str:
    """An address of the document, to which a secret may be sent."""
    address = document.get(name)
    try:
        if isinstance(address, str) and is_guarded(urlsplit(address)):
            return address
    except ValueError:
        pass
    raise Refused(Why.UNAVAILABLE, f"{name} is no https address")


def _back() -> str:
    """The site's own address for the answer; never by the host that a request names."""
    return f"{settings.PUBLIC_URL.geturl().rstrip('/')}{reverse('oidc_callback')}"
