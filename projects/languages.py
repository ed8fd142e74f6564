"""The language of the page, as values take it."""

from django.utils.translation import get_language

from projects.values.words import Language


def page_language() -> Language:
    """The language in which the page is written; Chinese where nobody chose."""
    return "en" if (get_language() or "").startswith("en") else "zh-hans"
