"""How many rows there are: counted up to a bound, beyond it as many as the planner expects."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.utils.translation import gettext as _

BOUND = 10_000
"""So many rows are counted on a request; beyond it a count would cost more than the page."""


@dataclass(frozen=True)
class Count:
    """How many rows there are: exactly, about so many, or more than that."""

    number: int
    exact: bool = True
    expected: bool = False
    """Whether a number that is not exact is what the planner expects, not a bound."""

    def words(self, rows: Any) -> str:
        """This number of what `rows` counts (a text with `count`), with *about* where it is so."""
        words: str = rows % {"count": self.number}
        if self.exact:
            return words
        said = _("about %(rows)s") if self.expected else _("more than %(rows)s")
        return said % {"rows": words}


def count_rows(rows: QuerySet[Any]) -> Count:
    """Count rows; one query, which ends at the bound."""
    first = rows.select_related(None).order_by().values("pk")[: BOUND + 1]
    if connections[rows.db].vendor == "postgresql":
        return _counted_and_planned(first)
    number = first.count()
    return Count(number) if number <= BOUND else Count(BOUND, exact=False)


def _counted_and_planned(first: QuerySet[Any]) -> Count:
    """Run the rows up to the bound under EXPLAIN, which also tells what all would come to."""
    explained = first.explain(format="json", analyze=True, timing=False, summary=False)
    if not explained:  # where Django knows without asking that there is none
        return Count(0)
    limit = json.loads(explained)[0]["Plan"]
    if limit["Actual Rows"] <= BOUND:
        return Count(int(limit["Actual Rows"]))
    expected = limit["Plans"][0]["Plan Rows"]
    if expected <= BOUND:
        return Count(BOUND, exact=False)
    return Count(_rounded(expected), exact=False, expected=True)


def _rounded(number: float) -> int:
    """To two digits: the planner knows no better."""
    return int(float(f"{number:.1e}"))
