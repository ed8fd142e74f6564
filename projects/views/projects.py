"""The table of projects, and all about one project."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from projects.filters import ProjectFilter
from projects.models import Investment, Participation, Project
from projects.reports.changes import project_changes
from projects.reports.changes.comparison import comparison
from projects.reports.delivery import milestones, steps
from projects.reports.performance import indicators, performances
from projects.reports.portfolio import ProjectRow, portfolio, project_rows
from projects.reports.provenance import statements
from projects.tables import ProjectTable
from projects.timeline.lanes import project_timeline
from projects.values.scopes import Scope
from projects.views.base import Page, TablePage
from projects.views.indicators import progress


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
        reader, since = self.parameters.reader, self.parameters.since
        project = get_object_or_404(portfolio(reader, Scope()), slug=slug)
        investments = statements(Investment, reader).filter(project=project)
        own_steps = steps(milestones(reader, Scope()).filter(project=project), reader)
        return {
            "project": project,
            "changed": since and project_changes(comparison(reader, since, Scope(), project)),
            "row": project_rows([project], reader, Scope())[0],
            "participations": statements(Participation, reader).filter(project=project),
            "investments": investments,
            "steps": own_steps,
            "timeline": project_timeline(own_steps, reader),
            "agreement_steps": steps(
                milestones(reader, Scope()).filter(
                    agreement__isnull=False, agreement=project.agreement_id
                ),
                reader,
            ),
            "progress": [
                progress(one)
                for one in performances(indicators(reader, Scope()).filter(project=project), reader)
            ],
        }
