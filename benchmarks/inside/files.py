"""The files of all tables, as the import takes them."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

from django.test import Client

from projects.imports import MOST_ROWS, TABLES


def files(folder: str) -> dict[str, int]:
    """Writes the stored columns of every table; gives the rows of each file by its path."""
    client = Client(SERVER_NAME="127.0.0.1")
    return dict(one for name in TABLES for one in _files(client, name, Path(folder)))


def _files(client: Client, name: str, folder: Path) -> Iterator[tuple[str, int]]:
    """The files of one table, each no longer than the import allows."""
    response: Any = client.get(f"/{name}.csv")
    if response.status_code != 200:
        raise RuntimeError(f"/{name}.csv answers {response.status_code}")
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = csv.DictReader(StringIO(content, newline=""))
    number = 1
    while part := list(islice(rows, MOST_ROWS)):
        path = folder / f"{name} ({number}).csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, TABLES[name].stored, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(part)
        yield str(path), len(part)
        number += 1
