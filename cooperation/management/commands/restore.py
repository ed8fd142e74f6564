"""Puts a backup into an empty database, and proves that it holds what was backed up."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from cooperation.copies.backups import restore
from cooperation.copies.commands import DatabaseCommand


class Command(DatabaseCommand):
    """All of it or nothing."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from, and whether what is there may go."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="what backup wrote, FILE.json beside it")
        parser.add_argument(
            "--replace", action="store_true", help="in place of all that the database holds"
        )

    def work(self, alias: str, options: dict[str, Any]) -> None:
        """Restores, compares, and says what is left to do."""
        connection = connections[alias]
        manifest = restore(connection, options["file"], replace=options["replace"])
        self.tell(manifest.fingerprints)
        self.stdout.write(f"Restored, identical with the backup of {manifest.made}.")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("The backup is of an older release: run manage.py prepare.")
