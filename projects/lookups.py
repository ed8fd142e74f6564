"""Conditions that Django has no lookup for."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignObject, Lookup, Q


@dataclass(frozen=True)
class _Several:
    """Values in one piece: Django would look at each of them by itself."""

    values: list[Any]


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):  # type: ignore[type-arg]
    """Whether a column holds one of some values, which are handed over as one.

    `in` hands each over as a parameter; to write, read and plan the statement takes longer than to
    answer it where they are hundreds.
    """

    lookup_name = "among"
    prepare_rhs = False
    rhs: _Several

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """On SQLite the values are read from a JSON text."""
        column, parameters = self.process_lhs(compiler, connection)
        values = json.dumps(self.rhs.values)
        sql = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608
        return sql, [*parameters, values]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """On PostgreSQL they are an array."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*parameters, self.rhs.values]


def among(column: str, values: Collection[Any]) -> Q:
    """Whether a column holds one of these ids or texts."""
    if isinstance(values, range):
        return Q(**{f"{column}__gte": values.start, f"{column}__lt": values.stop})
    return Q(**{f"{column}__among": _Several(list(values))})
