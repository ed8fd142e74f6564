"""Ways from the working page to the forms of statements."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from projects.models import Statement
from projects.templatetags.cooperation import says


def form_of(statement: Statement) -> str:
    """The address of a statement's form: those of a draft have no page on the site."""
    return reverse(f"admin:projects_{statement._meta.model_name}_change", args=[statement.pk])


def told(sentence: str, statement: Statement) -> SafeString:
    """A sentence with {} for what a statement says, which leads to its form."""
    link = format_html('<a href="{}">{}</a>', form_of(statement), says(statement))
    return format_html(sentence, link)
