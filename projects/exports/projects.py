"""The file of projects."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from projects.exports.columns import as_they_are, derived, listed, own, seen, way
from projects.exports.writing import Derived, Export, Kind
from projects.models import Agreement, Place, ProjectPlace, ProjectSector, Sector, Stage
from projects.parameters import Parameters
from projects.reports.funding import nothing, promised_by_project
from projects.reports.portfolio import months_since_report, portfolio


def _rows(parameters: Parameters) -> QuerySet[Any]:
    return portfolio(parameters.reader, parameters.scope).order_by("pk")


def _complete(chunks: Iterable[list[Any]], parameters: Parameters) -> Iterator[Any]:
    """Set `promised`, the headline of each project (once, promised, CNY), and the report's age."""
    for chunk in chunks:
        ids = [project.pk for project in chunk]
        lines = promised_by_project(ids, parameters.reader, parameters.scope.organizations)
        for project in chunk:
            project.promised = lines.get(project.pk, nothing())
            project.months_since_report = months_since_report(project, parameters.reader)
            yield project


PROJECTS = Export(
    name="projects",
    contents=(
        *own("slug", "name_zh", "name_en", "summary_zh", "summary_en"),
        seen("agreement", Agreement.objects.all()),
        listed("places", ProjectPlace, Place.objects.all()),
        listed("sectors", ProjectSector, Sector.objects.all()),
        *derived("stage"),
        Derived("stage_label", lambda row: str(Stage(row.stage).label)),
        *derived("stage_since"),
        way("promised_low", "promised.amount.low", Kind.INTEGER),
        way("promised_high", "promised.amount.high", Kind.INTEGER),
        way("promised_not_stated", "promised.without_amount", Kind.INTEGER),
        *derived("last_reported"),
        *derived("silent", "overdue", kind=Kind.BOOLEAN),
        *derived("months_since_report", kind=Kind.INTEGER),
    ),
    rows=_rows,
    prepare=as_they_are,
    complete=_complete,
)
