"""The text of a file as rows of cells, numbered as a spreadsheet numbers them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TextIO

from django.utils.translation import gettext as _

from projects.imports.results import FileRefused

MOST_ROWS = 200_000
LONGEST_CELL = 100_000

_SEPARATORS = ",;\t"
_SAID = re.compile(r"sep=([,;|\t])(?:\r\n|\n|\r)?")
"""The first line by which Excel is told the separator, and which it does not count."""

# One setting for the whole process: what is longer than a cell may be is refused below, by its row.
# A mark that nothing closes makes one cell of the rest of a file, which is not read on for long.
csv.field_size_limit(10 * LONGEST_CELL)


@dataclass(frozen=True)
class Line:
    """A row of a file: its number (the header is 1) and its cells; none at its end are empty ones
    without a header."""

    number: int
    cells: list[str]


def split(text: TextIO) -> tuple[Line, Iterator[Line]]:
    """The header, and the rows below it as they are read; raises FileRefused, also while they are,
    where the file has no such form."""
    lines = _lines(*_separated(text))
    header = next(lines, None)
    if header is None:
        raise FileRefused(_("The file is empty."))
    header = Line(header.number, _without_empty_end([name.strip() for name in header.cells]))
    _check_header(header)
    return header, _rows(lines, header)


def _rows(lines: Iterator[Line], header: Line) -> Iterator[Line]:
    none = True
    for line in lines:
        none = False
        yield _fitted(line, header)
    if none:
        raise FileRefused(_("There is no row below the header."))


def _separated(text: TextIO) -> tuple[Iterator[str], str]:
    """The lines of a text, and what separates their cells."""
    lines = iter(text)
    first = next(lines, "")
    said = _SAID.fullmatch(first)
    if said:
        return lines, said[1]
    skipped = [first]
    while not skipped[-1].strip("\r\n") and (line := next(lines, "")):
        skipped.append(line)
    return chain(skipped, lines), _separator(skipped[-1])


def _separator(line: str) -> str:
    """The separator that the header has most of; a header of one column has none."""
    return max(_SEPARATORS, key=line.count)


def _lines(text: Iterator[str], separator: str) -> Iterator[Line]:
    """The rows that are not blank."""
    reader = csv.reader(text, delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise FileRefused(
                _(
                    "From row %(line)d on, the quotation marks do not match: a cell that begins "
                    "with one ends with one, and marks within it are doubled."
                )
                % {"line": number},
                number,
            ) from None
        if not any(cells):
            continue
        yield Line(number, cells)


def _without_empty_end(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _check_header(header: Line) -> None:
    names = header.cells
    if not names or not all(names):
        raise FileRefused(_("The first row holds the names of the columns; some are empty."), 1)
    for place, name in enumerate(names):
        if name in names[:place]:
            raise FileRefused(
                _("The column “%(column)s” is there twice.") % {"column": name[:100]}, 1, name[:100]
            )


def _fitted(line: Line, header: Line) -> Line:
    """The cells below the header; what is there beside it has to be empty."""
    width = len(header.cells)
    if any(line.cells[width:]):
        raise FileRefused(
            _(
                "Row %(line)d has %(count)d cells, but the header %(width)d: is a text with a "
                "separator or quotation marks not quoted?"
            )
            % {"line": line.number, "count": len(line.cells), "width": width},
            line.number,
        )
    if line.number - header.number > MOST_ROWS:
        raise FileRefused(
            _("The file has more than %(limit)d rows: split it.") % {"limit": MOST_ROWS},
            line.number,
        )
    if len(text := "".join(line.cells)) <= LONGEST_CELL and "\0" not in text:
        return Line(line.number, line.cells[:width])
    for name, cell in zip(header.cells, line.cells, strict=False):
        if "\0" in cell:
            raise FileRefused(_("A NUL character cannot be stored."), line.number, name)
        if len(cell) > LONGEST_CELL:
            raise FileRefused(
                _("A cell is longer than %(limit)d characters.") % {"limit": LONGEST_CELL},
                line.number,
                name,
            )
    return Line(line.number, line.cells[:width])
