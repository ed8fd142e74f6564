"""The table of a run: what was measured, its figure, its mark, and whether it is met."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

HEADER = ("what", "figure", "mark", "met", "beside")
DIGITS = {"×": 2, "%": 0, "ms": 1, "s": 2, "MB": 1}


class Unmeasured(Exception):
    """Something cannot be measured here; the message says why."""


@dataclass(frozen=True)
class Mark:
    """The bound that a figure has to keep."""

    kind: Literal["at most", "at least", "exactly"]
    bound: float
    unit: str

    def met_by(self, figure: float) -> bool:
        """Whether a figure keeps it; infinity and what is no number keep none but `at least`."""
        if math.isnan(figure):
            return False
        return {
            "at most": figure <= self.bound,
            "at least": figure >= self.bound,
            "exactly": figure == self.bound,
        }[self.kind]

    def __str__(self) -> str:
        return f"{self.kind} {written(self.bound, self.unit)}"


@dataclass(frozen=True)
class Row:
    """One line of the table; without a figure it says why there is none.

    A row with neither mark nor `failed` is there for orientation.
    """

    what: str
    figure: float | None
    unit: str
    mark: Mark | None = None
    beside: str = ""
    failed: bool = False
    """The measurement itself broke, which counts like a mark that is missed."""

    @property
    def missed(self) -> bool:
        """Whether it speaks against the site."""
        if self.figure is None or self.mark is None:
            return self.failed
        return not self.mark.met_by(self.figure)

    @property
    def verdict(self) -> str:
        """The word of the column `met`."""
        if self.failed:
            return "failed"
        if self.figure is None:
            return "not measured"
        if self.mark is None:
            return ""
        return "no" if self.missed else "yes"


def marked(what: str, figure: float, mark: Mark, beside: str = "") -> Row:
    """A row with a mark, whose figure is in the mark's unit."""
    return Row(what, figure, mark.unit, mark, beside)


def unmeasured(what: str, why: object) -> Row:
    """A row that could not be measured."""
    return Row(what, None, "", beside=str(why))


def broken(what: str, why: object) -> Row:
    """A row whose measurement broke."""
    return Row(what, None, "", beside=str(why), failed=True)


def written(figure: float, unit: str) -> str:
    """A figure with its unit, with as many digits as say something."""
    if math.isinf(figure):
        return "no answer"
    text = f"{figure:,.{DIGITS.get(unit, 0)}f}".replace(",", " ")
    return f"{text} {unit}".strip()


def exit_code(rows: Iterable[Row]) -> int:
    """1 where a mark is missed or a measurement broke."""
    return int(any(row.missed for row in rows))


def table(rows: Sequence[Row]) -> str:
    """The rows as a table that can be read as it is and pasted as Markdown."""
    lines = [HEADER, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER) - 1)]
    ruler = tuple("-" * width for width in (*widths, 3))
    return "\n".join(_line(line, widths) for line in (lines[0], ruler, *lines[1:]))


def summary(rows: Sequence[Row]) -> str:
    """How many marks are met, and how many could not be looked at."""
    words = [row.verdict for row in rows]
    return (
        f"Marks met: {words.count('yes')}, missed: {words.count('no')}, "
        f"failed: {words.count('failed')}, not measured: {words.count('not measured')}."
    )


def _cells(row: Row) -> tuple[str, ...]:
    figure = "-" if row.figure is None else written(row.figure, row.unit)
    return (row.what, figure, str(row.mark or ""), row.verdict, row.beside.replace("|", "/"))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell.ljust(width) for cell, width in zip(cells[:-1], widths, strict=True)]
    return "| " + " | ".join([*padded, cells[-1]]) + " |"
