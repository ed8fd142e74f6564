"""What is derived of a new statement, told before it is written: most are right, and stay."""

from typing import Any

from projects.models.investments import Investment, NotCounted


def begin(row: Any) -> None:
    """Tell when a new statement is out and stands if none of its group goes before it.

    It is derived with its group all the same. What is right by then is not written once more.
    """
    if not hasattr(row, "source"):
        return  # It is gone by now, which the database says.
    row.out_from = None if row.source.draft else row.source.published_latest
    row.stands_from = None if row.restates_id else row.out_from
    if isinstance(row, Investment):
        _begin_investment(row)


def _begin_investment(row: Any) -> None:
    row.part_from = row.part_of.out_from if row.part_of else None
    if row.stands_from is None:
        row.left_out = NotCounted.RESTATES.value
    elif row.part_from is not None:
        row.left_out = NotCounted.PART_OF.value
