"""The reader's language: of a link that is passed on, and remembered by a form without a token."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.utils import translation
from django.views.i18n import set_language as remember

from cooperation.origin import from_here


def speak(request: HttpRequest) -> None:
    """Answer in the language that the address asks for, if it asks for one of the site's."""
    language = request.GET.get("lang", "")
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
        request.LANGUAGE_CODE = language


set_language = login_not_required(from_here(remember))
