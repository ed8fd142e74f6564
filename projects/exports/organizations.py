"""The file of organizations."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from projects.exports.columns import in_scope, own, reference, slugs, way
from projects.exports.writing import Cell, Column, Export
from projects.models import Organization, Source
from projects.parameters import Parameters
from projects.reports.rollup import roll_up


def _rows(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Organization.objects.all(), parameters)


def _prepare(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    """Add the parent and, as far as it is out, the publication that names it."""
    named_in = Source.objects.out(parameters.reader).only("slug")
    return rows.annotate(parent_in_draft=F("parent_source__draft")).prefetch_related(
        slugs("parent", Organization.objects.all()),
        Prefetch("parent_source", named_in.order_by()),
    )


def _parent(row: Any) -> Cell:
    """Today's parent, whatever the day asked, unless only a draft names it."""
    return None if row.parent is None or row.parent_in_draft else row.parent.slug


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
        Column("parent", _parent),
        reference("parent_source"),
        Column("parent_locator", lambda row: row.parent_locator if row.parent_source else ""),
        *own("inferred"),
        way("group", "total.group"),
        Column("projects", lambda row: len(row.total.projects)),
        way("promised_low", "total.promised.amount.low"),
        way("promised_high", "total.promised.amount.high"),
        way("promised_not_stated", "total.promised.without_amount"),
        *own("summary_zh", "summary_en"),
    ),
    rows=_rows,
    prepare=_prepare,
    complete=_complete,
)
