"""The names under which what is entered so far is known, drafts included: for editors."""

from collections.abc import Iterator
from dataclasses import dataclass

from projects.models import Agreement, Indicator, Named, Organization, Place, Project


@dataclass(frozen=True, slots=True)
class Known:
    """An entity that a text may name; `unit` is that of an indicator."""

    model: type[Named]
    pk: int
    unit: str = ""


def known_names() -> list[tuple[str, Known]]:
    """Every name with what is called so: both languages, short names, aliases; a query a kind."""
    return list(_all_names())


def _all_names() -> Iterator[tuple[str, Known]]:
    for row in Organization.objects.all():
        known = Known(Organization, row.pk)
        for name in (row.name_zh, row.name_en, row.short_name, *row.all_aliases):
            yield name, known
    for pk, zh, en, unit in Indicator.objects.values_list("pk", "name_zh", "name_en", "unit"):
        yield from ((name, Known(Indicator, pk, unit)) for name in (zh, en))
    for model in (Project, Agreement, Place):
        rows = model._default_manager.values_list("pk", "name_zh", "name_en")
        for pk, zh, en in rows:
            yield from ((name, Known(model, pk)) for name in (zh, en))
