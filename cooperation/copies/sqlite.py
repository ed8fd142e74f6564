"""SQLite's own copies: taken while others write, and put in place as one transaction."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connections

from cooperation.copies import CopyError
from cooperation.copies.databases import opened, plain, reading
from cooperation.copies.files import temporary_file
from cooperation.copies.fingerprints import Fingerprint, fingerprints, same
from cooperation.copies.tables import SESSIONS, Table
from projects.remembering.version import renew_version


def backup(connection: Any, file: Path, tables: list[Table]) -> list[Fingerprint]:
    """Copy the database into an empty file, and say what the copy holds.

    `VACUUM INTO` reads one state of it, with what is still in the file beside it, and keeps no
    writer waiting.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    with closing(sqlite3.connect(file)) as copy:
        # What is deleted is overwritten, not only given free.
        copy.execute("PRAGMA secure_delete = ON")
        copy.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608
        copy.commit()
        (answer,) = copy.execute("PRAGMA integrity_check").fetchone()
    if answer != "ok":
        raise CopyError(f"The database itself is damaged: {answer}")
    return _held(file, tables)


def restore(file: Path, target: Path, wanted: list[Fingerprint]) -> None:
    """Put what the backup holds into the target, as one transaction of SQLite.

    The target is never replaced as a file: a site that has it open would go on with the old one,
    and SQLite would take what waits in the file beside it into the new one.
    """
    tables = [one.table for one in wanted]
    with temporary_file(target) as copy:
        _fill(copy, file)
        same(wanted, _held(copy, tables))
        with opened(plain(copy)) as alias:
            renew_version(connections[alias])
        new = not target.exists()
        try:
            _fill(target, copy)
            same(wanted, _held(target, tables))
        except BaseException:
            if new:
                target.unlink(missing_ok=True)
            raise


def _fill(target: Path, source: Path) -> None:
    """Replace what the target holds; who reads or writes it sees the one or the other."""
    address = reading(source)["NAME"]
    with (
        closing(sqlite3.connect(address, uri=True)) as giving,
        closing(sqlite3.connect(target)) as taking,
    ):
        giving.backup(taking)


def _held(file: Path, tables: list[Table]) -> list[Fingerprint]:
    with opened(reading(file)) as alias:
        return fingerprints(connections[alias], tables)
