"""The API as an OpenAPI 3.1 document, written from the declarations that it is made of."""

from collections.abc import Mapping
from typing import ClassVar, Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from projects.api.errors import TYPE
from projects.api.query import SLUG, Schema, of_all, of_table
from projects.exports import EXPORTS
from projects.exports.kinds import Described, described
from projects.exports.writing import Kind
from projects.filters.sets import FilterSet
from projects.tables import Table

VERSION = "1"
OF_A_ROW = ("as_of", "prefer", "direct", "lang")
"""The parameters that change what one row says."""

_TYPES: dict[Kind, Schema] = {
    Kind.TEXT: {"type": "string"},
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.LIST: {"type": "array", "items": {"type": "string"}},
}
_NEVER_NULL = {Kind.BOOLEAN, Kind.LIST}
_KEYS = {"slug": "slug", "statement_id": "key"}
"""The column in which the model has what the first column of a table holds."""


class Answered(Protocol):
    """A page whose table the API gives out."""

    table_class: ClassVar[type[Table]]
    filterset_class: ClassVar[type[FilterSet]]


def key_of(name: str) -> str:
    """The column by which a row of a table is asked for."""
    return _KEYS[EXPORTS[name].columns[0]]


def document(tables: Mapping[str, type[Answered]]) -> Schema:
    """The document, in the language of the page."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Cooperation"),
            "version": VERSION,
            "description": _(
                "Every table of the site, read-only: the rows of its page and its CSV file under "
                "the same names, with the same filters and in the same order. An answer that is "
                "kept is asked about with If-None-Match."
            ),
        },
        "paths": {
            path: {"get": operation}
            for name, table in tables.items()
            for path, operation in _operations(name, table)
        },
        "components": {
            "parameters": of_all(),
            "schemas": {name: _row(name) for name in tables} | {"problem": _problem()},
            "responses": {
                "problem": {
                    "description": _("What was asked cannot be used, or is not there."),
                    "content": {TYPE: {"schema": _to("schemas", "problem")}},
                },
                "kept": {"description": _("The answer that is kept is still right.")},
            },
        },
    }


def _operations(name: str, table: type[Answered]) -> list[tuple[str, Schema]]:
    """The operations of a table, by their paths: a page of it, and one of its rows."""
    title = str(EXPORTS[name].model._meta.verbose_name_plural)
    page = {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": _to("schemas", name)},
            "next": {
                "type": ["string", "null"],
                "format": "uri",
                "description": _("The address of the next page; null on the last one."),
            },
        },
    }
    shared = [_to("parameters", one) for one in of_all()]
    key = key_of(name)
    of_row = {"name": key, "in": "path", "required": True}
    of_row |= {"schema": {"type": "string", "pattern": SLUG}}
    row_path = reverse(f"projects:{name}-api-row", kwargs={key: key}).removesuffix(f"{key}/")
    return [
        (
            reverse(f"projects:{name}-api"),
            {
                "operationId": f"{name}-list",
                "summary": title,
                "parameters": [*of_table(table.filterset_class, table.table_class), *shared],
                "responses": _responses(page),
            },
        ),
        (
            f"{row_path}{{{key}}}/",
            {
                "operationId": f"{name}-row",
                "summary": title,
                "parameters": [of_row, *(_to("parameters", one) for one in OF_A_ROW)],
                "responses": _responses(_to("schemas", name))
                | {"404": _to("responses", "problem")},
            },
        ),
    ]


def _responses(schema: Schema) -> Schema:
    return {
        "200": {
            "description": _("What was asked."),
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {"application/json": {"schema": schema}},
        },
        "304": _to("responses", "kept"),
        "400": _to("responses", "problem"),
        "503": _to("responses", "problem"),
    }


def _row(name: str) -> Schema:
    """A row as an object, whose members are the columns of the file."""
    columns = described(EXPORTS[name])
    always = (columns[0].name, "id")
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [column.name for column in columns],
        "properties": {column.name: _member(column, column.name in always) for column in columns},
    }


def _member(column: Described, always: bool) -> Schema:
    schema = dict(_TYPES[column.kind])
    if column.field is not None and column.field.choices:
        schema["enum"] = [code for code, _label in column.field.choices if code]
    if not always and column.kind not in _NEVER_NULL:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"].append(None)
    return schema


def _problem() -> Schema:
    text = {"type": "string"}
    return {
        "type": "object",
        "required": ["status", "title"],
        "properties": {
            "status": {"type": "integer"},
            "title": text,
            "parameter": text | {"description": _("The parameter that could not be used.")},
            "detail": text | {"description": _("What to do.")},
        },
    }


def _to(part: str, name: str) -> Schema:
    return {"$ref": f"#/components/{part}/{name}"}
