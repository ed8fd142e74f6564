"""Stores a made-up portfolio of any size, for measuring."""

from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from projects.models import Source
from projects.synthetic import Portfolio, first_ids, write


class Command(BaseCommand):
    """Rows that are the same for the same seed, marked as synthetic, without history."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--projects", type=int, required=True, help="how many projects")
        parser.add_argument("--seed", type=int, default=0, help="another seed, other rows")

    def handle(self, *args: Any, **options: Any) -> None:
        """Stores them behind what is there; refuses a seed that is there already."""
        if not 1 <= options["projects"] <= 1_000_000:
            raise CommandError("--projects takes a number from 1 to 1000000.")
        portfolio = Portfolio(options["projects"], options["seed"], first_ids())
        if Source.objects.filter(slug=f"{portfolio.prefix}-source-0").exists():
            raise CommandError("A portfolio of this seed is stored already: take another --seed.")
        start = perf_counter()
        count = write(portfolio)
        rate = round(count / (perf_counter() - start))
        self.stdout.write(f"{count} rows stored, {rate} a second.")
