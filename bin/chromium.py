"""Where the browser for tests and pictures is, and how it is started."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""What keeps the browser from asking the network for anything of its own."""


def find_chromium() -> "str | None":
    """The path of the browser: the variable CHROMIUM, or else the first of the usual names."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def flags() -> "list[str]":
    """What it is started with. Its sandbox does not start for root, who runs in a container."""
    return [*(["--no-sandbox"] if os.geteuid() == 0 else []), *QUIET]
