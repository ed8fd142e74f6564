"""How many files are made and sent at once on this host, whatever the number of processes."""

import fcntl
import os
import tempfile
from pathlib import Path

from django.conf import settings

from projects.metrics import EXPORTS_RUNNING


class Full(Exception):
    """As many files as may be are being made or sent."""


class Slot:
    """One of the places for a file that is made and sent, until it is given back.

    A place is a lock on a file, which the system takes back from a process that dies.
    """

    def __init__(self) -> None:
        folder = _folder()
        for number in range(settings.EXPORTS_AT_ONCE):
            self._file = open(folder / str(number), "wb", opener=_open)  # noqa: SIM115  # it is held
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._file.close()
            else:
                EXPORTS_RUNNING.inc()
                return
        raise Full

    def close(self) -> None:
        """Give the place back."""
        if not self._file.closed:
            self._file.close()
            EXPORTS_RUNNING.dec()


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


def _folder() -> Path:
    """A folder of the user's own beside the temporary files, where nobody else can hold a lock."""
    folder = Path(tempfile.gettempdir(), f"cooperation-exports-{os.getuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder
