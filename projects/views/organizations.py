"""The groups as trees, and one organization with all below it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from projects.bars import picture
from projects.filters.of_tables import OrganizationFilter
from projects.models import AgreementParty, Investment, Organization, Participation, Project
from projects.reports.funding import funding
from projects.reports.money import Way, promised_by
from projects.reports.portfolio import portfolio, project_rows
from projects.reports.provenance import statements
from projects.reports.rollup import (
    OrganizationRow,
    RollUp,
    organization_rows,
    organizations,
    projects_of,
)
from projects.reports.scope import narrow
from projects.reports.tree import Tree, nearest, trees
from projects.reports.visible import seen
from projects.tables import OrganizationTable, ProjectTable
from projects.values.scopes import Scope
from projects.views.base import Page, TablePage, TableState
from projects.views.firsts import First, first, first_of_each

MEMBERS = 200
"""So many organizations are drawn below one; the table has all of them."""


class OrganizationList(TablePage):
    """The organizations, as trees while nothing is filtered, and as a table."""

    template_name = "projects/organization/list.html"
    table_class = OrganizationTable
    filterset_class = OrganizationFilter
    export = "organizations"
    rows: list[OrganizationRow]

    def base_rows(self) -> QuerySet[Organization]:
        return organizations(self.parameters.reader, self.parameters.scope)

    def page_rows(self, rows: list[Organization]) -> list[OrganizationRow]:
        self.rows = organization_rows(rows, self.parameters.reader, self.parameters.direct)
        return self.rows

    def more(self, state: TableState) -> dict[str, Any]:
        return {"trees": trees(self.rows) if not state.filterset.chosen else []}


class OrganizationDetail(Page):
    """One organization: what it takes part in, with all below it unless *direct only* is asked."""

    template_name = "projects/organization/detail.html"

    def context(self, slug: str) -> dict[str, Any]:
        reader, direct = self.parameters.reader, self.parameters.direct
        whole = Organization.objects.below(slug).with_known_parent()
        whole = whole.select_related("parent", "parent_source").defer("parent_source__full_text")
        members = list(whole)
        there = seen(members, reader)
        organization = next((member for member in there if member.slug == slug), None)
        if organization is None:
            raise Http404
        own = Tree.among(members, narrow=True, direct=direct)
        projects = projects_of(own, reader)
        ids = frozenset([organization.pk] if direct else own.slugs)
        scope = Scope(organizations=ids, places=self.parameters.scope.places)
        listed = first(portfolio(reader, scope))
        investments = narrow(Investment.objects.all(), scope, reader)
        investments_listed, participations, parties = first_of_each(
            narrow(statements(Investment, reader, ids), scope, reader),
            narrow(statements(Participation, reader), scope, reader),
            narrow(statements(AgreementParty, reader), scope, reader),
        )
        below = nearest(there, organization.pk, MEMBERS)
        return {
            "organization": organization,
            "tree": trees(OrganizationRow(one, RollUp(projects=projects[one.pk])) for one in below),
            "more_below": len(members) > len(below) >= MEMBERS,
            "projects": ProjectTable(project_rows(listed, reader, scope)),
            "more_projects": listed.more,
            "project_count": self._count(listed, projects[organization.pk], scope),
            "funding": funding(investments, reader, ids),
            "picture": picture(promised_by(Way.PROJECT, investments, reader, ids)),
            "investments": investments_listed,
            "participations": participations,
            "parties": parties,
        }

    def _count(self, listed: First[Project], projects: set[int], scope: Scope) -> int:
        """How many projects there are: those of the places asked where all are not listed."""
        if not listed.more:
            return len(listed)
        if scope.places is None:
            return len(projects)
        return portfolio(self.parameters.reader, scope).count()
