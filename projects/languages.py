"""The language of the page: which it is, as values take it, and that which an address asks for."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from projects.values.words import Language


def page_language() -> Language:
    """The language in which the page is written; Chinese where nobody chose."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh-hans"


def speak(request: HttpRequest) -> None:
    """Answer in the language that the address asks for, if it asks for one of the site's."""
    language = request.GET.get("lang", "")
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
        request.LANGUAGE_CODE = language
