"""What of the record is a draft: on the site for nobody, in the admin for those who enter data."""

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
        rows = type(row)._default_manager.filter(pk=row.pk)
        return not visible(rows, Reader(timezone.localdate())).exists()
    raise LookupError(type(row))
