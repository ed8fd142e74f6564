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
    summed: QuerySet[Any], most: int, apart: Collection[str], entity: type[Model] | None
) -> list[dict[str, Any]]:
    """The sums of the largest codes, of those that stand `apart`, and under '' of all others.

    From `summed_headline` split by `code`; one query. `codes` is how many codes are in a row, and
    of an `entity` with the code as its slug `name_zh` and `name_en` are its names.
    """
    connection = connections[summed.db]
    inner, parameters = summed.query.sql_with_params()
    places = ", ".join(["%s"] * len(apart))
    sums = ", ".join(f"SUM({name}) AS {name}" for name in SUMS)
    by_code = 'code COLLATE "C"' if connection.vendor == "postgresql" else "code"
    names, named = "", ""
    if entity is not None:
        names = ", named.name_zh, named.name_en"
        named = f"LEFT JOIN {entity._meta.db_table} named ON named.slug = found.code"
    # Names of our own tables and columns; every value is a parameter.
    sql = f"""
    SELECT found.*{names} FROM (
        SELECT CASE WHEN is_apart = 1 OR place <= %s THEN code ELSE '' END AS code,
            COUNT(*) AS codes, MIN(place) AS first, {sums}
        FROM (
            SELECT summed.*, ROW_NUMBER() OVER (ORDER BY is_apart, {_SIZE}, {by_code}) AS place
            FROM (
                SELECT each.*, CASE WHEN code IN ({places}) THEN 1 ELSE 0 END AS is_apart
                FROM ({inner}) each
            ) summed
        ) placed
        GROUP BY 1
    ) found {named} ORDER BY found.first
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [most, *apart, *parameters])
        columns = [column[0] for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    unit, per, paid = HEADLINE
    return [_whole(row) | {"unit": unit, "per": per, "line_paid": paid} for row in rows]


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    """The sums as whole numbers: PostgreSQL gives those of numbers as decimals."""
    numbers = {name: row[name] and int(row[name]) for name in (*SUMS, "codes")}
    return row | numbers
