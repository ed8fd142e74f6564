"""What the database and `full_clean()` refuse, in a form that a test can compare."""

from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction


@contextmanager
def refused_by_the_database():
    """Expect that the database itself refuses what is written inside."""
    with pytest.raises(IntegrityError), transaction.atomic():
        yield


def stores(row: models.Model, **columns) -> bool:
    """Whether the database takes these columns; the row is as it was afterwards.

    `update` goes past `save`, `clean` and every other line of Python.
    """
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**columns)
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


def problems(row: models.Model) -> dict[str, list[str]]:
    """What `full_clean()` says of a row, by field; nothing where the row is valid."""
    try:
        row.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}
