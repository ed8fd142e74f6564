"""The cells of a table as Python has them, and as text that is the same on both databases."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    UUID = "uuid"
    BINARY = "binary"
    JSON = "json"


Cell = Callable[[Any], Any]
"""Another form of a cell that is not null."""


def as_they_are(value: Any) -> Any:
    """The cell itself."""
    return value


def _utc(value: datetime) -> datetime:
    """SQLite stores UTC without saying so."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def decimal(places: int) -> Cell:
    """Decimals of so many places; SQLite keeps those that are not whole as floats."""
    smallest = Decimal(1).scaleb(-places)
    return lambda value: Decimal(str(value)).quantize(smallest)


READ: dict[Kind, Cell] = {
    Kind.BOOLEAN: bool,
    Kind.FLOAT: float,
    Kind.DATETIME: _utc,
    Kind.UUID: lambda value: value if isinstance(value, UUID) else UUID(value),
    Kind.BINARY: bytes,
}
"""From what either database's driver gives, for kinds of which the two give different things."""

WRITTEN: dict[Kind, Cell] = {
    Kind.DECIMAL: str,
    Kind.FLOAT: repr,
    Kind.DATE: date.isoformat,
    Kind.TIME: lambda value: time.isoformat(value, "microseconds"),
    Kind.DATETIME: lambda value: datetime.isoformat(value, timespec="microseconds"),
    Kind.UUID: str,
    Kind.BINARY: bytes.hex,
    Kind.JSON: lambda value: json.dumps(json.loads(value), sort_keys=True),
}
"""What a fingerprint is made of, for kinds that JSON does not have; a column has one kind."""
