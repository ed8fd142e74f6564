"""Whether a reader who turns all pages of a list sees every row, and each of them once."""

from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import Any
from unittest.mock import patch

from django.http import HttpResponse, QueryDict
from django.test import Client

from projects.exports import EXPORTS
from projects.parameters import read_parameters
from projects.tables import sortable
from projects.urls import TABLES

PER_PAGE = 100


def missing_rows(most: int, without: Sequence[str] = ()) -> dict[str, Any]:
    """For each list of at most `most` rows, but some, what was seen sort by sort."""
    found: dict[str, Any] = {}
    for name, page in TABLES.items():
        if name in without:
            continue
        rows = EXPORTS[page.export].rows(read_parameters(QueryDict()))
        there = set(rows.order_by().values_list("pk", flat=True))
        if len(there) <= most:
            for column in sorted(sortable(page.table_class)):
                for sort in (column, f"-{column}"):
                    found[f"{name} by {sort}"] = _walk(name, sort, there)
    return found


def _walk(name: str, sort: str, there: set[int]) -> dict[str, int]:
    seen: Counter[int] = Counter()
    for number in range(1, ceil(len(there) / PER_PAGE) + 1):
        rows = _ids(name, {"sort": sort, "per_page": str(PER_PAGE), "page": str(number)})
        seen.update(rows)
        if len(rows) < PER_PAGE:
            break
    return {
        "rows": len(there),
        "missing": len(there - seen.keys()),
        "twice": sum(count - 1 for count in seen.values()),
    }


def _ids(name: str, query: dict[str, str]) -> list[int]:
    """The ids of the rows that one page of a list hands to its template, in their order."""
    shown: list[int] = []

    def render(_page: Any, context: dict[str, Any]) -> HttpResponse:
        shown.extend(row.pk for row in context["page"])
        return HttpResponse()

    # Drawing the rows would take most of the time, and change nothing.
    with patch.object(TABLES[name], "render", render):
        response = Client(SERVER_NAME="127.0.0.1").get(f"/{name}/", query)
    if response.status_code != 200:
        raise RuntimeError(f"/{name}/ answers {response.status_code} to {query}")
    return shown
