"""Wrong passwords are counted, by user name and address: after five, none is looked at."""

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from cooperation.models import LoginAttempt
from cooperation.proxies import subscriber

TRIES = 5
"""So many wrong passwords are looked at within `WINDOW`."""

WINDOW = timedelta(minutes=15)


class Locked(Exception):
    """Too many wrong passwords; `wait` is how long none is looked at any more."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


def begin_attempt(username: str, address: str) -> str:
    """Count a try before its password is looked at, and give its key; Locked where it is too many.

    Counted first, as of a hundred tries at one instant each would find that none was wrong yet. A
    try that is refused is not counted, so that waiting is over when it was said to be.
    """
    key = _key(username, address)
    now = timezone.now()
    attempts = LoginAttempt.objects
    attempts.filter(tried__lte=now - WINDOW).delete()
    own = attempts.create(key=key, tried=now)
    newest = attempts.filter(key=key).exclude(pk=own.pk).order_by("-tried")
    times = list(newest.values_list("tried", flat=True)[:TRIES])
    if len(times) == TRIES:
        own.delete()
        raise Locked(times[-1] + WINDOW - now)
    return key


def forget_attempts(key: str) -> None:
    """Take back what was counted, as the password was right."""
    LoginAttempt.objects.filter(key=key).delete()


def _key(username: str, address: str) -> str:
    text = f"{username}\0{subscriber(address)}"
    return salted_hmac("cooperation.throttle", text, algorithm="sha256").hexdigest()
