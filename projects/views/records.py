"""Tables that have no page of their own and are exported only."""

from typing import Any

from django.db.models import QuerySet

from projects.exports import table
from projects.filters import of_tables as filters
from projects.models.statements import StatementQuerySet
from projects.tables import Table
from projects.views.base import TablePage


class Records(TablePage):
    """The rows of a table in their default order."""

    table_class = Table

    def base_rows(self) -> QuerySet[Any]:
        rows = table(self.export, self.parameters)
        if isinstance(rows, StatementQuerySet):
            return rows.with_stands(self.parameters.reader)
        return rows


class Places(Records):
    """Places."""

    export = "places"
    filterset_class = filters.PlaceFilter


class Sectors(Records):
    """Sectors."""

    export = "sectors"
    filterset_class = filters.SectorFilter


class Participations(Records):
    """Participations."""

    export = "participations"
    filterset_class = filters.ParticipationFilter


class AgreementParties(Records):
    """Parties of agreements."""

    export = "agreement-parties"
    filterset_class = filters.AgreementPartyFilter


class MilestoneDates(Records):
    """Dates of milestones."""

    export = "milestone-dates"
    filterset_class = filters.MilestoneDateFilter


class Targets(Records):
    """Targets."""

    export = "targets"
    filterset_class = filters.TargetFilter


class Observations(Records):
    """Observations."""

    export = "observations"
    filterset_class = filters.ObservationFilter
