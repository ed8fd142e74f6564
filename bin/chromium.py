"""Where the browser for the tests is."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def find_chromium() -> "str | None":
    """The path of the browser: the variable CHROMIUM, or else the first of the usual names."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
