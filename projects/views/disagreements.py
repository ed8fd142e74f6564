"""Where sources differ, and what is easily mistaken."""

from typing import Any

from projects.reports.provenance import disagreements, easily_mistaken, superseded
from projects.views.base import Page


class DisagreementList(Page):
    """Rivals side by side, figures easily mistaken, and words that later ones replaced."""

    template_name = "projects/disagreement/list.html"

    def context(self) -> dict[str, Any]:
        reader, scope = self.parameters.reader, self.parameters.scope
        return {
            "disagreements": disagreements(reader, scope),
            "easily_mistaken": easily_mistaken(reader, scope),
            "superseded": superseded(reader, scope),
        }
