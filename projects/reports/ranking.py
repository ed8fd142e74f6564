"""Sums of many groups ranked in the database: the largest one by one, the others as one."""

from collections.abc import Collection
from typing import Any

from django.db import connections
from django.db.models import Model, QuerySet

from projects.models.investments import HEADLINE
from projects.reports.funding import SUMS

_SIZE = """
CASE WHEN parts > not_stated THEN COALESCE(low, 0) ELSE -1 END DESC,
CASE WHEN parts > not_stated AND open_above > 0 THEN 1 ELSE 0 END DESC,
COALESCE(high, 0) DESC
"""
"""The largest first, by the lower bound and then by the upper one, an open one before."""


def ranked(
    summed: QuerySet[Any],
    most: int,
    apart: Collection[str],
    entity: type[Model] | None,
    by_id: bool = False,
) -> list[dict[str, Any]]:
    """The sums of the largest codes, of those that stand `apart`, and under '' of all others.

    From `summed_headline` split by `code`: a text, or (`by_id`) the id of an `entity`, where none
    is the one code apart. One query. `codes` is how many codes are in a row; of an entity come its
    names.
    """
    connection = connections[summed.db]
    inner, parameters = summed.query.sql_with_params()
    places = ", ".join(["%s"] * len(apart))
    is_apart = "code IS NULL" if by_id else f"code IN ({places})"
    own, other = ("COALESCE(code, -1)", "0") if by_id else ("code", "''")
    sums = ", ".join(SUMS)
    summed_up = ", ".join(f"SUM({name}) AS {name}" for name in SUMS)
    text = not by_id and connection.vendor == "postgresql"
    by_code = 'code COLLATE "C"' if text else "code"
    names, named = "", ""
    if entity is not None:
        names = ", named.slug, named.name_zh, named.name_en"
        key = "id" if by_id else "slug"
        named = f"LEFT JOIN {entity._meta.db_table} named ON named.{key} = found.code"
    # Names of our own tables and columns; every value is a parameter. Sorted whole, a hundred
    # thousand codes would go to the disk twice: only the largest are looked for.
    sql = f"""
    WITH each AS (
        SELECT summed.*, CASE WHEN {is_apart} THEN 1 ELSE 0 END AS is_apart FROM ({inner}) summed
    ), largest AS (
        SELECT code FROM each WHERE is_apart = 0 ORDER BY {_SIZE}, {by_code} LIMIT %s
    )
    SELECT found.*{names} FROM (
        SELECT {own} AS code, 1 AS codes, {sums}
        FROM each WHERE is_apart = 1 OR code IN (SELECT code FROM largest)
        UNION ALL
        SELECT {other} AS code, COUNT(*) AS codes, {summed_up}
        FROM each WHERE is_apart = 0 AND code NOT IN (SELECT code FROM largest)
        HAVING COUNT(*) > 0
    ) found {named}
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(() if by_id else apart), *parameters, most])
        columns = [column[0] for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    unit, per, paid = HEADLINE
    for row in rows:
        if by_id:
            row["code"] = {-1: next(iter(apart)), 0: ""}.get(row["code"], row["slug"])
    return [_whole(row) | {"unit": unit, "per": per, "line_paid": paid} for row in rows]


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    """The sums as whole numbers: PostgreSQL gives those of numbers as decimals."""
    numbers = {name: row[name] and int(row[name]) for name in (*SUMS, "codes")}
    return row | numbers
