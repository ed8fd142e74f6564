"""The addresses of the pages, read from where the site declares them."""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from projects.api.document import key_of
from projects.exports import EXPORTS
from projects.models import (
    STATEMENTS,
    Agreement,
    Indicator,
    Organization,
    Project,
    Source,
)
from projects.urls import API, urlpatterns

ENTITIES: dict[str, type[Any]] = {
    "project": Project,
    "organization": Organization,
    "agreement": Agreement,
    "indicator": Indicator,
    "source": Source,
}
API_ROWS = {f"{name}-api-row": name for name in API}
"""The tables whose rows the API gives one by one."""
SAMPLES = 12
"""So many pages of one kind are asked; the one with the most queries counts."""
SOME = 3
"""So many pages of one kind are read by visitors."""
COMPARING = {"dashboard", "changes", "statement-changes"}
"""Pages that say what changed since a day, where one is asked."""
FOR_EDITORS = {"swap"}
"""Pages that nobody sees without an account."""
_LINK = re.compile(r'href="(/[^"?#]*)')


def pages() -> Iterator[tuple[str, list[str]]]:
    """Each page's name with addresses of it; files are none."""
    for name in dict.fromkeys(str(pattern.name) for pattern in urlpatterns):
        if name == "statement":
            yield from _statements()
        elif not name.endswith("-csv") and name not in FOR_EDITORS:
            yield name, _addresses(name)


def read_by_visitors() -> list[str]:
    """Some addresses of every page, and a file; nobody compares days, which is no daily view."""
    some = [address for _page, addresses in pages() for address in addresses[:SOME]]
    some = [address for address in some if "since=" not in address]
    return [*some, reverse("projects:sources-csv")]


def _statements() -> Iterator[tuple[str, list[str]]]:
    for model in STATEMENTS:
        kind = model.kind_of_statement
        ids = _spread(model, "pk")
        yield (
            f"statement {kind}",
            [reverse("projects:statement", args=[kind, pk]) for pk in ids],
        )


def _addresses(name: str) -> list[str]:
    if name in ENTITIES:
        slugs = _spread(ENTITIES[name], "slug")
        return [reverse(f"projects:{name}", args=[slug]) for slug in slugs]
    if name in API_ROWS:
        table = API_ROWS[name]
        keys = _spread(EXPORTS[table].model, key_of(table))
        return [reverse(f"projects:{name}", args=[key]) for key in keys]
    if name == "total":
        return [reverse("projects:total", args=["cny-once-promised"])]
    if name in COMPARING:
        day = Source.objects.order_by("published_latest").values_list("published_latest")
        path, early = reverse(f"projects:{name}"), day[day.count() // 2][0]
        return [path, f"{path}?since={early}"]
    if name == "search":
        return [f"{reverse('projects:search')}?{urlencode({'q': '公司'})}"]
    try:
        return [reverse(f"projects:{name}")]
    except NoReverseMatch:
        return [path for path in _linked() if resolve(path).url_name == name][:SAMPLES]


@cache
def _linked() -> list[str]:
    """All that the pages without arguments link to, for pages that are known by their links."""
    client = Client(SERVER_NAME="127.0.0.1")
    found: dict[str, None] = {}
    for pattern in urlpatterns:
        with suppress(NoReverseMatch):
            path = reverse(f"projects:{pattern.name}")
            if not path.endswith(".csv"):
                found |= dict.fromkeys(_LINK.findall(client.get(path).content.decode()))
    return [path for path in found if _is_ours(path)]


def _is_ours(path: str) -> bool:
    try:
        return resolve(path).app_name == "projects"
    except Resolver404:
        return False


def _spread(model: type[Any], column: str) -> list[Any]:
    """The column's values of rows from all over the table."""
    rows = model._default_manager.order_by("pk")
    values = list(rows.values_list(column, flat=True))
    return values[:: max(1, len(values) // SAMPLES)][:SAMPLES]
