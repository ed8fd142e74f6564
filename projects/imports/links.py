"""The ties of a row to the rows that one of its cells lists, each kept with its history."""

from collections.abc import Callable
from typing import Any

from django.db.models import ManyToManyField

from projects.imports.rights import Rights


def store_links(
    row: Any,
    field: ManyToManyField,
    named: list[Any],
    rights: Rights,
    keep: Callable[[Any], None],
) -> None:
    """Add the ties that are missing and take away those that are listed no more."""
    link: Any = field.remote_field.through
    here, there = field.m2m_field_name(), field.m2m_reverse_field_name()
    wanted = {one.pk: one for one in named}
    stored = list(link._default_manager.filter(**{here: row}))
    for tie in stored:
        if getattr(tie, f"{there}_id") not in wanted:
            rights.check("delete", link)
            rights.sign(tie)
            tie.delete()
    present = {getattr(tie, f"{there}_id") for tie in stored}
    for one in named:
        if one.pk not in present:
            rights.check("add", link)
            keep(link(**{here: row, there: one}))
