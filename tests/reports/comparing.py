"""Two days side by side, with all parts that pages ask one by one."""

from dataclasses import dataclass

from projects.reports.changes import Outcome, new_publications, outcome
from projects.reports.changes.comparison import Comparison, Section
from projects.reports.changes.statements import StatementChanges, statement_changes
from projects.reports.provenance import SourceRow


@dataclass(frozen=True)
class Changes:
    """All in which two days differ."""

    outcome: Outcome
    statements: StatementChanges
    publications: Section[SourceRow]

    def __bool__(self) -> bool:
        return any((self.outcome, self.statements, self.publications))


def changes(compared: Comparison) -> Changes:
    """What is judged otherwise, stated and published between two days."""
    return Changes(outcome(compared), statement_changes(compared), new_publications(compared))
