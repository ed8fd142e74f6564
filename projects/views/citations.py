"""Citations: what a statement says, in which words, where, as known when, and a lasting address."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from projects.languages import page_language
from projects.models import Statement
from projects.parameters import Parameters
from projects.templatetags.cooperation import says
from projects.values.dates import VagueDate

KEPT = ("as_of", "prefer")
"""What of the query string the address of a citation keeps: what a statement looks like."""


def citation(statement: Statement, parameters: Parameters) -> str:
    """One line to be pasted: value, words, source, the day asked, and the address.

    The address names the language, so that it opens as it was read.
    """
    parts = [_("%(subject)s: %(says)s") % {"subject": statement.subject, "says": says(statement)}]
    if statement.as_written:
        parts.append(_("in the words “%(words)s”") % {"words": statement.as_written})
    parts.append(_source(statement))
    day = VagueDate(parameters.reader.day.isoformat()).format(page_language())
    parts.append(_("as known on %(day)s") % {"day": day})
    return _("; ").join(parts) + _(". ") + address(statement, parameters)


def address(statement: Statement, parameters: Parameters) -> str:
    """The lasting address of a statement, as it is seen, in the page's language."""
    kept = [pair for pair in parameters.carried if pair[0] in KEPT]
    query = urlencode([*kept, ("lang", page_language())])
    return f"{settings.PUBLIC_URL.geturl()}{statement.get_absolute_url()}?{query}"


def _source(statement: Statement) -> str:
    """The publication: outlet, title, date, and the place in it."""
    source = statement.source
    words = {
        "outlet": source.outlet,
        "title": source.title,
        "date": source.when.format(page_language()),
    }
    named = _("%(outlet)s, “%(title)s”, %(date)s") if source.outlet else _("“%(title)s”, %(date)s")
    return _(", ").join(filter(None, [named % words, statement.locator]))
