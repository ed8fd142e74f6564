"""What changed between two days: the record as of the earlier one beside the record as asked.

What is derived is compared on both days, so that what changed by the mere passing of time shows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, Window

from projects.reports.changes.comparison import LIMIT, Comparison, Section
from projects.reports.changes.numbers import NumberChange, TotalChange, numbers, totals
from projects.reports.changes.sides import judged_targets
from projects.reports.changes.statements import StatementChanges, statement_changes
from projects.reports.changes.states import (
    ProjectChange,
    StepChange,
    TargetChange,
    state_changes,
    target_changes,
)
from projects.reports.provenance import SourceRow, source_rows, sources

Keeping = Callable[[str, Callable[[], Any]], Any]
"""Makes a part of what changed, by its name, or gives it as it was made before."""


def keeping_nothing(_name: str, make: Callable[[], Any]) -> Any:
    """Makes each part where it is asked."""
    return make()


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


@dataclass(frozen=True)
class Changes:
    """All in which two days differ: what is derived, what is stated, what was published."""

    outcome: Outcome
    statements: StatementChanges
    publications: Section[SourceRow]

    def __bool__(self) -> bool:
        """Whether the two days differ at all."""
        return any((self.outcome, self.statements, self.publications))


def changes(compared: Comparison, kept: Keeping = keeping_nothing) -> Changes:
    """Two days of a scope side by side; the same number of queries however much differs."""
    return Changes(
        outcome=kept("outcome", partial(outcome, compared)),
        statements=kept("changed statements", partial(statement_changes, compared)),
        publications=kept("new publications", partial(new_publications, compared)),
    )


def project_changes(compared: Comparison) -> Changes:
    """Two days of one project: its statements say where they were published."""
    return Changes(outcome(compared), statement_changes(compared), Section(()))


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
