"""The addresses of the site by its own resolver, so that no new one is forgotten."""

from django.urls import URLPattern, URLResolver
from django.utils import timezone

from projects.exports import EXPORTS
from projects.reports.visible import visible
from projects.values.readers import Reader

NOT_OF_READERS = {"admin", "djdt"}
NO_PAGES = {"set_language", "logout", "password", "metrics"}
"""Addresses that answer no visitor: they take forms alone, or need an account or a token."""


def patterns(resolver, namespace=""):
    """The names of all patterns that readers may ask, with the names of their arguments."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace not in NOT_OF_READERS:
            yield from patterns(pattern, f"{pattern.namespace}:" if pattern.namespace else "")
        elif isinstance(pattern, URLPattern) and (pattern.name or namespace):
            if pattern.name in NO_PAGES:
                continue
            yield f"{namespace}{pattern.name}", tuple(pattern.pattern.converters)


def api_rows(name, arguments):
    """What the pattern of a row in the API may name: all that is published; None for any other."""
    if not name.endswith("-api-row"):
        return None
    (key,) = arguments
    model = EXPORTS[name.removeprefix("projects:").removesuffix("-api-row")].model
    rows = visible(model.objects.order_by("pk"), Reader(timezone.localdate()))
    return [{key: value} for value in rows.values_list(key, flat=True)]
