"""What a page shows of a report: refused rows first, and no more of each than can be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from projects.imports import TABLES, Report, Row
from projects.imports.results import ADDED, CHANGED, SAME

MOST_REFUSALS = 200


@dataclass(frozen=True)
class Group:
    """The rows of one outcome in one table, the first of them, and how many more there are."""

    outcome: str
    table: str
    count: int
    rows: list[Row]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


def shown(report: Report | None) -> dict[str, Any]:
    """The report as a template reads it; None where there was nothing to store any more."""
    if report is None:
        return {"gone": True}
    return {
        "report": report,
        "refusals": report.refusals[:MOST_REFUSALS],
        "more_refusals": max(0, report.refused - MOST_REFUSALS),
        "counts": report.counts,
        "differing": report.counts[ADDED] + report.counts[CHANGED],
        "groups": list(_groups(report)),
        "links": list(_links(report)),
    }


def _groups(report: Report) -> Iterator[Group]:
    for outcome in (CHANGED, ADDED, SAME):
        for name in TABLES:
            rows = [row for row in report.rows if (row.outcome, row.table) == (outcome, name)]
            if rows:
                yield Group(outcome, name, report.tally[outcome, name], rows)


def _links(report: Report) -> Iterator[tuple[str, str]]:
    """The lists of the tables in which something was stored."""
    touched = {table for outcome, table in report.tally if outcome in (ADDED, CHANGED)}
    for name, table in TABLES.items():
        if name in touched:
            options = table.model._meta
            address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
            yield str(options.verbose_name_plural), address
