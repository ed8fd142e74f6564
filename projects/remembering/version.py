"""The version of the data: a text that every write to the record changes, on every path."""

from typing import Any

from django.apps import apps
from django.db import InterfaceError, OperationalError, connections, router

from projects.remembering import postgresql, sqlite

TABLE = "projects_data_version"
VERSION = f"SELECT sum(token) FROM {TABLE}"  # noqa: S608


def data_version() -> str | None:
    """The version of what the connection that is read from sees now; None where it cannot be told.

    What is read before it may be older than the version, what is read after it may be newer.
    """
    connection: Any = connections[router.db_for_read(apps.get_model("projects", "Source"))]
    if connection.in_atomic_block:
        return _read(connection)
    # Nearly every request begins with this: it is Django's look at a kept connection as well, which
    # would cost a query of its own, a fifth of what is done for a page that is not sent again.
    connection.health_check_done = True
    try:
        return _read(connection)
    except (InterfaceError, OperationalError):
        connection.close()
        return _read(connection)


def _read(connection: Any) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        (token,) = cursor.fetchone()
    return None if token is None else str(token)


def renew_version(connection: Any) -> None:
    """Move the version of data that came past the triggers, such as out of a backup.

    They bring the version along that they had then. Caches that were given what other data made
    under it, such as of a copy that somebody changed past the triggers, would show that; under a
    new one they keep nothing.
    """
    if TABLE in connection.introspection.table_names():  # of an older release it has none
        with connection.cursor() as cursor:
            cursor.execute({"sqlite": sqlite, "postgresql": postgresql}[connection.vendor].MOVE)
