"""The requests of a list: its filters and sorts, read from where the site declares them."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import FieldError
from django.test import RequestFactory

from projects.parameters import read_parameters
from projects.tables import sortable
from projects.urls import TABLES
from projects.views.base import TablePage

CANDIDATES = 8
"""So many values of a filter are looked at for its most common and its rarest one."""
SEARCHED = "q"
FREE = {
    "line": ("cny-once-promised", "cny-year-paid", "usd-once-paid"),
    "in_year": ("2020", "2024", "between", "not_dated"),
}
"""Values of filters that take any text of a form; a filter's column gives those of the others."""
EACH = ("by",)
"""Parameters that leave out no row: every value has a cost of its own."""


def cases(name: str) -> dict[str, list[str]]:
    """Query strings by what they ask of the list: one filter each, one sort each."""
    page = TABLES[name]
    filters = [
        urlencode({filter_name: value})
        for filter_name in page.filterset_class.base_filters
        if filter_name != SEARCHED
        for value in values_asked(page, filter_name)
    ]
    columns = sorted(sortable(page.table_class))
    return {
        "filters": filters,
        "sorts": [urlencode({"sort": way + column}) for column in columns for way in ("", "-")],
    }


def values_asked(page: type[TablePage], name: str) -> list[str]:
    """The values of a filter with the most rows and with the fewest, but some if there are any.

    All of them where none of them leaves out a row (`EACH`).
    """
    if name in EACH:
        return _values(page, name)
    counted = sorted(
        (_list(page, {name: value}).filtered()[1].count(), value)
        for value in spread(_values(page, name))
    )
    found = [value for count, value in counted if count] or [value for _count, value in counted]
    return list(dict.fromkeys([found[-1], found[0]])) if found else []


def spread(values: Iterable[str]) -> list[str]:
    """At most so many of the values, from all over them."""
    known = list(dict.fromkeys(values))
    step = max(1, len(known) // CANDIDATES)
    return known[::step][:CANDIDATES]


def _values(page: type[TablePage], name: str) -> list[str]:
    if name in FREE:
        return list(FREE[name])
    rows = _list(page, {}).base_rows()
    field: Any = page.filterset_class({}, queryset=rows).form.fields[name]
    if hasattr(field, "queryset"):
        slugs = field.queryset.order_by("pk").values_list("slug", flat=True)
        return [*([field.null_value] if field.null_label else []), *slugs]
    if hasattr(field, "choices"):
        return [str(value) for value, _words in field.choices if value]
    return _stored(page, name)


def _stored(page: type[TablePage], name: str) -> list[str]:
    """The values that the filter's column holds."""
    rows, column = _list(page, {}).base_rows(), page.filterset_class.base_filters[name].field_name
    try:
        return list(rows.order_by(column).values_list(column, flat=True).distinct())
    except FieldError as error:
        raise LookupError(f"The filter {name} takes any text: name some in FREE.") from error


def _list(page: type[TablePage], query: dict[str, str]) -> TablePage:
    """The page as it is when it answers a query string."""
    view = page()
    view.setup(RequestFactory().get("/", query))
    view.parameters, view.problems = read_parameters(view.request.GET), []
    return view
