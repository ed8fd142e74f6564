"""The addresses of the site by its own resolver, so that no new one is forgotten."""

from django.urls import URLPattern, URLResolver

NOT_OF_READERS = {"admin", "djdt"}


def patterns(resolver, namespace=""):
    """The names of all patterns that readers may ask, with the names of their arguments."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace not in NOT_OF_READERS:
            yield from patterns(pattern, f"{pattern.namespace}:" if pattern.namespace else "")
        elif isinstance(pattern, URLPattern) and (pattern.name or namespace):
            yield f"{namespace}{pattern.name}", tuple(pattern.pattern.converters)
