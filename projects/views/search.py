"""Search over everything that has a name."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from projects.filters.kinds import SEARCH_LIMIT
from projects.parameters import Problem
from projects.reports.search import SHOWN, search
from projects.views.base import Page

SUGGESTED = 5
"""How many results of each kind are suggested while one types."""


class SearchPage(Page):
    """The results of a search by kind, or the first of them for the search box."""

    template_name = "projects/search/list.html"
    known = ("q",)

    def context(self) -> dict[str, Any]:
        text = self.request.GET.get("q", "").strip()
        if len(text) > SEARCH_LIMIT:
            message = _("A search has at most %(limit)s characters.") % {"limit": SEARCH_LIMIT}
            self.problems.append(Problem("q", message))
            text = text[:SEARCH_LIMIT]
        shown = SUGGESTED if self.suggests else SHOWN
        results = search(text, self.parameters.reader, self.parameters.scope, shown)
        return {
            "text": text,
            "results": results,
            "count": sum(len(found.hits) for found in results),
        }

    @property
    def suggests(self) -> bool:
        """Whether the search box asks, while one types."""
        return self.replaced == "suggestions"

    def render(self, context: dict[str, Any]) -> HttpResponse:
        name = "projects/search/suggestions.html" if self.suggests else self.template_name
        return self.respond(name, context)
