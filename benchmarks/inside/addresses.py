"""The addresses of the pages, read from where the site declares them."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from projects.models import (
    STATEMENTS,
    Agreement,
    Indicator,
    Organization,
    Project,
    Source,
)
from projects.urls import urlpatterns

ENTITIES: dict[str, type[Any]] = {
    "project": Project,
    "organization": Organization,
    "agreement": Agreement,
    "indicator": Indicator,
    "source": Source,
}
SAMPLES = 5
"""So many pages of one kind are asked; the one with the most queries counts."""
FOR_EDITORS = {"swap"}
"""Pages that nobody sees without an account."""


def pages() -> Iterator[tuple[str, list[str]]]:
    """Each page's name with addresses of it; files are none."""
    for name in dict.fromkeys(str(pattern.name) for pattern in urlpatterns):
        if not name.endswith("-csv") and name not in FOR_EDITORS:
            yield from _addresses(name)


def _addresses(name: str) -> Iterator[tuple[str, list[str]]]:
    if name in ENTITIES:
        slugs = _spread(ENTITIES[name], "slug")
        yield name, [reverse(f"projects:{name}", args=[slug]) for slug in slugs]
    elif name == "statement":
        for model in STATEMENTS:
            kind = model.kind_of_statement
            yield (
                f"{name} {kind}",
                [reverse("projects:statement", args=[kind, pk]) for pk in _spread(model, "pk")],
            )
    elif name == "total":
        yield name, [reverse("projects:total", args=["cny-once-promised"])]
    elif name == "search":
        yield name, [f"{reverse('projects:search')}?q=公司"]
    else:
        yield name, [reverse(f"projects:{name}")]


def _spread(model: type[Any], column: str) -> list[Any]:
    """The column's values of rows that readers see, from all over the table."""
    rows = model._default_manager.order_by("pk")
    values = list(rows.values_list(column, flat=True))
    return values[:: max(1, len(values) // SAMPLES)][:SAMPLES]
