"""The version of the data: a text that every write to the record changes, on every path."""

from django.db import connection

VERSION = "SELECT sum(token) FROM projects_data_version"


def data_version() -> str | None:
    """The version of what this connection sees now; None where it cannot be told.

    What is read before it may be older than the version, what is read after it may be newer.
    """
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        (token,) = cursor.fetchone()
    return None if token is None else str(token)
