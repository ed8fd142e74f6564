"""Fingerprints: of each table how many rows it has, and a hash of all that they say."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from cooperation.copies import CopyError
from cooperation.copies.cells import WRITTEN
from cooperation.copies.tables import AT_ONCE, Table


@dataclass(frozen=True)
class Fingerprint:
    """What a table holds: the same on SQLite and PostgreSQL where the content is."""

    table: Table
    rows: int
    hash: str


def fingerprints(connection: Any, tables: Iterable[Table]) -> list[Fingerprint]:
    """Of these tables, as the transaction of the caller sees them."""
    return [fingerprint(connection, table) for table in tables]


def fingerprint(connection: Any, table: Table) -> Fingerprint:
    """Of one table; its rows are read in turn, and none is kept."""
    digest = sha256(json.dumps([column.name for column in table.columns]).encode())
    count = 0
    lines = _lines(table, table.rows(connection))
    while part := list(islice(lines, AT_ONCE)):
        count += len(part)
        digest.update("".join(part).encode())
    return Fingerprint(table, count, digest.hexdigest())


def whole(found: Iterable[Fingerprint]) -> str:
    """One hash of all of them."""
    lines = sorted(f"{one.table.name} {one.rows} {one.hash}\n" for one in found)
    return sha256("".join(lines).encode()).hexdigest()


def same(wanted: Iterable[Fingerprint], found: Iterable[Fingerprint]) -> None:
    """Refuse a copy whose tables do not hold what they should, by name."""
    held = {one.table.name: one for one in found}
    differing = [one for one in wanted if held[one.table.name] != one]
    if differing:
        names = ", ".join(
            f"{one.table.name} ({one.rows} rows, copied {held[one.table.name].rows})"
            for one in differing
        )
        raise CopyError(
            f"The copy is not identical, in {names}. If somebody wrote to it meanwhile, stop the "
            "site and try again; else a program or a disk is at fault."
        )


def _lines(table: Table, rows: Iterable[list[Any]]) -> Iterator[str]:
    """Each row as a line of JSON, of which no other row could have been made."""
    forms = [
        (place, WRITTEN[column.kind])
        for place, column in enumerate(table.columns)
        if column.kind in WRITTEN
    ]
    encode = json.JSONEncoder(separators=(",", ":")).encode
    for row in rows:
        for place, form in forms:
            if row[place] is not None:
                row[place] = form(row[place])
        yield encode(row) + "\n"
