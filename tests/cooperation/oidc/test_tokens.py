"""What the provider says is believed only as it was signed, for this site, now."""

import time

import pytest

from cooperation.models import Identity
from tests.cooperation.oidc.provider import CLIENT, SECRET, ec_key, listed, rsa_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("single_sign_on")]

UNPROVEN = (
    "What Office says of you could not be verified, so nobody is logged in. Tell an administrator "
    "of the site."
)


@pytest.fixture
def refused(visitor, zhang):
    """Whether a sign-in is refused, and why it says so."""

    def is_refused():
        answer = visitor.sign_in()
        return visitor.told(answer) == UNPROVEN and not visitor.is_in()

    return is_refused


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("nonce", "another"),
        ("nonce", None),
        ("aud", "another"),
        ("aud", None),
        ("aud", []),
        ("azp", "another"),
        ("iss", "http://127.0.0.1:1"),
        ("iss", None),
        ("exp", int(time.time()) - 3_600),
        ("exp", None),
        ("exp", "soon"),
        ("iat", int(time.time()) + 3_600),
        ("iat", None),
        ("nbf", int(time.time()) + 3_600),
        ("sub", None),
        ("sub", ""),
        ("sub", 7),
        ("sub", "nul\0"),
        ("sub", "a" * 256),
    ],
    ids=lambda value: "at" if isinstance(value, int) else None,
)
def test_a_claim_that_is_not_as_it_has_to_be(provider, refused, claim, value):
    provider.claims.pop(claim, None)
    provider.said = {claim: value}
    assert refused()
    assert not Identity.objects.exists()


def test_several_audiences_with_ours_among_them_are_taken(provider, visitor, zhang):
    provider.said = {"aud": [CLIENT, "another"], "azp": CLIENT}
    visitor.sign_in()
    assert visitor.is_in()


def test_a_clock_may_be_half_a_minute_off(provider, visitor, zhang):
    provider.said = {"iat": int(time.time()) + 30}
    visitor.sign_in()
    assert visitor.is_in()


def test_another_ones_signature(provider, refused):
    provider.key = rsa_key("of somebody else")
    assert refused()


def test_a_token_that_was_changed_afterwards(provider, refused):
    make = provider.id_token
    provider.id_token = lambda nonce: make(nonce).replace(".", ".e", 1)
    assert refused()


def test_no_signature(provider, refused):
    provider.key, provider.algorithm = None, "none"
    assert refused()


def test_a_signature_with_the_secret_or_with_the_public_key(provider, refused):
    provider.algorithm = "HS256"
    for key in (SECRET * 2, provider.keys[0]["n"]):
        provider.key = key
        assert refused()


def test_a_key_that_it_does_not_list(provider, refused):
    provider.header = {"kid": "second"}
    assert refused()


def test_a_key_that_is_for_something_else(provider, refused):
    provider.keys = [listed(rsa_key(), "first", use="enc")]
    assert refused()


@pytest.mark.parametrize(
    "keys", [[], {}, None, [None], [{}], [{"kty": "RSA", "kid": "first"}], [{"kty": ["RSA"]}]]
)
def test_keys_that_are_none(provider, refused, keys):
    provider.keys = keys
    assert refused()


def test_a_key_that_is_no_number_of_two_primes(provider, refused):
    provider.keys = [listed(rsa_key(), "first", n="AQAB")]
    assert refused()


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
def test_a_key_that_can_be_guessed(provider, refused):
    provider.key = rsa_key("short", 1_024)
    provider.keys = [listed(provider.key, "first")]
    assert refused()


@pytest.mark.parametrize("token", [None, "", "x", "a.b.c", 7, ["a"]])
def test_a_token_that_is_none(provider, refused, token):
    provider.id_token = lambda nonce: token
    assert refused()


def test_a_new_key_is_taken_at_once(provider, visitor, zhang):
    visitor.sign_in()
    visitor.logout()
    provider.key, provider.header = rsa_key("new"), {"kid": "second"}
    provider.keys = [listed(rsa_key(), "first"), listed(rsa_key("new"), "second")]
    visitor.sign_in()
    assert visitor.is_in()


def test_the_only_key_needs_no_name(provider, visitor, zhang):
    provider.header = {}
    visitor.sign_in()
    assert visitor.is_in()


def test_elliptic_curves_are_taken(provider, visitor, zhang):
    provider.key, provider.algorithm = ec_key(), "ES256"
    provider.keys = [listed(rsa_key(), "first"), listed(ec_key(), "first")]
    visitor.sign_in()
    assert visitor.is_in()


def test_what_it_says_of_somebody_else_is_not_believed(provider, refused):
    provider.claims = {"sub": "stranger"}
    provider.userinfo = {"sub": "zhang-1", "email": "zhang@office.example", "email_verified": True}
    assert refused()


def test_another_provider_that_answers_in_its_place(visitor, zhang):
    answer = visitor.get(f"{visitor.begin()}&iss=https://other.example")
    assert visitor.told(answer) == UNPROVEN
    assert not visitor.is_in()
