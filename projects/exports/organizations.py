"""The file of organizations."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from projects.exports.columns import as_they_are, in_scope, own, way, when
from projects.exports.writing import Derived, Export
from projects.models import Organization
from projects.models.statements import source_is_out
from projects.parameters import Parameters
from projects.reports.rollup import roll_up
from projects.values.readers import Reader


def _rows(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Organization.objects.all(), parameters)


def _named_by_no_draft(reader: Reader) -> Q:
    """Today's parent is told, whatever the day asked, unless only a draft names it."""
    return Q(parent_source__draft=False)


def _named(reader: Reader) -> Q:
    return source_is_out(reader, "parent_source__")


def _complete(chunks: Iterable[list[Any]], parameters: Parameters) -> Iterator[Any]:
    """Set `total`: the roll-up of each organization."""
    totals = roll_up(parameters.reader, parameters.direct)
    for chunk in chunks:
        for organization in chunk:
            organization.total = totals[organization.pk]
            yield organization


ORGANIZATIONS = Export(
    name="organizations",
    contents=(
        *own("slug", "name_zh", "name_en", "short_name", "aliases", "kind"),
        when("parent", _named_by_no_draft, "parent__slug"),
        when("parent_source", _named, "parent_source__slug"),
        when("parent_locator", _named, "parent_locator"),
        *own("inferred"),
        way("group", "total.group"),
        Derived("projects", lambda row: len(row.total.projects)),
        way("promised_low", "total.promised.amount.low"),
        way("promised_high", "total.promised.amount.high"),
        way("promised_not_stated", "total.promised.without_amount"),
        *own("summary_zh", "summary_en"),
    ),
    rows=_rows,
    prepare=as_they_are,
    complete=_complete,
)
