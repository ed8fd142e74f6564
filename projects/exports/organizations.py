"""The file of organizations."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from django.db.models import Q, QuerySet

from projects.exports.columns import as_they_are, at, in_scope, own, way, when
from projects.exports.writing import Derived, Export, Kind
from projects.models import Organization
from projects.models.statements import source_is_out
from projects.parameters import Parameters
from projects.reports.rollup import roll_up
from projects.reports.tree import Tree
from projects.values.readers import Reader


def _rows(parameters: Parameters) -> QuerySet[Any]:
    return in_scope(Organization.objects.all(), parameters)


def _named_by_no_draft(reader: Reader) -> Q:
    """Today's parent is told, whatever the day asked, unless only a draft names it."""
    return Q(parent_source__draft=False)


def _named(reader: Reader) -> Q:
    return source_is_out(reader, "parent_source__")


def _complete(chunks: Iterable[list[Any]], parameters: Parameters) -> Iterator[Any]:
    """Set `total`: the roll-up of each organization.

    Where they are but one chunk, no more is read than belongs to them.
    """
    begun = iter(chunks)
    first = list(islice(begun, 2))
    few = {one.pk for one in first[0]} if len(first) == 1 else None
    totals = roll_up(parameters.reader, parameters.direct, few)
    if few is not None:
        tree = Tree.above(few, parameters.direct)
        for pk in few & tree.slugs.keys():
            totals[pk].group = tree.group(pk)
    for organization in chain.from_iterable(chain(first, begun)):
        organization.total = totals[organization.pk]
        yield organization


ORGANIZATIONS = Export(
    name="organizations",
    contents=(
        *own("slug", "name_zh", "name_en", "short_name"),
        at("aliases", "aliases", Kind.LIST),
        *own("kind"),
        when("parent", _named_by_no_draft, "parent__slug"),
        when("parent_source", _named, "parent_source__slug"),
        when("parent_locator", _named, "parent_locator"),
        *own("inferred"),
        way("group", "total.group"),
        Derived("projects", lambda row: len(row.total.projects), Kind.INTEGER),
        way("promised_low", "total.promised.amount.low", Kind.INTEGER),
        way("promised_high", "total.promised.amount.high", Kind.INTEGER),
        way("promised_not_stated", "total.promised.without_amount", Kind.INTEGER),
        *own("summary_zh", "summary_en"),
    ),
    rows=_rows,
    prepare=as_they_are,
    complete=_complete,
)
