"""The table of investments, with honest totals for the current filter."""

from typing import Any, cast

from django.db.models import Case, QuerySet, Value, When

from projects.bars import picture, script_data
from projects.filters import InvestmentFilter
from projects.models import Investment
from projects.reports.funding import funding, projects_without_investment
from projects.reports.money import Way, promised_by
from projects.reports.provenance import statements
from projects.reports.scope import narrow
from projects.tables import InvestmentTable
from projects.views.base import TablePage, TableState


class InvestmentList(TablePage):
    """The table of investments."""

    template_name = "projects/investment/list.html"
    table_class = InvestmentTable
    filterset_class = InvestmentFilter
    export = "investments"

    def base_rows(self) -> QuerySet[Investment]:
        reader, scope = self.parameters.reader, self.parameters.scope
        rows = narrow(statements(Investment, reader, scope.organizations), scope, reader)
        return rows.annotate(
            counted=Case(When(not_counted_because="", then=True), default=Value(False))
        )

    def more(self, state: TableState) -> dict[str, Any]:
        reader, scope = self.parameters.reader, self.parameters.scope
        way = cast(InvestmentFilter, state.filterset).way
        drawn = picture(promised_by(way, state.rows, reader, scope.organizations))
        return {
            "funding": funding(state.rows, reader, scope.organizations),
            "without_investment": projects_without_investment(reader, scope).count(),
            "ways": Way.choices,
            "way": way,
            "picture": drawn,
            "script_data": script_data(drawn),
        }
