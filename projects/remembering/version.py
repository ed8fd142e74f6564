"""The version of the data: a text that every write to the record changes, on every path."""

from typing import Any

from django.db import InterfaceError, OperationalError, connection

VERSION = "SELECT sum(token) FROM projects_data_version"


def data_version() -> str | None:
    """The version of what this connection sees now; None where it cannot be told.

    What is read before it may be older than the version, what is read after it may be newer.
    """
    if connection.in_atomic_block:
        return _read()
    # Nearly every request begins with this: it is Django's look at a kept connection as well, which
    # would cost a query of its own, a fifth of what is done for a page that is not sent again.
    kept: Any = connection
    kept.health_check_done = True
    try:
        return _read()
    except (InterfaceError, OperationalError):
        connection.close()
        return _read()


def _read() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        (token,) = cursor.fetchone()
    return None if token is None else str(token)
