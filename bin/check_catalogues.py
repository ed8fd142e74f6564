"""Proves that every text has a finished translation; runs in .venv, where polib is.

The catalogue's own gaps are always found. Whether it holds every text of the code needs gettext's
xgettext; without it that part is skipped, unless CI=true.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

from environment import PYTHON, ROOT

CATALOGUE = Path("projects/locale/zh_Hans/LC_MESSAGES/django.po")
SEARCHED = ("manage.py", "cooperation", "projects", "templates")
CHINESE = range(0x2E80, 0x10000)  # from CJK radicals on, with the full-width forms


def is_chinese(text: str) -> bool:
    """Whether a text is more Chinese than English; an English one may quote Chinese words."""
    chinese = sum(ord(character) in CHINESE for character in text)
    return chinese > sum(character.isascii() and character.isalpha() for character in text)


def gaps(catalogue: polib.POFile) -> Iterator[str]:
    """What is missing in a catalogue, one line each."""
    for entry in catalogue:
        if entry.obsolete:
            yield f"obsolete: {entry.msgid}"
        elif entry.fuzzy:
            yield f"fuzzy: {entry.msgid}"
        elif not entry.translated():
            yield f"not translated: {entry.msgid}"
        if is_chinese(entry.msgid + entry.msgid_plural):
            yield f"not English: {entry.msgid}"


def differences(catalogue: polib.POFile, extracted: polib.POFile) -> Iterator[str]:
    """The texts that stand in only one of the catalogue and the code."""
    known, used = texts(catalogue), texts(extracted)
    yield from (f"in the code, not in the catalogue: {text}" for _context, text in used - known)
    yield from (f"in the catalogue, not in the code: {text}" for _context, text in known - used)


def texts(catalogue: polib.POFile) -> set[tuple[str, str]]:
    """Context and text of every entry in use."""
    return {(entry.msgctxt or "", entry.msgid) for entry in catalogue if not entry.obsolete}


def extract() -> polib.POFile:
    """The catalogue that makemessages writes for a copy of the code, so that ours is left alone."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SEARCHED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy / name)
            else:
                shutil.copy(ROOT / name, copy / name)
        command = [str(PYTHON), "manage.py", "makemessages", "--locale", "zh_Hans", "--no-obsolete"]
        subprocess.run(command, cwd=copy, check=True, stdout=subprocess.DEVNULL)
        return polib.pofile(str(copy / CATALOGUE))


def main() -> int:
    """Prints every gap; 0 when there is none."""
    if not (ROOT / CATALOGUE).is_file():
        print(f"There is no {CATALOGUE}.")
        return 1
    catalogue = polib.pofile(str(ROOT / CATALOGUE))
    found = list(gaps(catalogue))
    if shutil.which("xgettext"):
        found += sorted(differences(catalogue, extract()))
    elif os.environ.get("CI") == "true":
        found.append("xgettext is not installed (on Debian and Ubuntu: apt install gettext).")
    else:
        print("Skipped: xgettext is not installed, so texts missing here altogether are not found.")
    print("\n".join(found) or f"{len(catalogue)} texts, all of them translated.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
