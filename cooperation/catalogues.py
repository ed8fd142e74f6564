"""Compiles translations without gettext, so that no .mo file has to be committed."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib


def catalogues(locale_paths: Iterable[str | Path]) -> Iterator[Path]:
    """The .po files of the given locale folders."""
    for folder in locale_paths:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def compile_catalogues(locale_paths: Iterable[str | Path]) -> list[Path]:
    """Writes the .mo beside each .po that is newer, and returns those written."""
    return [compile_catalogue(po) for po in catalogues(locale_paths) if is_stale(po)]


def is_stale(po: Path) -> bool:
    """Whether the .mo is missing or older than its .po."""
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def compile_catalogue(po: Path) -> Path:
    """Writes one .mo, in one step, as another process may be reading it."""
    unfinished = po.with_suffix(f".{os.getpid()}.mo")
    polib.pofile(str(po), encoding="utf-8").save_as_mofile(str(unfinished))
    return unfinished.replace(po.with_suffix(".mo"))
