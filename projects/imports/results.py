"""What comes in, and what was found or done: files, rows, changes, refusals, the report."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace

ADDED, CHANGED, SAME, REFUSED = OUTCOMES = ("added", "changed", "same", "refused")


@dataclass(frozen=True)
class File:
    """An uploaded file; `table` is empty where it is to be found by the name or the header."""

    name: str
    content: bytes = field(repr=False)
    table: str = ""


@dataclass(frozen=True)
class Change:
    """A cell before and after, as the export writes them."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Row:
    """What becomes of a row of a file; `key` is empty for a statement that gives none."""

    file: str
    table: str
    line: int
    key: str
    outcome: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """Why something is refused: the message is in the language that was active.

    `line` counts as a spreadsheet does (the header is 1), 0 where it is about the whole file;
    `column` is empty where it is about the whole row.
    """

    file: str
    table: str
    line: int
    column: str
    message: str


@dataclass(frozen=True)
class Report:
    """The outcome of a dry run or of an import.

    `accepted`: nothing was refused. `stored`: the database now says what the files say. `digest`
    changes with anything that would be done.
    """

    rows: list[Row]
    refusals: list[Refusal]
    publish: bool = False
    stored: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """How many rows had each outcome."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    @property
    def accepted(self) -> bool:
        """Whether nothing was refused."""
        return not self.refusals

    @property
    def digest(self) -> str:
        """A short text that differs where anything that would be done differs."""
        refused = [(one.file, one.line, one.column) for one in self.refusals]
        done = repr((self.publish, self.rows, refused))
        return hashlib.sha256(done.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def as_stored(self) -> "Report":
        """The same report of an import that was stored."""
        return replace(self, stored=True)

    def refused_because(self, message: str) -> "Report":
        """The same report, refused as a whole."""
        refusals = [Refusal("", "", 0, "", message), *self.refusals]
        return replace(self, refusals=refusals, stored=False)


class Refused(Exception):
    """Something is refused; its text is the message."""


class FileRefused(Exception):
    """A whole file is refused, at a line and column where there is one."""

    table = ""
    """Its table, once that is known."""

    def __init__(self, message: str, line: int = 0, column: str = "") -> None:
        super().__init__(message)
        self.line, self.column = line, column
