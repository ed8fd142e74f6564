"""What is vague, missing, silent, overdue or disputed."""

from typing import Any

from projects.reports.quality import quality
from projects.views.base import Page


class QualityPage(Page):
    """How firm the record is, each count a link to its rows."""

    template_name = "projects/quality/detail.html"

    def context(self) -> dict[str, Any]:
        reader, scope = self.parameters.reader, self.parameters.scope
        found = self.parameters.remembered("quality", lambda: quality(reader, scope))
        return {"quality": found}
