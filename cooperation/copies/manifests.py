"""What is written beside each backup: what it is, and the fingerprint that it has to give again."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cooperation.copies import CopyError
from cooperation.copies.cells import Kind
from cooperation.copies.fingerprints import Fingerprint
from cooperation.copies.tables import Column, Table

FORM = "cooperation backup 1"


@dataclass(frozen=True)
class Manifest:
    """Of which database a backup is, when it was made, the digest of its file, what is in it."""

    database: str
    made: str
    sha256: str
    migrations: list[str]
    fingerprints: list[Fingerprint]

    def write(self, path: Path) -> None:
        """As JSON."""
        path.write_text(json.dumps({"form": FORM} | asdict(self), indent=1), encoding="utf-8")


def manifest_of(backup: Path) -> Path:
    """Where the manifest of a backup is."""
    return backup.with_name(f"{backup.name}.json")


def read(path: Path) -> Manifest:
    """What was written; the tables and columns are those of the release that wrote it."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content.pop("form") != FORM:
            raise ValueError
        found = [_fingerprint(one) for one in content.pop("fingerprints")]
        return Manifest(**content, fingerprints=found)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CopyError(
            f"{path} is not what backup of this or an earlier release wrote."
        ) from error


def _fingerprint(content: dict[str, Any]) -> Fingerprint:
    table = content["table"]
    columns = tuple(
        Column(one["name"], Kind(one["kind"]), one["places"]) for one in table["columns"]
    )
    return Fingerprint(
        Table(table["name"], table["key"], columns), content["rows"], content["hash"]
    )
