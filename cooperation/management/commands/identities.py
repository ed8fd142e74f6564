"""Shows whom the provider of single sign-on knows under which name, and changes it by hand."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction

from cooperation.models import Identity


class Command(BaseCommand):
    """Lists identities; gives an account one, or takes it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """An account, and what to do with it."""
        parser.add_argument("username", nargs="?", help="the account; all where none is named")
        change = parser.add_mutually_exclusive_group()
        change.add_argument("--subject", help="the provider's name (sub) for whose account it is")
        change.add_argument("--forget", action="store_true", help="the account is nobody's there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Does what is asked, and says what is stored then."""
        username, subject = options["username"], options["subject"]
        found = Identity.objects.filter(issuer=settings.OIDC_ISSUER).select_related("user")
        if username:
            found = found.filter(user=_account(username))
        elif subject or options["forget"]:
            raise CommandError("Name the account.")
        if options["forget"]:
            found.delete()
        if subject:
            _give(username, subject)
        for identity in found.order_by("user__username"):
            self.stdout.write(f"{identity.user.get_username()}\t{identity.subject}")


def _account(username: str) -> User:
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist as error:
        raise CommandError(f"There is no account {username}.") from error


def _give(username: str, subject: str) -> None:
    if not settings.OIDC_ISSUER:
        raise CommandError("OIDC_ISSUER is not set.")
    given = {"user": _account(username), "issuer": settings.OIDC_ISSUER, "subject": subject}
    try:
        with transaction.atomic():
            Identity.objects.create(**given)
    except IntegrityError as error:
        raise CommandError(
            f"{username} has an identity there already, or {subject} has another account."
        ) from error
