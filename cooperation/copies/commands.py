"""What the commands share: the database that they are for, and plain words of what fails."""

import errno
import sqlite3
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, Error

from cooperation.copies import CopyError
from cooperation.copies.databases import named, opened
from cooperation.copies.fingerprints import Fingerprint, whole

WORDS = {
    errno.ENOSPC: "The disk is full",
    errno.EDQUOT: "The disk quota is used up",
    errno.EACCES: "No permission",
    errno.EPERM: "No permission",
    errno.EROFS: "The disk is read-only",
    errno.ENOENT: "No such file or folder",
    errno.ENOTDIR: "No such folder",
}


class DatabaseCommand(BaseCommand):
    """A command for the site's database or, for its length, for another one."""

    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The database."""
        parser.add_argument(
            "--database",
            metavar="URL",
            help="in place of DATABASE_URL; a password is better given as PGPASSWORD",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Works on the database; what fails is said in words."""
        with plainly(), database(options["database"]) as alias:
            self.work(alias, options)

    def work(self, alias: str, options: dict[str, Any]) -> None:
        """What the command does."""
        raise NotImplementedError

    def tell(self, found: Iterable[Fingerprint]) -> None:
        """A line a table: its hash, its rows, its name; then all of them together."""
        found = list(found)
        for one in found:
            self.stdout.write(f"{one.hash[:16]} {one.rows:>10,} {one.table.name}")
        self.stdout.write(f"{whole(found)[:16]} {sum(one.rows for one in found):>10,} in all")


@contextmanager
def database(url: str | None) -> Iterator[str]:
    """The alias of the database of an address, or of the site's own."""
    if url is None:
        yield DEFAULT_DB_ALIAS
        return
    with opened(named(url)) as alias:
        yield alias


@contextmanager
def plainly() -> Iterator[None]:
    """Ends the command with words where something fails, and not with a trace."""
    try:
        yield
    except (CopyError, Error, psycopg.Error, sqlite3.Error) as error:
        raise CommandError(str(error).strip()) from error
    except OSError as error:
        words = WORDS.get(error.errno or 0, error.strerror)
        raise CommandError(
            f"{words}: {error.filename}" if error.filename else f"{words}."
        ) from error
