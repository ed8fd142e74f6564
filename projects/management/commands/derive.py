"""Derives anew what is stored of it, or proves that it is right."""

from argparse import ArgumentParser
from itertools import islice
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.models import derive_everything
from projects.reports.proving import days_of_change, differences

SHOWN = 20


class Command(BaseCommand):
    """Every write derives what follows from it; this is for a database that was written past it."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="compare with the definition, and store nothing"
        )
        parser.add_argument(
            "--all", action="store_true", help="check every row on every day, not a sample"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how long it took; ends with 1 where anything differs."""
        start = perf_counter()
        if options["check"]:
            self.check_stored(everything=options["all"])
            self.stdout.write("What is stored is what is defined.")
        else:
            derive_everything()
            self.stdout.write(f"Derived in {perf_counter() - start:.1f} s.")

    def check_stored(self, *, everything: bool) -> None:
        """Shows the first differences."""
        days = days_of_change(everything=everything)
        found = differences(timezone.localdate(), days, everything=everything)
        shown = list(islice(found, SHOWN))
        for difference in shown:
            self.stdout.write(str(difference))
        if shown:
            raise CommandError("What is stored is not what is defined: run derive.")
