"""The SELECT of an export, as the database's own shell takes it."""

from typing import Any
from unittest.mock import patch

from django.db import connection
from django.http import QueryDict

from projects.exports import EXPORTS
from projects.exports.cells import INERT, Cell
from projects.exports.writing import select as columns
from projects.parameters import read_parameters


def select(name: str) -> str:
    """The statement by which a table is exported, with plain columns and its values written in."""
    export, parameters = EXPORTS[name], read_parameters(QueryDict())
    # Without what makes a cell of a value: inert text, words for truth, numbers without zeros.
    with (
        patch.object(Cell, "as_sql", _plain),
        patch.dict(INERT, dict.fromkeys(INERT, "{value}")),
    ):
        query = columns(export, export.rows(parameters), parameters).query
        sql, values = query.get_compiler(connection=connection).as_sql()
    return " ".join(_written_in(sql, values).split("\n"))


def _written_in(sql: str, values: Any) -> str:
    """A statement with its values in their places."""
    operations: Any = connection.ops
    if connection.vendor == "postgresql":
        return str(operations.compose_sql(sql, values))
    with connection.cursor() as cursor:
        return str(operations.last_executed_query(cursor, sql, values))


def _plain(cell: Any, compiler: Any, _connection: Any, **_extra: Any) -> Any:
    """The value itself."""
    return compiler.compile(*cell.get_source_expressions())
