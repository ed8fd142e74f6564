"""The table of agreements and plans, and one of them."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from projects.filters.of_tables import AgreementFilter
from projects.models import Agreement, AgreementParty, Investment, Target
from projects.reports.agreements import AgreementRow, agreement_rows, agreements
from projects.reports.delivery import milestones, steps
from projects.reports.portfolio import portfolio, project_rows
from projects.reports.provenance import statements
from projects.tables import AgreementTable, ProjectTable
from projects.values.scopes import Scope
from projects.views.base import Page, TablePage
from projects.views.firsts import first, first_of_each


class AgreementList(TablePage):
    """The table of agreements and plans."""

    template_name = "projects/agreement/list.html"
    table_class = AgreementTable
    filterset_class = AgreementFilter
    export = "agreements"

    def base_rows(self) -> QuerySet[Agreement]:
        return agreements(self.parameters.reader, self.parameters.scope)

    def page_rows(self, rows: list[Agreement]) -> list[AgreementRow]:
        return agreement_rows(rows, self.parameters.reader, self.parameters.scope)


class AgreementDetail(Page):
    """All that is stated about one agreement or plan."""

    template_name = "projects/agreement/detail.html"

    def context(self, slug: str) -> dict[str, Any]:
        reader = self.parameters.reader
        agreement = get_object_or_404(agreements(reader, Scope()), slug=slug)
        projects = first(portfolio(reader, Scope()).filter(agreement=agreement))
        parties, investments, targets = first_of_each(
            statements(AgreementParty, reader).filter(agreement=agreement),
            statements(Investment, reader).filter(agreement=agreement),
            statements(Target, reader).filter(stands_in=agreement),
        )
        found = first(milestones(reader, Scope()).filter(agreement=agreement))
        return {
            "agreement": agreement,
            "parties": parties,
            "steps": steps(found, reader),
            "more_steps": found.more,
            "projects": ProjectTable(project_rows(projects, reader, Scope())),
            "more_projects": projects.more,
            "investments": investments,
            "targets": targets,
        }
