"""The file of publications."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, QuerySet

from projects.exports.columns import dated, own
from projects.exports.writing import Derived, Export, Kind
from projects.models import STATEMENTS
from projects.parameters import Parameters
from projects.reports import provenance


def _rows(parameters: Parameters) -> QuerySet[Any]:
    return provenance.sources(parameters.reader, parameters.scope)


def _prepare(rows: QuerySet[Any], parameters: Parameters) -> QuerySet[Any]:
    """Leave out the full text, which is for editors only and long."""
    return rows.defer("full_text")


def _complete(chunks: Iterable[list[Any]], parameters: Parameters) -> Iterator[Any]:
    """Set how many statements each publication makes, of all kinds."""
    for chunk in chunks:
        counts: Counter[int] = Counter()
        for kind in STATEMENTS:
            stated = kind._default_manager.filter(source__in=chunk).order_by()
            counts.update(dict(stated.values_list("source").annotate(count=Count("pk"))))
        for source in chunk:
            source.statement_count = counts[source.pk]
            yield source


SOURCES = Export(
    name="sources",
    contents=(
        *own("slug", "title", "outlet", "author", "kind"),
        *dated("published"),
        *own("address", "archive_address", "accessed_on", "inferred"),
        Derived("statements", lambda row: row.statement_count, Kind.INTEGER),
    ),
    rows=_rows,
    prepare=_prepare,
    complete=_complete,
)
