"""Backups: a file that the database's own program wrote, and beside it what has to be in it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from cooperation.copies import CopyError, postgresql, sqlite
from cooperation.copies.databases import table_names
from cooperation.copies.files import digest, new_file
from cooperation.copies.fingerprints import Fingerprint
from cooperation.copies.manifests import Manifest, manifest_of, read
from cooperation.copies.tables import tables

WRITERS = {"sqlite": sqlite.backup, "postgresql": postgresql.backup}


def backup(connection: Any, file: Path) -> list[Fingerprint]:
    """Write a backup that is consistent while others write, and say what it holds."""
    beside = manifest_of(file)
    for path in (file, beside):
        if path.exists():
            raise CopyError(f"{path} is there already. Name a file that is not.")
    # What is beside it comes first: where the backup is, all of it is.
    with new_file(file) as written, new_file(beside) as manifest:
        held = WRITERS[connection.vendor](connection, written, tables())
        made = datetime.now(UTC).isoformat(timespec="seconds")
        migrations = sorted(map(".".join, MigrationRecorder(connection).applied_migrations()))
        Manifest(connection.vendor, made, digest(written), migrations, held).write(manifest)
    return held


def restore(connection: Any, file: Path, *, replace: bool) -> Manifest:
    """Put a backup into an empty database, or in place of what is there; all of it or nothing."""
    manifest = _checked(file)
    if manifest.database != connection.vendor:
        raise CopyError(
            f"{file} is a backup of {manifest.database}, and the database is {connection.vendor}."
        )
    _refuse_newer(manifest)
    if not replace and (names := table_names(connection)):
        raise CopyError(
            f"The database is not empty, it has the table {names[0]}. --replace puts the backup in "
            "place of all that it holds."
        )
    if connection.vendor == "sqlite":
        connection.close()
        target = Path(connection.settings_dict["NAME"])
        sqlite.restore(file, target, manifest.fingerprints)
    else:
        postgresql.restore(file, connection, manifest.fingerprints)
    return manifest


def _checked(file: Path) -> Manifest:
    """What is beside a backup that is as it was written."""
    beside = manifest_of(file)
    if not file.is_file():
        raise CopyError(f"There is no file {file}.")
    if not beside.is_file():
        raise CopyError(f"{file} is no backup, or {beside} is missing: the two belong together.")
    manifest = read(beside)
    if digest(file) != manifest.sha256:
        raise CopyError(f"{file} is not as it was written: it was cut off or changed since.")
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    loader = MigrationLoader(None)
    known = {".".join(key) for key in loader.graph.nodes}
    ours = {name for name in manifest.migrations if name.split(".")[0] in loader.migrated_apps}
    if unknown := sorted(ours - known):
        raise CopyError(f"The backup is of a newer release: {unknown[-1]} is not known here.")
