"""Databases beside those of the settings, opened for as long as a command needs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import ConnectionHandler

from cooperation import environment
from cooperation.copies import CopyError

SQLITE = "django.db.backends.sqlite3"


@contextmanager
def opened(config: dict[str, Any]) -> Iterator[str]:
    """The alias of a database with these settings."""
    alias = next(name for name in _names() if name not in connections.settings)
    # A handler fills in what Django expects beside what is given.
    filled = ConnectionHandler({DEFAULT_DB_ALIAS: config}).settings[DEFAULT_DB_ALIAS]
    connections.settings[alias] = filled
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def _names() -> Iterator[str]:
    number = 1
    while True:
        yield f"other{number}"
        number += 1


def named(url: str) -> dict[str, Any]:
    """The settings of the database that an address names."""
    try:
        return environment.database({"address": url}, "address", settings.BASE_DIR)
    except ImproperlyConfigured as error:
        raise CopyError(str(error)) from error


def plain(file: Path) -> dict[str, Any]:
    """The settings of an SQLite file, with none of what a site that runs asks of it."""
    return {"ENGINE": SQLITE, "NAME": str(file)}


def reading(file: Path) -> dict[str, Any]:
    """The settings of an SQLite file that is only read; it has to be there."""
    return {"ENGINE": SQLITE, "NAME": f"file:{quote(str(file.absolute()))}?mode=ro"}


def table_names(connection: Any) -> list[str]:
    """The tables that a database has; a file that is not there yet has none, and is not made."""
    if connection.vendor == "sqlite" and not _is_there(connection.settings_dict["NAME"]):
        return []
    return sorted(connection.introspection.table_names())


def _is_there(name: Any) -> bool:
    text = str(name)
    return text == ":memory:" or text.startswith("file:") or Path(text).exists()
