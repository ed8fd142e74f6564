"""The SELECT of an export, as the database's own shell takes it."""

from unittest.mock import patch

from django.db import connection
from django.http import QueryDict

from projects.exports import EXPORTS, cells
from projects.exports.writing import select as columns
from projects.parameters import read_parameters

VENDORS = ("postgresql", "sqlite")


def select(name: str) -> str:
    """The statement by which a table is exported, with plain columns and its values written in."""
    export, parameters = EXPORTS[name], read_parameters(QueryDict())
    rows = columns(export, export.rows(parameters), parameters)
    # Without what makes a cell of a value: inert text, words for truth, numbers without zeros.
    plain = {"_INERT": dict.fromkeys(VENDORS, "{value}"), "_FORMS": dict.fromkeys(VENDORS, {})}
    with patch.multiple(cells, **plain), connection.cursor() as cursor:
        sql, values = rows.query.get_compiler(connection=connection).as_sql()
        statement = connection.ops.last_executed_query(cursor, sql, values)
    return " ".join(str(statement).split("\n"))
