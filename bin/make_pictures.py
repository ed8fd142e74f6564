"""The pictures of README.md, taken of the running site: `make pictures`.

The site runs as in production, on a throw-away SQLite database with the shipped facts.
"""

import os
import secrets
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import environment
from chromium import find_chromium
from environment import PYTHON, ROOT, SetUpError

PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 80_000
"""How large a picture may be; `take_pictures.py` lowers its quality until it is not."""

MOST_BYTES_TOGETHER = 400_000
PATIENCE = 60
"""How many seconds the site may take to answer."""

GUNICORN = [str(PYTHON), "-m", "gunicorn", "--config", "python:cooperation.serving"]
SETTINGS = {
    "DEBUG": "off",
    "BROWSING": "public",
    "LANGUAGE_CODE": "zh-hans",
    "TIME_ZONE": "Asia/Shanghai",
    "TRUSTED_PROXIES": "0",
    "ALLOWED_HOSTS": "127.0.0.1",
    "PUBLIC_URL": "http://cooperation.example",  # stands in citations, which are in the pictures
}


def main() -> int:
    """Sets up what is missing, then takes every picture."""
    environment.prepare("requirements-dev.txt")
    return make_pictures()


def make_pictures() -> int:
    """Takes every picture; 0 when they are small enough together."""
    chromium = find_chromium()
    if not chromium:
        raise SetUpError(
            "No Chromium was found (on Debian and Ubuntu: apt install chromium fonts-noto-cjk); "
            "CHROMIUM may name one."
        )
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as address:
        command: list[str | Path] = [PYTHON, "bin/take_pictures.py", address, chromium, PICTURES]
        environment.run_openly([*command, str(MOST_BYTES)], "Not every picture could be taken.")
    together = sum(file.stat().st_size for file in PICTURES.iterdir())
    environment.say(f"Together {together // 1000} kB, of at most {MOST_BYTES_TOGETHER // 1000} kB.")
    return int(together > MOST_BYTES_TOGETHER)


@contextmanager
def running_site(folder: Path) -> Iterator[str]:
    """The address of the site on a database in this folder; it is stopped in the end."""
    port = free_port()
    os.environ.update(SETTINGS)
    os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'pictures.sqlite3'}"
    environment.say("Preparing a site with the shipped facts …")
    environment.run([PYTHON, "manage.py", "prepare"], "The site could not be prepared.")
    server = subprocess.Popen(
        [*GUNICORN, "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Waits until the site answers; raises SetUpError where it ends first or takes too long."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5)  # noqa: S310  # an address of our own
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SetUpError("The site did not start; its own words are above.")


if __name__ == "__main__":
    environment.end_with(main)
