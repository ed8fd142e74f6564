"""Imports CSV files of the site's tables: all of them or, where anything is refused, nothing."""

import gc
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from projects.imports import File, Report, check, store


class Command(BaseCommand):
    """The same as the import of the admin, for an account of the site."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files, and on whose behalf they are imported."""
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--user", required=True, help="the account that stands in the history")
        parser.add_argument("--publish", action="store_true", help="publish new sources at once")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument("--reason", default="", help="kept in the history of every row")

    def handle(self, *args: Any, **options: Any) -> None:
        """Stores the files and says what was done; fails where anything is refused."""
        # Rows come and go by the thousand and hold no circles: to look for these takes a tenth of
        # the time.
        gc.set_threshold(20_000)
        user = _user(options["user"])
        files = [_file(path) for path in options["files"]]
        if options["dry_run"]:
            report = check(files, user, publish=options["publish"])
        else:
            report = store(files, user, publish=options["publish"], reason=options["reason"])
        self._tell(report)
        if not report.accepted:
            raise CommandError("Nothing was stored.")

    def _tell(self, report: Report) -> None:
        for one in report.refusals:
            place = [one.file, str(one.line or ""), one.column]
            self.stderr.write(": ".join([*filter(None, place), one.message]))
        if report.refused > len(report.refusals):
            self.stderr.write(f"And {report.refused - len(report.refusals)} more.")
        self.stdout.write(
            ", ".join(f"{outcome}: {count}" for outcome, count in report.counts.items())
        )


def _user(name: str) -> Any:
    user = get_user_model()._default_manager.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no account {name!r} that may log in.")
    return user


def _file(path: Path) -> File:
    try:
        path.open("rb").close()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    return File(path.name, partial(_opened, path))


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")
