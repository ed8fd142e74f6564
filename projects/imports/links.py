"""The ties of a row to the rows that one of its cells lists, each kept with its history."""

from typing import Any

from django.db.models import ManyToManyField

from projects.imports.rights import Rights


def store_links(
    row: Any, field: ManyToManyField, named: list[Any], rights: Rights, *, adding: bool
) -> None:
    """Add the ties that are missing and take away those that are listed no more.

    A row that is just being added has none.
    """
    link: Any = field.remote_field.through
    here, there = field.m2m_field_name(), f"{field.m2m_reverse_field_name()}_id"
    wanted = {one.pk for one in named}
    stored = [] if adding else list(link._default_manager.filter(**{here: row}))
    for tie in stored:
        if getattr(tie, there) not in wanted:
            rights.check("delete", link)
            rights.sign(tie)
            tie.delete()
    for end in sorted(wanted - {getattr(tie, there) for tie in stored}):
        rights.check("add", link)
        tie = link(**{here: row, there: end})
        rights.sign(tie)
        tie.save()
