"""The table of projects, and all about one project."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404

from projects.filters.of_tables import ProjectFilter
from projects.models import Investment, Participation, Project
from projects.reports.delivery import Step, milestones, steps
from projects.reports.performance import indicators, performances
from projects.reports.portfolio import ProjectRow, portfolio, project_rows
from projects.reports.provenance import statements
from projects.tables import ProjectTable
from projects.timeline.lanes import project_timeline
from projects.values.scopes import Scope
from projects.views.base import Page, TablePage
from projects.views.firsts import first, first_of_each
from projects.views.indicators import progress

STEPS = 100
"""So many milestones of a project and its agreement are on its page."""


class ProjectList(TablePage):
    """The table of projects."""

    template_name = "projects/project/list.html"
    table_class = ProjectTable
    filterset_class = ProjectFilter
    export = "projects"

    def base_rows(self) -> QuerySet[Project]:
        return portfolio(self.parameters.reader, self.parameters.scope)

    def page_rows(self, rows: list[Project]) -> list[ProjectRow]:
        return project_rows(rows, self.parameters.reader, self.parameters.scope)


class ProjectDetail(Page):
    """All that is stated about one project."""

    template_name = "projects/project/detail.html"

    def context(self, slug: str) -> dict[str, Any]:
        reader = self.parameters.reader
        project = get_object_or_404(portfolio(reader, Scope()), slug=slug)
        investments, participations = first_of_each(
            *(
                statements(kind, reader).filter(project=project)
                for kind in (Investment, Participation)
            )
        )
        measured = first(indicators(reader, Scope()).filter(project=project))
        own_steps, agreement_steps, more_steps = self._steps(project)
        return {
            "project": project,
            "row": project_rows([project], reader, Scope())[0],
            "participations": participations,
            "investments": investments,
            "steps": own_steps,
            "timeline": project_timeline(own_steps, reader),
            "agreement_steps": agreement_steps,
            "progress": [progress(one) for one in performances(measured, reader)],
            "more_indicators": measured.more,
            "more_steps": more_steps,
        }

    def _steps(self, project: Project) -> tuple[list[Step], list[Step], bool]:
        """The steps of a project, those of its agreement, whether there are more; two queries."""
        reader = self.parameters.reader
        either = Q(project=project) | Q(agreement__isnull=False, agreement=project.agreement_id)
        rows = milestones(reader, Scope()).filter(either)
        found = first(rows.order_by(F("agreement").asc(nulls_first=True), "pk"), STEPS)
        dated = steps(found, reader)
        own = [step for step in dated if step.milestone.project_id is not None]
        return own, [step for step in dated if step.milestone.project_id is None], found.more
