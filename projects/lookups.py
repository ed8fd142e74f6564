"""Conditions that Django has no lookup for."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Field, ForeignObject, Lookup, Q


@dataclass(frozen=True)
class _Several:
    """Values in one piece: Django would look at each of them by itself."""

    values: tuple[Any, ...]


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):
    """Whether a column holds one of some values, which are handed over as one.

    `in` hands each over as a parameter; to write, read and plan the statement takes longer than to
    answer it where they are hundreds.
    """

    lookup_name = "among"
    prepare_rhs = False
    rhs: _Several

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not self.rhs.values:
            raise EmptyResultSet
        column, parameters = self.process_lhs(compiler, connection)
        sql, values = among_sql(connection, column, list(self.rhs.values))
        return sql, [*parameters, values]


def among_sql(connection: Any, column: str, values: list[Any]) -> tuple[str, Any]:
    """The condition in the SQL of a database, and its one parameter: an array, or a JSON text."""
    if connection.vendor == "postgresql":
        # Of the column's own kind: only then is a long array searched by hash instead of through.
        kind = "text" if isinstance(next(iter(values), 0), str) else "bigint"
        return f"{column} = ANY(%s::{kind}[])", values
    return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(values)  # noqa: S608


def among(column: str, values: Collection[Any]) -> Q:
    """Whether a column holds one of these ids or texts."""
    if isinstance(values, range):
        return Q(**{f"{column}__gte": values.start, f"{column}__lt": values.stop})
    return Q(**{f"{column}__among": _Several(tuple(values))})
