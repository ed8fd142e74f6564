"""The release: a text that is another one where the same data may give another page."""

from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings

FOLDERS = ("cooperation", "projects", "templates", "static")
SETTINGS = (
    "BROWSING",
    "LANGUAGE_CODE",
    "NODE_MODULES",
    "PUBLIC_URL",
    "SILENCE_MONTHS",
    "STORAGES",
    "TIME_ZONE",
)
"""What the settings say that pages show or follow."""


@cache
def release() -> str:
    """The release of this process: its sources, its packages, and what its settings say on pages.

    The sources are read once, when the first process starts; a later change on disk is not running.
    """
    digest = sha256()
    for name in SETTINGS:
        digest.update(f"{name}={getattr(settings, name)!r}\n".encode())
    for line in sorted(f"{one.name}={one.version}\n" for one in distributions()):
        digest.update(line.encode())
    for path in _sources(settings.BASE_DIR):
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()


def _sources(base: Path) -> list[Path]:
    return sorted(
        path
        for folder in FOLDERS
        for path in (base / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    )
