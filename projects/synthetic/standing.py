"""When made-up statements are out and stand, told while they are written: no row is written twice.

Only what follows from many rows of several tables is derived when all are stored.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from projects.models import NotCounted
from projects.synthetic.pools import Row
from projects.values.standing import Member, stretches

Days = tuple[date | None, date | None]
"""When a publication is out, if it is no draft, and its first possible day."""


def standing(rows: Iterator[Row], published: Sequence[Days], first: int) -> Iterator[Row]:
    """Statements with their derived columns; `first` is the id of the first publication.

    A group, and the parts of it, come before the next one begins.
    """
    together: list[Row] = []
    for row in rows:
        out_from, earliest = published[row["source_id"] - first]
        row["out_from"], row["earliest"] = out_from, earliest
        if row["restates_id"] is None and row.get("part_of_id") is None:
            yield from _judged(together)
            together = []
        together.append(row)
    yield from _judged(together)


def _judged(rows: list[Row]) -> Iterator[Row]:
    groups: dict[int, list[Member]] = {}
    for row in rows:
        heads = row["restates_id"] is None
        member = Member(row["id"], heads, row["out_from"], row.pop("earliest"))
        groups.setdefault(row["restates_id"] or row["id"], []).append(member)
    found = {}
    for members in groups.values():
        found.update(stretches(members))
    for row in rows:
        row["stands_from"], row["stands_until"] = found[row["id"]]
        if "part_of_id" in row:
            _judge_investment(row, groups)
        yield row


def _judge_investment(row: Row, groups: dict[int, list[Member]]) -> None:
    days = [one.out_from for one in groups.get(row["part_of_id"], []) if one.out_from]
    row["part_from"] = min(days, default=None)
    if row["stands_from"] is None or row["stands_until"] is not None:
        row["left_out"] = NotCounted.RESTATES.value
    elif row["part_from"] is not None:
        row["left_out"] = NotCounted.PART_OF.value
