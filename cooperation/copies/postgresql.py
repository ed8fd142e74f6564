"""PostgreSQL's own copies: by pg_dump and pg_restore, put in place as one transaction."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import transaction
from psycopg.pq import Conninfo

from cooperation.copies import CopyError
from cooperation.copies.databases import table_names
from cooperation.copies.fingerprints import Fingerprint, fingerprints, same
from cooperation.copies.tables import AT_ONCE, SESSIONS, Table
from projects.exports.snapshot import snapshot
from projects.remembering import postgresql as remembering
from projects.remembering.version import renew_version

FOR_PSQL = (b"\\restrict", b"\\unrestrict")
"""Lines of a script that are no SQL."""

END = b"\\.\n"
"""The line behind the last row of a table."""


def backup(connection: Any, file: Path, tables: list[Table]) -> list[Fingerprint]:
    """Write the database into a file, and say what it held: both of one state of it."""
    pg_dump = _program("pg_dump", connection)
    with file.open("wb") as written, snapshot(connection.alias):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            (name,) = cursor.fetchone()
        options = ["--format=custom", f"--snapshot={name}", f"--exclude-table-data=*.{SESSIONS}"]
        with _running([pg_dump, *options], written, environment(connection)):
            return fingerprints(connection, tables)


def restore(file: Path, connection: Any, wanted: list[Fingerprint]) -> None:
    """Put what the backup holds into the database, and look at it before it is committed.

    pg_restore would commit by itself, so it writes the statements, and the transaction is ours.
    """
    pg_restore = _program("pg_restore", connection)
    script = [pg_restore, "--no-owner", "--no-privileges", "--file=-"]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path')")
        (path,) = cursor.fetchone()
        _drop(cursor, table_names(connection))
        for section in ("pre-data", "data", "post-data"):
            command = [*script, f"--section={section}", str(file)]
            with _running(command, subprocess.PIPE, environment(connection)) as output:
                _execute(cursor.cursor, output, whole=section != "data")
        # The statements leave an empty path behind, as they name every schema.
        cursor.execute("SELECT set_config('search_path', %s, false)", [path])
        same(wanted, fingerprints(connection, [one.table for one in wanted]))
        renew_version(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()


def environment(connection: Any) -> dict[str, str]:
    """The variables that name the server to PostgreSQL's programs; command lines are public."""
    given = connection.get_connection_params()
    # Of several servers, the one that was found to take writes.
    given |= {"host": connection.connection.info.host, "port": connection.connection.info.port}
    variables = {
        option.envvar.decode(): str(given[option.keyword.decode()])
        for option in Conninfo.get_defaults()
        if option.envvar and given.get(option.keyword.decode())
    }
    return os.environ | variables


def _program(name: str, connection: Any) -> str:
    """Where a program of PostgreSQL's client is; it may be newer than the server, but not older."""
    found = shutil.which(name)
    if not found:
        raise CopyError(
            f"{name} is not installed. On Debian and Ubuntu: apt install postgresql-client"
        )
    connection.ensure_connection()
    server = connection.connection.info.server_version // 10_000
    command = [found, "--version"]
    answer = subprocess.run(  # noqa: S603
        command, env=environment(connection), capture_output=True, text=True, check=False
    ).stdout
    release = re.search(r"\d+", answer)
    if release and int(release[0]) < server:
        raise CopyError(
            f"{name} is of PostgreSQL {release[0]}, and the server of {server}. On Debian and "
            f"Ubuntu: apt install postgresql-client-{server}"
        )
    return found


@contextmanager
def _running(command: Sequence[str], output: Any, variables: dict[str, str]) -> Iterator[IO[bytes]]:
    """Its output while a program runs; refuses what it made where it ends with an error."""
    with (
        TemporaryFile() as errors,
        subprocess.Popen(command, stdout=output, stderr=errors, env=variables) as process,  # noqa: S603
    ):
        try:
            yield process.stdout or errors
        except BaseException:
            process.kill()
            raise
        if process.wait():
            errors.seek(0)
            raise CopyError(errors.read().decode(errors="replace").strip())


def _drop(cursor: Any, names: list[str]) -> None:
    """Drop the tables with all that hangs on them, and the function of their triggers."""
    if names:
        listed = ", ".join(f'"{name}"' for name in names)
        cursor.execute(f"DROP TABLE {listed} CASCADE")
    for statement in remembering.DROP:
        cursor.execute(statement)


def _execute(cursor: Any, script: IO[bytes], *, whole: bool) -> None:
    """Execute what pg_restore writes: at once, or with the rows of tables in between."""
    if whole:
        cursor.execute(b"".join(line for line in script if not line.startswith(FOR_PSQL)))
        return
    for line in script:
        if line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
            with cursor.copy(line) as copy:
                for part in _rows(script):
                    copy.write(part)
        elif not line.startswith((b"--", b"\n", *FOR_PSQL)):
            cursor.execute(line)


def _rows(script: IO[bytes]) -> Iterator[bytes]:
    """The rows of one table, up to the line that ends them."""
    lines = iter(script.readline, END)
    while part := list(islice(lines, AT_ONCE)):
        if not part[-1]:
            raise CopyError("The backup ends within a table.")
        yield b"".join(part)
