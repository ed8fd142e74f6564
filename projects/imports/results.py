"""What comes in, and what was found or done: files, rows, changes, refusals, the report."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import BinaryIO

ADDED, CHANGED, SAME, REFUSED = OUTCOMES = ("added", "changed", "same", "refused")

MOST_ROWS_KEPT = 500
"""How many rows of one outcome in one table a report names."""
MOST_REFUSALS_KEPT = 1_000


@dataclass(frozen=True)
class File:
    """A file: its bytes, or what opens it where it is long.

    `table` is empty where it is to be found by the name or the header.
    """

    name: str
    content: bytes | Callable[[], BinaryIO] = field(repr=False)
    table: str = ""

    def opened(self) -> BinaryIO:
        """Its bytes from the beginning, to be closed by the caller."""
        return BytesIO(self.content) if isinstance(self.content, bytes) else self.content()


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

    `rows` and `refusals` are the first ones, `tally` counts all rows by outcome and table and
    `refused` all refusals. `stored`: the database now says what the files say. `swaps`: another
    statement stands afterwards. `digest` is a short text that differs where anything that would be
    done differs.
    """

    rows: list[Row]
    refusals: list[Refusal]
    tally: Counter[tuple[str, str]]
    refused: int
    digest: str
    swaps: bool = False
    stored: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """How many rows had each outcome."""
        return {
            outcome: sum(count for (one, _table), count in self.tally.items() if one == outcome)
            for outcome in OUTCOMES
        }

    @property
    def accepted(self) -> bool:
        """Whether nothing was refused."""
        return not self.refused

    def as_stored(self) -> "Report":
        """The same report of an import that was stored."""
        return replace(self, stored=True)

    def refused_because(self, *refusals: Refusal) -> "Report":
        """The same report, refused for what was found only when it was to be stored."""
        return replace(
            self,
            refusals=[*refusals, *self.refusals],
            refused=self.refused + len(refusals),
            stored=False,
        )


def of_all(message: str) -> Refusal:
    """The refusal of all files together."""
    return Refusal("", "", 0, "", message)


class Refused(Exception):
    """Something is refused; its text is the message."""


class FileRefused(Exception):
    """A whole file is refused, at a line and column where there is one."""

    table = ""
    """Its table, once that is known."""

    def __init__(self, message: str, line: int = 0, column: str = "") -> None:
        super().__init__(message)
        self.line, self.column = line, column
