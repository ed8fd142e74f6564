"""Stores the database of a release, from which later ones have to upgrade.

Run in a checkout of the release, once with a new DATABASE_URL of each database:

    SECRET_KEY=x DATABASE_URL=sqlite:////tmp/old.sqlite3 python /…/tests/upgrades/store.py FOLDER

FOLDER, named by the day of the release, gets the shipped facts and what an editor entered and
changed, as SQL, and all tables as they are given out as of a day.
"""

# ruff: noqa: PLC0415  # the settings of the release come before its code

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

DAY = "2025-12-31"


def main(folder: Path) -> None:
    sys.path.insert(0, os.getcwd())
    os.environ["DJANGO_SETTINGS_MODULE"] = "cooperation.settings"
    subprocess.run([sys.executable, "manage.py", "prepare"], check=True)
    import django

    django.setup()
    from django.db import connection

    enter()
    folder.mkdir(parents=True, exist_ok=True)
    pack(folder / f"{connection.vendor}.sql.gz", as_sql(connection))
    pack(folder / "tables.json.gz", json.dumps(tables(), ensure_ascii=False, indent=0))


def enter() -> None:
    """What an editor entered and changed, with its history."""
    from django.contrib.auth.models import User

    from projects.models import Investment, Project, Source

    editor = User.objects.create_user("editor", password="a long password")
    source = Source.objects.create(
        slug="draft", title="草稿", published="2026-01-05", draft=True, full_text="投资3亿元。"
    )
    project = Project.objects.order_by("pk").first()
    investment = Investment(project=project, source=source, as_written="3亿元")
    investment.amount_low = investment.amount_high = 300_000_000
    investment._history_user = editor
    investment.save()
    investment.note = "改过。"
    investment.save()


def as_sql(connection) -> str:
    """The whole database as SQL."""
    connection.close()
    if connection.vendor == "sqlite":
        import sqlite3

        with sqlite3.connect(connection.settings_dict["NAME"]) as file:
            return "\n".join(file.iterdump())
    dumped = subprocess.run(
        ["pg_dump", "--no-owner", "--no-privileges", os.environ["DATABASE_URL"]],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return dumped.stdout


def tables() -> dict[str, str]:
    """Every table as CSV, by name."""
    from django.test import Client

    from projects.urls import EXPORTED_ONLY, TABLES

    client = Client(SERVER_NAME="127.0.0.1")
    return {
        name: b"".join(
            client.get(f"/{name}.csv", {"as_of": DAY, "lang": "en"}).streaming_content
        ).decode("utf-8-sig")
        for name in [*TABLES, *EXPORTED_ONLY]
    }


def pack(file: Path, text: str) -> None:
    """Writes a text that is the same again where nothing changed."""
    file.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
