"""Moves the site from SQLite to an empty PostgreSQL database, and proves both identical."""

from argparse import ArgumentParser
from typing import Any

from cooperation.copies.commands import DatabaseCommand, database
from cooperation.copies.moving import move


class Command(DatabaseCommand):
    """All of it or nothing; the SQLite file is left as it is."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        super().add_arguments(parser)
        parser.add_argument(
            "target", metavar="postgres://…", help="a password is better given as PGPASSWORD"
        )

    def work(self, alias: str, options: dict[str, Any]) -> None:
        """Moves, compares, and says what is left to do."""
        with database(options["target"]) as target:
            self.tell(move(alias, target))
        self.stdout.write(
            "Moved, identical. Set DATABASE_URL to the new address and start the site."
        )
