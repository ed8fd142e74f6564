"""Search over everything that has a name."""

from typing import Any

from django.utils.translation import gettext as _

from projects.filters import SEARCH_LIMIT
from projects.parameters import Problem
from projects.reports.search import search
from projects.views.base import Page


class SearchPage(Page):
    """The results of a search, by kind."""

    template_name = "projects/search/list.html"
    known = ("q",)

    def context(self) -> dict[str, Any]:
        text = self.request.GET.get("q", "").strip()
        if len(text) > SEARCH_LIMIT:
            message = _("A search has at most %(limit)s characters.") % {"limit": SEARCH_LIMIT}
            self.problems.append(Problem("q", message))
            text = text[:SEARCH_LIMIT]
        return {
            "text": text,
            "results": search(text, self.parameters.reader, self.parameters.scope),
        }
