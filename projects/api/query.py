"""The parameters of the query string as OpenAPI describes them, from the filters themselves."""

from typing import Any

import django_filters
from django.conf import settings
from django.utils.translation import gettext as _

from projects.filters.kinds import (
    SEARCH_LIMIT,
    ChoiceFilter,
    FlagFilter,
    LineFilter,
    SearchFilter,
    WayFilter,
    YearFilter,
)
from projects.filters.sets import FilterSet
from projects.parameters import KINDS, PREFER_LIMIT
from projects.tables import Table, sortable

LIMIT, AFTER = "limit", "after"
USUAL, MOST = 100, 500
"""How many rows a page has where nobody says it, and at the most."""

Schema = dict[str, Any]
SLUG = r"^[-a-zA-Z0-9_]+$"


def of_all() -> dict[str, Schema]:
    """What every table understands, by name."""
    statement = rf"^({'|'.join(sorted(KINDS))})-[1-9][0-9]{{0,17}}$"
    return {
        "as_of": _parameter(
            "as_of",
            _("Only what had been published by that day, judged as on that day."),
            {"type": "string", "format": "date"},
        ),
        "since": _parameter(
            "since",
            _("Understood by all pages; it changes no table."),
            {"type": "string", "format": "date"},
        ),
        "prefer": _parameter(
            "prefer",
            _("Statements that stand in their groups in this view."),
            {
                "type": "array",
                "items": {"type": "string", "pattern": statement},
                "maxItems": PREFER_LIMIT,
            },
        ),
        "group": _parameter("group", _("An organization with all below it, by its slug."), _slug()),
        "place": _parameter("place", _("A place with all below it, by its slug."), _slug()),
        "direct": _parameter(
            "direct", _("1 leaves out what is below the group."), {"enum": ["0", "1"]}
        ),
        "lang": _parameter(
            "lang",
            _("The language of labels and messages."),
            {"enum": [code for code, _name in settings.LANGUAGES]},
        ),
        LIMIT: _parameter(
            LIMIT,
            _("So many rows at the most."),
            {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
        ),
        AFTER: _parameter(
            AFTER, _("Where the page before ended: part of its “next”."), {"type": "string"}
        ),
    }


def of_table(filters: type[FilterSet], table: type[Table]) -> list[Schema]:
    """What one table understands besides: its filters, and the columns that it sorts by."""
    found = [
        _parameter(name, str(one.label), _of_filter(one))
        for name, one in filters.base_filters.items()
    ]
    columns = "|".join(sorted(sortable(table)))
    if columns:
        pattern = f"^-?({columns})(,-?({columns}))*$"
        words = _("Columns to sort by, commas between; - in front: descending.")
        found.append(_parameter("sort", words, {"type": "string", "pattern": pattern}))
    return found


def _parameter(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _slug() -> Schema:
    return {"type": "string", "pattern": SLUG}


def _of_filter(one: django_filters.Filter) -> Schema:
    if isinstance(one, SearchFilter):
        return {"type": "string", "maxLength": SEARCH_LIMIT}
    if isinstance(one, ChoiceFilter):
        return {"type": "array", "items": {"type": "string", "enum": _codes(one)}}
    if isinstance(one, FlagFilter):
        return {"type": "string", "enum": ["true", "false"]}
    if isinstance(one, WayFilter):
        return {"type": "string", "enum": _codes(one)}
    if isinstance(one, LineFilter):
        return {"type": "string", "pattern": "^[a-z]{3}-(once|year)-(promised|paid)$"}
    if isinstance(one, YearFilter):
        return {"type": "string", "maxLength": 20}
    length = one.extra.get("max_length")
    return {"type": "string", **({"maxLength": length} if length else {})}


def _codes(one: django_filters.Filter) -> list[str]:
    return [code for code, _label in one.extra["choices"]]
