"""Writes on demand, through the door that the admin takes."""

import sys

from projects.models import Investment


def write() -> dict[str, int]:
    """Adds a yuan to another counted amount for each line that is read, until there is none."""
    amounts = Investment.objects.filter(restates=None, source__draft=False, part_of=None)
    ids = iter(list(amounts.exclude(amount_low=None).exclude(amount_high=None)[:1_000].values_list("pk", flat=True)))
    count = 0
    for _line in sys.stdin:
        investment = Investment.objects.get(pk=next(ids))
        investment.amount_low += 1
        investment.amount_high += 1
        investment.save()
        print("written", flush=True)
        count += 1
    return {"written": count}
