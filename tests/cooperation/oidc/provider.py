"""A small provider of our own, that can be told to lie and to fail; it listens on this machine."""

import json
import secrets
import time
from base64 import b64decode, urlsafe_b64encode
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

CLIENT = "cooperation:site"
SECRET = "a secret + only/for tests"
REQUIRED = {"response_type": "code", "client_id": CLIENT, "code_challenge_method": "S256"}


@cache
def rsa_key(name="own", bits=2_048):
    """A key; another one for each name."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@cache
def ec_key():
    return ec.generate_private_key(ec.SECP256R1())


def listed(key, kid, **more):
    """A key as it is published."""
    algorithm = RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else ECAlgorithm
    return algorithm.to_jwk(key.public_key(), as_dict=True) | {"kid": kid, "use": "sig"} | more


class Provider:
    """What it says of itself and of the person, to be changed by a test."""

    def __init__(self, issuer):
        self.issuer = issuer
        self.claims = {"sub": "zhang-1", "email": "zhang@office.example", "email_verified": True}
        self.said = {}
        """Claims of the ID token that replace what would be true; None leaves one out."""
        self.key, self.algorithm, self.header = rsa_key(), "RS256", {"kid": "first"}
        self.keys = [listed(rsa_key(), "first")]
        self.userinfo = {}
        self.described = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "jwks_uri": f"{issuer}/jwks",
        }
        self.instead = {}
        """Status, content type and body by path, instead of what would be answered."""
        self.asked = []
        self.given = {}
        """What the browser was led there with, by the code that it was given."""

    def authorize(self, query):
        """The address to which it sends the browser back, once the person has signed in."""
        assert REQUIRED.items() <= query.items()
        assert "openid" in query["scope"].split()
        code = secrets.token_urlsafe()
        self.given[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, header, form):
        """The tokens for a code, once, and only for whom it was given to."""
        pair = b64decode(header.removeprefix("Basic ")).decode() if header else ""
        name, secret = (unquote_plus(part) for part in pair.split(":")) if pair else ("", "")
        if "token_endpoint_auth_methods_supported" in self.described:
            name, secret = form.get("client_id"), form.get("client_secret")
        if (name, secret) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        query = self.given.pop(form["code"], None)
        digest = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest())
        if (
            query is None
            or query["redirect_uri"] != form["redirect_uri"]
            or query["code_challenge"] != digest.decode().rstrip("=")
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {"id_token": self.id_token(query["nonce"]), "access_token": "access-token"}

    def id_token(self, nonce):
        now = int(time.time())
        true = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        claims = {name: value for name, value in (true | self.claims | self.said).items()}
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, self.key, self.algorithm, headers=self.header)

    def answer(self, method, path, query, header, form):
        """The status, the body and the address to go to."""
        if path == "/authorize":
            return 302, {}, self.authorize(query)
        if path == "/token" and method == "POST":
            return *self.token(header, form), None
        found = {
            "/.well-known/openid-configuration": self.described,
            "/jwks": {"keys": self.keys},
            "/userinfo": {"sub": self.claims.get("sub")} | self.userinfo
            if header == "Bearer access-token"
            else None,
        }.get(path)
        return (404, {}, None) if found is None else (200, found, None)


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP for the provider of its server."""

    def do_GET(self):
        self.do(dict)

    def do_POST(self):
        self.do(
            lambda: dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        )

    def do(self, read):
        provider = self.server.provider
        parts = urlsplit(self.path)
        provider.asked.append(parts.path)
        form, header = read(), self.headers.get("Authorization", "")
        kind, goes_to = "application/json", None
        if parts.path in provider.instead:
            status, kind, body = provider.instead[parts.path]
        else:
            query = dict(parse_qsl(parts.query))
            status, found, goes_to = provider.answer(self.command, parts.path, query, header, form)
            body = json.dumps(found)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if goes_to or status in {302, 307}:
            self.send_header("Location", goes_to or body)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_arguments):
        pass


@contextmanager
def running():
    """A provider that listens until the test is over."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
