"""The SELECT of an export, as the database's own shell takes it."""

from django.db import connection
from django.http import QueryDict

from projects.exports import EXPORTS
from projects.parameters import read_parameters


def select(name: str) -> str:
    """The statement by which a table is exported, with plain columns and its values written in."""
    export, parameters = EXPORTS[name], read_parameters(QueryDict())
    rows = export.prepare(export.rows(parameters), parameters)
    bare = rows.select_related(None).prefetch_related(None)
    sql, values = bare.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        statement = connection.ops.last_executed_query(cursor, sql, values)
    return " ".join(str(statement).split("\n"))
