"""What settings can be read but do not go together, for `manage.py check`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from cooperation.environment import is_guarded


def single_sign_on(**_arguments: Any) -> list[CheckMessage]:
    """An error where the provider would answer to an address that others read along."""
    if not settings.OIDC_ISSUER or is_guarded(settings.PUBLIC_URL):
        return []
    return [
        Error(
            f"Single sign-on comes back to {settings.PUBLIC_URL.geturl()}, which is not https.",
            hint="Set PUBLIC_URL to the site's https address, or take out OIDC_ISSUER.",
            id="cooperation.E002",
        )
    ]
