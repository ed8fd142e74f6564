"""Files that are there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from tempfile import mkstemp


@contextmanager
def temporary_file(beside: Path) -> Iterator[Path]:
    """An empty file in the same folder that only its owner may read, for a while."""
    descriptor, name = mkstemp(dir=beside.parent, prefix=f".{beside.name}.")
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A file that becomes `path` once all of it is written, and on the disk."""
    with temporary_file(path) as unfinished:
        yield unfinished
        _sync(unfinished)
        unfinished.rename(path)
    _sync(path.parent)


def digest(path: Path) -> str:
    """The SHA-256 of what a file holds."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
