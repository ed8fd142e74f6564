"""What changed between two days."""

from typing import Any

from projects.reports.changes import changes
from projects.reports.changes.comparison import LIMIT, comparison
from projects.reports.days import day_before_all, earlier_days
from projects.views.base import Page


class ChangesPage(Page):
    """Two days side by side; without an earlier day, the days to choose from."""

    template_name = "projects/change/list.html"

    def context(self) -> dict[str, Any]:
        reader, since = self.parameters.reader, self.parameters.since
        if since is None:
            days = earlier_days(reader, LIMIT + 1)
            return {
                "days": days[:LIMIT],
                "more_days": len(days) > LIMIT,
                "beginning": day_before_all(reader),
            }
        compared = comparison(reader, since, self.parameters.scope)
        remembered = self.parameters.remembered
        return {"changes": changes(compared, lambda name, make: remembered(name, make, since))}
