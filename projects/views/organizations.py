"""The groups as trees, and one organization with all below it."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from projects.bars import picture
from projects.filters import OrganizationFilter
from projects.models import AgreementParty, Investment, Organization, Participation
from projects.reports.funding import funding
from projects.reports.money import Way, promised_by
from projects.reports.portfolio import portfolio, project_rows
from projects.reports.provenance import statements
from projects.reports.rollup import OrganizationRow, organization_rows, organizations, trees
from projects.reports.scope import narrow
from projects.reports.visible import visible
from projects.tables import OrganizationTable, ProjectTable
from projects.values.scopes import Scope
from projects.views.base import Page, TablePage, TableState


class OrganizationList(TablePage):
    """The organizations, as trees while nothing is filtered, and as a table."""

    template_name = "projects/organization/list.html"
    table_class = OrganizationTable
    filterset_class = OrganizationFilter
    export = "organizations"

    def base_rows(self) -> QuerySet[Organization]:
        return organizations(self.parameters.reader, self.parameters.scope)

    def page_rows(self, rows: list[Organization]) -> list[OrganizationRow]:
        return organization_rows(rows, self.parameters.reader, self.parameters.direct)

    def more(self, state: TableState) -> dict[str, Any]:
        rows = organization_rows(state.page, self.parameters.reader, self.parameters.direct)
        return {"trees": trees(rows) if not state.filterset.chosen else []}


class OrganizationDetail(Page):
    """One organization: what it takes part in, with all below it unless *direct only* is asked."""

    template_name = "projects/organization/detail.html"

    def context(self, slug: str) -> dict[str, Any]:
        reader = self.parameters.reader
        shown = visible(Organization.objects.all(), reader)
        shown = shown.select_related("parent", "parent_source").defer("parent_source__full_text")
        organization = get_object_or_404(shown, slug=slug)
        members = Organization.objects.below(slug).with_known_parent()
        ids = frozenset(
            [organization.pk] if self.parameters.direct else members.values_list("pk", flat=True)
        )
        scope = Scope(organizations=ids, places=self.parameters.scope.places)
        projects = project_rows(portfolio(reader, scope), reader, scope)
        tree = trees(organization_rows(visible(members, reader), reader))
        own = narrow(Investment.objects.all(), scope, reader)
        return {
            "organization": organization,
            "tree": tree,
            "projects": ProjectTable(projects),
            "project_count": len(projects),
            "funding": funding(own, reader, ids),
            "picture": picture(promised_by(Way.PROJECT, own, reader, ids)),
            "investments": narrow(statements(Investment, reader, ids), scope, reader),
            "participations": narrow(statements(Participation, reader), scope, reader),
            "parties": narrow(statements(AgreementParty, reader), scope, reader),
        }
