"""Whether a reader who turns all pages of a list sees every row, and each of them once."""

from collections import Counter
from math import ceil
from typing import Any

from django.http import QueryDict
from django.test import Client

from projects.exports import EXPORTS
from projects.parameters import read_parameters
from projects.tables import sortable
from projects.urls import TABLES

PER_PAGE = 100


def missing_rows(most: int, least: int = 0) -> dict[str, Any]:
    """For each list of at most `most` rows and more than `least`, what was seen sort by sort."""
    client = Client(SERVER_NAME="127.0.0.1")
    found: dict[str, Any] = {}
    for name, page in TABLES.items():
        rows = EXPORTS[page.export].rows(read_parameters(QueryDict()))
        there = set(rows.order_by().values_list("pk", flat=True))
        if least < len(there) <= most:
            for column in sorted(sortable(page.table_class)):
                for sort in (column, f"-{column}"):
                    found[f"{name} by {sort}"] = _walk(client, f"/{name}/", sort, there)
    return found


def _walk(client: Client, path: str, sort: str, there: set[int]) -> dict[str, int]:
    seen: Counter[int] = Counter()
    for number in range(1, ceil(len(there) / PER_PAGE) + 1):
        query = {"sort": sort, "per_page": str(PER_PAGE), "page": str(number)}
        if not (rows := _ids(client, path, query)):
            break
        seen.update(rows)
        if len(rows) < PER_PAGE:
            break
    return {
        "rows": len(there),
        "missing": len(there - seen.keys()),
        "twice": sum(count - 1 for count in seen.values()),
    }


def _ids(client: Client, path: str, query: dict[str, str]) -> list[int]:
    """The ids of the rows of one page, in their order."""
    response = client.get(path, query)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code} to {query}")
    return [row.pk for row in response.context["page"]]
