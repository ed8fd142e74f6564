"""What of the record is a draft: on the site for nobody, in the admin for those who enter data."""

from collections.abc import Collection
from operator import attrgetter
from typing import Any

from django.utils import timezone

from projects.models import Link, Named, Source, Statement
from projects.reports.visible import visible
from projects.values.readers import Reader


def is_draft(row: Any) -> bool:
    """Whether a stored row is a draft: a source not published, what it states, and an entity that
    only drafts speak of or that was entered with one.

    A link is one where its first end is. At most one query besides those for its references.
    """
    if isinstance(row, Source):
        return row.draft
    if isinstance(row, Statement):
        return row.source.draft
    if isinstance(row, Link):
        return is_draft(attrgetter(row.ends[0].partition("__")[0])(row))
    if isinstance(row, Named):
        return bool(drafts_among(type(row), [row.pk]))
    raise LookupError(type(row))


def drafts_among(model: type[Named], ids: Collection[int]) -> set[int]:
    """Which of the entities with these ids are drafts; what is not stored is one. One query."""
    rows = model._default_manager.filter(pk__in=ids).order_by()
    return set(ids) - set(visible(rows, Reader(timezone.localdate())).values_list("pk", flat=True))
