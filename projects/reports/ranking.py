"""Sums of many entities ranked in the database: the largest one by one, the others as one."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet

from projects.models.base import SEVERAL as SEVERAL_ID
from projects.reports.funding import HEADLINE_COLUMNS, SUMS

SEVERAL, NONE = "several", "none"
"""The codes of what belongs to several entities, and of what belongs to none."""

_NONE_ID, _OTHERS_ID = -1, 0
_SPECIAL = {SEVERAL_ID: SEVERAL, _NONE_ID: NONE, _OTHERS_ID: ""}

_SIZE = """
CASE WHEN parts > not_stated THEN COALESCE(low, 0) ELSE -1 END DESC,
CASE WHEN parts > not_stated AND open_above > 0 THEN 1 ELSE 0 END DESC,
COALESCE(high, 0) DESC
"""
"""The largest first, by the lower bound and then by the upper one, an open one before."""


def ranked(summed: QuerySet[Any], most: int, entity: type[Model]) -> list[dict[str, Any]]:
    """The sums of the largest entities, of several and of none, and under '' of all others.

    From `summed_headline` split by `code`, the id of an entity. One query. `code` becomes its slug,
    with its names beside; `codes` is how many entities are in a row.
    """
    connection = connections[summed.db]
    try:
        inner, parameters = summed.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:  # Django knows that no row is asked for
        return []
    sums = ", ".join(SUMS)
    summed_up = ", ".join(f"SUM({name}) AS {name}" for name in SUMS)
    # Names of our own tables and columns; every value is a parameter. Sorted whole, a hundred
    # thousand entities would go to the disk twice: only the largest are looked for and named.
    sql = f"""
    WITH each AS (
        SELECT summed.*, CASE WHEN code > 0 THEN 0 ELSE 1 END AS is_apart FROM ({inner}) summed
    ), largest AS (
        SELECT * FROM each WHERE is_apart = 0 ORDER BY {_SIZE}, code LIMIT %s
    )
    SELECT code, 1 AS codes, {sums}, slug, name_zh, name_en
    FROM largest LEFT JOIN {entity._meta.db_table} named ON named.id = code
    UNION ALL
    SELECT COALESCE(code, {_NONE_ID}), 1, {sums}, NULL, NULL, NULL
    FROM each WHERE is_apart = 1
    UNION ALL
    SELECT {_OTHERS_ID}, COUNT(*), {summed_up}, NULL, NULL, NULL
    FROM each WHERE is_apart = 0 AND code NOT IN (SELECT code FROM largest)
    HAVING COUNT(*) > 0
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, most])
        columns = [column[0] for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return [_whole(row) | HEADLINE_COLUMNS for row in rows]


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    """The sums as whole numbers: PostgreSQL gives those of numbers as decimals."""
    numbers = {name: row[name] and int(row[name]) for name in (*SUMS, "codes")}
    return row | numbers | {"code": _SPECIAL.get(row["code"]) or row["slug"] or ""}
