"""What is vague, missing, silent, overdue or disputed."""

from typing import Any

from django.http import Http404

from projects.reports.findings import Finding, found_rows, found_statements
from projects.reports.quality import quality
from projects.views.base import Page
from projects.views.places import Place, place_asked

AT_ONCE = 50
"""So many statements of a finding are on a page."""


class QualityPage(Page):
    """How firm the record is, each count a link to its rows."""

    template_name = "projects/quality/detail.html"

    def context(self) -> dict[str, Any]:
        reader, scope = self.parameters.reader, self.parameters.scope
        found = self.parameters.remembered("quality", lambda: quality(reader, scope))
        return {"quality": found, "findings": found.findings.items()}


class FindingPage(Page):
    """The statements that lack one thing, a page of them at a time."""

    template_name = "projects/quality/finding.html"
    known = ("page",)

    def context(self, finding: str) -> dict[str, Any]:
        if finding not in Finding:
            raise Http404
        reader, asked = self.parameters.reader, Finding(finding)
        rows = found_rows(asked, reader, self.parameters.scope)
        counts = rows.counts()
        place: Place = place_asked(self, sum(counts.values()), AT_ONCE)
        part = rows.part(counts, place.start, AT_ONCE)
        return {
            "finding": asked,
            "statements": found_statements(asked, part, reader),
            "page": place,
        }
