"""Writes the database into a file, and its fingerprint beside it, while others go on writing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import connections

from cooperation.copies import CopyError
from cooperation.copies.backups import backup
from cooperation.copies.commands import DatabaseCommand
from cooperation.copies.databases import table_names


class Command(DatabaseCommand):
    """A copy of SQLite, or a dump of PostgreSQL in its custom format; without sessions."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="must not be there yet; FILE.json is beside it")

    def work(self, alias: str, options: dict[str, Any]) -> None:
        """Writes both files or none."""
        connection, file = connections[alias], options["file"]
        if not table_names(connection):
            raise CopyError("The database is empty, there is nothing to back up.")
        self.tell(backup(connection, file))
        self.stdout.write(f"Written: {file} and {file.name}.json; keep the two together.")
