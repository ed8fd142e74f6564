"""Says of each table how many rows it has and a hash of all they say, alike on both databases."""

import json
from argparse import ArgumentParser
from typing import Any

from django.db import connections

from cooperation.copies import CopyError
from cooperation.copies.commands import DatabaseCommand
from cooperation.copies.databases import table_names
from cooperation.copies.fingerprints import fingerprints, whole
from cooperation.copies.tables import tables
from projects.exports.snapshot import snapshot


class Command(DatabaseCommand):
    """Two databases with the same fingerprint hold the same; sessions are left out."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How it is written."""
        super().add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="for programs, with whole hashes")

    def work(self, alias: str, options: dict[str, Any]) -> None:
        """Reads one state of the database."""
        connection = connections[alias]
        if missing := {table.name for table in tables()} - set(table_names(connection)):
            raise CopyError(f"The database has no table {min(missing)}. Run manage.py migrate.")
        with snapshot(alias):
            found = fingerprints(connection, tables())
        if not options["json"]:
            self.tell(found)
            return
        held = {one.table.name: {"rows": one.rows, "hash": one.hash} for one in found}
        self.stdout.write(json.dumps({"hash": whole(found), "tables": held}, indent=1))
