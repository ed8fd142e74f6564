"""What changed between two days: the record as of the earlier one beside the record as asked.

What is derived is compared on both days, so that what changed by the mere passing of time shows.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Window

from projects.reports.changes.comparison import LIMIT, Comparison, Section
from projects.reports.changes.numbers import NumberChange, TotalChange, numbers, totals
from projects.reports.changes.sides import judged_targets
from projects.reports.changes.states import (
    ProjectChange,
    StepChange,
    TargetChange,
    state_changes,
    target_changes,
)
from projects.reports.provenance import SourceRow, source_rows, sources


@dataclass(frozen=True)
class Outcome:
    """What is derived on the two days, where it differs."""

    totals: tuple[TotalChange, ...]
    numbers: tuple[NumberChange, ...]
    projects: Section[ProjectChange]
    steps: Section[StepChange]
    targets: Section[TargetChange]

    def __bool__(self) -> bool:
        """Whether the two days differ in any of it."""
        return any((self.totals, self.numbers, self.projects, self.steps, self.targets))


def outcome(compared: Comparison) -> Outcome:
    """What is derived on the two days; for one project without the numbers of everything."""
    then, now = judged_targets(compared)
    lines, left_out = totals(compared)
    counted = numbers(compared, then, now) if compared.project is None else ()
    projects, steps = state_changes(compared)
    return Outcome(
        totals=lines,
        numbers=(*counted, *left_out),
        projects=projects,
        steps=steps,
        targets=target_changes(compared, then, now),
    )


def new_publications(compared: Comparison) -> Section[SourceRow]:
    """The publications of the scope that came out after the earlier day; two queries."""
    rows = sources(compared.now, compared.scope).filter(published_latest__gt=compared.since)
    counted: Any = rows.defer("full_text").annotate(all_of_them=Window(Count("*")))
    found = list(counted[:LIMIT])
    more = found[0].all_of_them - len(found) if found else 0
    return Section(tuple(source_rows(found)), more)
