"""Why somebody who comes from the provider is not logged in, in words for the page to log in."""

from enum import StrEnum

from django.utils.translation import gettext as _


class Why(StrEnum):
    """The reasons, as the address of the page to log in names them."""

    CANCELLED = "cancelled"
    STALE = "stale"
    UNAVAILABLE = "unavailable"
    UNPROVEN = "unproven"
    UNKNOWN = "unknown"
    INACTIVE = "inactive"


class Refused(Exception):
    """Nobody is logged in: `why`, and what the log says of it, which is never a secret."""

    def __init__(self, why: Why, detail: str) -> None:
        super().__init__(detail)
        self.why = why
        self.detail = detail


def words(why: str, name: str) -> str:
    """What to do, for who reads the page; nothing for a reason that is none."""
    texts: dict[str, str] = {
        Why.CANCELLED: _(
            "The sign-in with %(name)s was cancelled. Sign in again, or log in with a password."
        ),
        Why.STALE: _(
            "This sign-in with %(name)s has been used already, was begun in another window, or "
            "took longer than ten minutes. Sign in again."
        ),
        Why.UNAVAILABLE: _(
            "%(name)s does not answer as it should. Try again later, or log in with a password."
        ),
        Why.UNPROVEN: _(
            "What %(name)s says of you could not be verified, so nobody is logged in. Tell an "
            "administrator of the site."
        ),
        Why.UNKNOWN: _(
            "%(name)s knows you, but no account of this site is yours. Ask an administrator of the "
            "site for one."
        ),
        Why.INACTIVE: _(
            "Your account is switched off. Ask an administrator of the site whether that is right."
        ),
    }
    return texts.get(why, "") % {"name": name}
