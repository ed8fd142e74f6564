"""Serves chosen files of packages, and stores static files under names that hold their hash."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class VendorStorage(FileSystemStorage):
    """One package's folder; collectstatic puts its files below `prefix`.

    The folder is in node_modules, unless VENDOR_FOLDERS names another one.
    """

    def __init__(self, package: str) -> None:
        folder = settings.VENDOR_FOLDERS.get(package, settings.NODE_MODULES / package)
        super().__init__(location=folder)
        self.prefix = f"vendor/{package}"


class VendorFinder(BaseFinder):
    """Finds vendor/<package>/<file> in its package, for the files that VENDOR_FILES names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storages: dict[str, VendorStorage] = {}
        for package in settings.VENDOR_FILES:
            self.storages[package] = VendorStorage(package)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """One error that names the packages whose files are not there."""
        missing = [
            package
            for package, files in settings.VENDOR_FILES.items()
            if not all(self.storages[package].exists(file) for file in files)
        ]
        if not missing:
            return []
        return [
            Error(
                f"Files of these packages are missing: {', '.join(missing)}.",
                hint="Run npm ci in the project's folder, or start by make run.",
                id="cooperation.E001",
            )
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file's path on disk, in a list where all are asked for; empty if not served."""
        for file, storage in self.list(None):
            if path == f"{storage.prefix}/{file}":
                found = storage.path(file)
                return [found] if find_all else found
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, VendorStorage]]:
        """Every served file, with the storage that holds it."""
        for package, files in settings.VENDOR_FILES.items():
            for file in files:
                yield file, self.storages[package]


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; source maps, which are not served, are not looked for."""

    patterns = tuple(
        (
            extension,
            tuple(
                pattern
                for pattern in patterns
                if "sourceMappingURL" not in (pattern if isinstance(pattern, str) else pattern[0])
            ),
        )
        for extension, patterns in CompressedManifestStaticFilesStorage.patterns
    )
