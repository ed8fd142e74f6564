"""A move: all rows of an SQLite database into an empty one of PostgreSQL, as one transaction."""

from typing import Any

from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader

from cooperation.copies import CopyError
from cooperation.copies.databases import table_names
from cooperation.copies.fingerprints import Fingerprint, fingerprints, same
from cooperation.copies.tables import Table, tables


def move(source: str, target: str) -> list[Fingerprint]:
    """Move one database, by its alias, to another, and say what both hold then.

    Rows are copied as they are: nothing is derived or computed on the way, ids stay, and the next
    one is what it would have been. Nobody writes to the source meanwhile, as it would be lost.
    """
    giving, taking = connections[source], connections[target]
    if giving.vendor != "sqlite" or taking.vendor != "postgresql":
        raise CopyError("A move goes from SQLite to postgres://…, and no other way.")
    refuse_other_migrations(giving)
    moved = tables()
    with transaction.atomic(using=source), transaction.atomic(using=target):
        if names := table_names(taking):
            raise CopyError(
                f"{taking.settings_dict['NAME']} is not empty, it has the table {names[0]}. Make a "
                "new database for the site, such as by createdb."
            )
        call_command("migrate", database=target, verbosity=0, interactive=False, skip_checks=True)
        _empty(taking, moved)
        for table in moved:
            _copy(giving, taking, table)
        taking.check_constraints()
        _count_on(giving, taking, moved)
        wanted = fingerprints(giving, moved)
        same(wanted, fingerprints(taking, moved))
    with taking.cursor() as cursor:
        cursor.execute("ANALYZE")
    return wanted


def refuse_other_migrations(connection: Any) -> None:
    """Refuse a database that is not as this release has it."""
    loader = MigrationLoader(connection)
    known = set(loader.graph.nodes)
    applied = {key for key in loader.applied_migrations if key[0] in loader.migrated_apps}
    if known - applied:
        raise CopyError("The database is of an older release. Run manage.py prepare first.")
    if applied - known:
        raise CopyError("The database is of a newer release than this one.")


def _empty(taking: Any, moved: list[Table]) -> None:
    """Take away what migrating has filled in: it comes with the ids that the source has."""
    taking.check_constraints()  # what is still to be checked would stand against it
    names = ", ".join(taking.ops.quote_name(table.name) for table in moved)
    with taking.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names}")


def _copy(giving: Any, taking: Any, table: Table) -> None:
    quote = taking.ops.quote_name
    columns = ", ".join(quote(column.name) for column in table.columns)
    statement = f"COPY {quote(table.name)} ({columns}) FROM STDIN"
    with taking.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for row in table.rows(giving):
            copy.write_row(row)


def _count_on(giving: Any, taking: Any, moved: list[Table]) -> None:
    """Let ids go on behind the last one ever given, and not behind the last one that is left.

    The history of a deleted row is kept under its id, which no other row may be given.
    """
    keys = {table.name: table.key for table in moved}
    with giving.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0")
        last = [(name, seq) for name, seq in cursor.fetchall() if name in keys]
    with taking.cursor() as cursor:
        for name, seq in last:
            quoted = taking.ops.quote_name(name)
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted, keys[name]])
            cursor.execute("SELECT setval(%s, %s)", [cursor.fetchone()[0], seq])
