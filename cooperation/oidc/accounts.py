"""Whose account it is: by the provider's name for a person, once by a verified e-mail address."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cooperation.models import Identity
from cooperation.oidc.provider import Claims
from cooperation.oidc.refusals import Refused, Why

logger = logging.getLogger(__name__)


def account_of(claims: Claims) -> User:
    """The account of who signed in, or Refused."""
    subject = _text(claims, "sub", 255)
    if not subject:
        raise Refused(Why.UNPROVEN, "the subject is no text")
    try:
        with transaction.atomic():
            user = _known(subject) or _matched(claims, subject) or _created(claims, subject)
    except IntegrityError:
        # The same person in another window, at the same instant.
        user = _known(subject)
    if user is None:
        raise Refused(Why.UNKNOWN, f"nobody is known as {subject}")
    if not user.is_active:
        raise Refused(Why.INACTIVE, f"{user.get_username()} is not active")
    return user


def _known(subject: str) -> User | None:
    found = Identity.objects.filter(issuer=settings.OIDC_ISSUER, subject=subject)
    identity = found.select_related("user").first()
    return identity.user if identity else None


def _matched(claims: Claims, subject: str) -> User | None:
    """The one account with the verified address, kept from now on by the subject.

    Never a superuser's, and none that is somebody else's there: addresses are given anew.
    """
    address = verified_address(claims)
    accounts = list(User.objects.filter(email__iexact=address)) if address else []
    if not accounts:
        return None
    user = accounts[0]
    taken = Identity.objects.filter(user=user, issuer=settings.OIDC_ISSUER).exists()
    if len(accounts) > 1 or user.is_superuser or taken:
        raise Refused(Why.UNKNOWN, f"the address of {subject} leads to no account that is free")
    if user.is_active:
        _keep(user, subject)
    return user


def _created(claims: Claims, subject: str) -> User | None:
    """A new account that may look at the site and no more, where the settings allow it."""
    if not settings.OIDC_CREATE:
        return None
    user = User.objects.create_user(_free_name(claims), email=verified_address(claims))
    _keep(user, subject)
    return user


def _keep(user: User, subject: str) -> None:
    Identity.objects.create(user=user, issuer=settings.OIDC_ISSUER, subject=subject)
    logger.info("%s is the account of %s from now on", user.get_username(), subject)


def verified_address(claims: Claims) -> str:
    """The e-mail address, if the provider says that it is the person's; ASCII alone.

    Databases take some other letters for ASCII ones when they compare without regard to case.
    """
    address = _text(claims, "email", 254)
    said = claims.get("email_verified")
    verified = said is True or said == "true"
    return address if verified and address.isascii() and "@" in address else ""


def _free_name(claims: Claims) -> str:
    """A user name that nobody has, such as the provider's own for the person."""
    wanted = _text(claims, "preferred_username", 100)
    # Normalized, a letter may be several.
    name = User.normalize_username(wanted or verified_address(claims).partition("@")[0])[:100]
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError:
        name = "account"
    number = 1
    free = name
    while User.objects.filter(username__iexact=free).exists():
        number += 1
        free = f"{name}-{number}"
    return free


def _text(claims: Claims, name: str, longest: int) -> str:
    """A claim as text that a database takes; empty where it is none."""
    found: Any = claims.get(name)
    if not isinstance(found, str) or len(found) > longest or not found.isprintable():
        return ""
    return found
