"""The reader's language, remembered by a form that carries no token."""

from django.contrib.auth.decorators import login_not_required
from django.views.i18n import set_language as remember

from cooperation.origin import from_here

set_language = login_not_required(from_here(remember))
