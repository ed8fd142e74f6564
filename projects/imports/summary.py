"""What is reported of the rows in the spool, in the order of the files."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from projects.imports.results import (
    CHANGED,
    MOST_REFUSALS_KEPT,
    MOST_ROWS_KEPT,
    REFUSED,
    Change,
    Refusal,
    Report,
    Row,
)
from projects.imports.spool import CHUNK, Spool


def report_of(spool: Spool, refused: list[Refusal], publish: bool) -> Report:
    """The first rows and refusals, how many there are, and a digest of all of them."""
    tally: Counter[tuple[str, str]] = Counter()
    rows: list[Row] = []
    digest = hashlib.sha256(repr((publish, refused)).encode())
    found = refused[:MOST_REFUSALS_KEPT]
    count, swaps = len(refused), False
    for lines in _outcomes(spool):
        refusals = spool.refusals([number for number, *_line in lines])
        for number, file, table, line, key, outcome, changes in lines:
            of_row = refusals.get(number, [])
            if of_row:
                outcome, changes = REFUSED, "[]"
            columns = [column for column, _message in of_row]
            digest.update(repr((file, table, line, key, outcome, changes, columns)).encode())
            tally[outcome, table] += 1
            if tally[outcome, table] <= MOST_ROWS_KEPT:
                listed = tuple(Change(*change) for change in json.loads(changes))
                rows.append(Row(file, table, line, key, outcome, listed))
            swaps = swaps or (outcome == CHANGED and '["restates", ' in changes and _swaps(changes))
            count += len(of_row)
            for column, message in of_row[: MOST_REFUSALS_KEPT - len(found)]:
                found.append(Refusal(file, table, line, column, message))
    return Report(rows, found, tally, count, digest.hexdigest()[:32], swaps)


def _outcomes(spool: Spool) -> Iterator[list[tuple[Any, ...]]]:
    last = 0
    while found := spool.ask(
        "SELECT number, file, tab, line, key, outcome, changes FROM entries "
        "JOIN outcomes USING (number) WHERE number > ? ORDER BY number LIMIT ?",
        *(last, CHUNK),
    ):
        last = found[-1][0]
        yield [(number, spool.files[file].name, *line) for number, file, *line in found]


def _swaps(changes: str) -> bool:
    """Whether a statement begins or ceases to stand."""
    return any(
        column == "restates" and not (before and after)
        for column, before, after in json.loads(changes)
    )
