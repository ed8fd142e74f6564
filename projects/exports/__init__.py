"""Every table as a CSV file: the same filter, order and reader as the page."""

from typing import Any

from django.db.models import QuerySet

from projects.exports.agreements import AGREEMENT_PARTIES, AGREEMENTS
from projects.exports.indicators import INDICATORS, OBSERVATIONS, TARGETS
from projects.exports.investments import INVESTMENTS
from projects.exports.milestones import MILESTONE_DATES, MILESTONES
from projects.exports.organizations import ORGANIZATIONS
from projects.exports.participations import PARTICIPATIONS
from projects.exports.places import PLACES, SECTORS
from projects.exports.projects import PROJECTS
from projects.exports.slots import Full, Slot
from projects.exports.sources import SOURCES
from projects.exports.writing import Export, file_name, write
from projects.parameters import Parameters

EXPORTS: dict[str, Export] = {
    export.name: export
    for export in (
        PROJECTS,
        ORGANIZATIONS,
        PLACES,
        SECTORS,
        AGREEMENTS,
        INDICATORS,
        SOURCES,
        MILESTONES,
        PARTICIPATIONS,
        AGREEMENT_PARTIES,
        INVESTMENTS,
        MILESTONE_DATES,
        TARGETS,
        OBSERVATIONS,
    )
}
"""The tables by the name of their file; entities first, then the six kinds of statements."""


def table(name: str, parameters: Parameters) -> QuerySet[Any]:
    """All rows of a table for this reader and scope, in its default order.

    Raises KeyError for a name that is not in `EXPORTS`.
    """
    return EXPORTS[name].rows(parameters)


__all__ = ["EXPORTS", "Export", "Full", "Slot", "file_name", "table", "write"]
