"""Cursors: places in the order of a table as opaque texts, signed for what was asked."""

from collections.abc import Sequence
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.http import QueryDict

from projects.api.keyset import Place, read_place

NOT_OF_THE_ORDER = ("after", "limit", "lang")
"""What may differ between two pages that follow each other."""


def write_cursor(place: Place, table: str, query: QueryDict) -> str:
    """The cursor of a place, good for this table and query alone."""
    plain = [one if one is None or isinstance(one, int) else str(one) for one in place.values]
    return _signer(table, query).sign_object([place.part, *plain])


def read_cursor(text: str, table: str, query: QueryDict, parts: Sequence[QuerySet[Any]]) -> Place:
    """The place that a cursor names; ValueError where it was not made here for this query."""
    try:
        given = _signer(table, query).unsign_object(text)
    except (BadSignature, ValueError) as error:
        raise ValueError(text) from error
    return read_place(parts, given)


def _signer(table: str, query: QueryDict) -> Signer:
    asked = sorted(
        item
        for item in query.lists()
        if item[0] not in NOT_OF_THE_ORDER and not item[0].startswith("utm_")
    )
    return Signer(sep=".", salt=f"cursor of {table} {asked}")
