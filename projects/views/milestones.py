"""The table of milestones: reached, due, possibly due, overdue."""

from typing import Any

from django.db.models import QuerySet

from projects.filters.of_tables import MilestoneFilter
from projects.models import Milestone
from projects.reports.delivery import Step, milestones, state_counts, steps
from projects.reports.due import with_due_soon
from projects.tables import MilestoneTable
from projects.views.base import TablePage, TableState


class MilestoneList(TablePage):
    """The table of milestones."""

    template_name = "projects/milestone/list.html"
    table_class = MilestoneTable
    filterset_class = MilestoneFilter
    export = "milestones"

    def base_rows(self) -> QuerySet[Milestone]:
        reader = self.parameters.reader
        return with_due_soon(milestones(reader, self.parameters.scope), reader)

    def page_rows(self, rows: list[Milestone]) -> list[Step]:
        return steps(rows, self.parameters.reader)

    def more(self, state: TableState) -> dict[str, Any]:
        return {"counts": state_counts(self.parameters.reader, self.parameters.scope)}
