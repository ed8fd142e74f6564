"""What of a row anything is derived from, to tell whether a save has changed any of it."""

from typing import Any

from projects.fields import DerivedField, SearchTextField
from projects.models.derived.reach import LEADS_TO
from projects.models.sources import Source

WORDS = frozenset(
    {
        "version", "slug", "key", "locator", "said_by", "as_written", "inferred", "note",
        "restates_how", "proposed", "name_zh", "name_en", "summary_zh", "summary_en",
        "definition_zh", "definition_en", "short_name", "aliases", "parent_locator",
        "title", "outlet", "author", "address", "archive_address", "accessed_on", "full_text",
        "period_as_written", "growth_as_written",
    }
)  # fmt: skip
"""Columns from which nothing is derived."""

DECIDING = frozenset({Source, *LEADS_TO})
"""The models from whose rows anything is derived."""


def facts(row: Any) -> tuple[Any, ...] | None:
    """The other columns of a row as they are stored; None where it is not."""
    model = type(row)
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if field.name not in WORDS and not isinstance(field, DerivedField | SearchTextField)
    ]
    found = model._base_manager.filter(pk=row.pk).values_list(*names)
    return next(iter(found), None)
