"""The text of a file as rows of cells, numbered as a spreadsheet numbers them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from django.utils.translation import gettext as _

from projects.imports.decoding import LARGEST_FILE
from projects.imports.results import FileRefused

MOST_ROWS = 10_000
LONGEST_CELL = 100_000

_SEPARATORS = ",;\t"
_SAID = re.compile(r"sep=(.)\r?\n|sep=(.)\r")
"""The first line by which Excel is told the separator, and which it does not count."""

# One setting for the whole process: what is longer than a cell may be is refused below, by its row.
csv.field_size_limit(2 * LARGEST_FILE)


@dataclass(frozen=True)
class Line:
    """A row of a file: its number (the header is 1) and its cells; none at its end are empty ones
    without a header."""

    number: int
    cells: list[str]


def split(text: str) -> tuple[Line, list[Line]]:
    """The header and the rows below it; raises FileRefused where the file has no such form."""
    said = _SAID.match(text)
    if said:
        text = text[said.end() :]
    separator = (said[1] or said[2]) if said else _separator(text)
    lines = _lines(text, separator)
    header = next(lines, None)
    if header is None:
        raise FileRefused(_("The file is empty."))
    header = Line(header.number, _without_empty_end([name.strip() for name in header.cells]))
    _check_header(header)
    rows = [_fitted(line, header) for line in lines]
    if not rows:
        raise FileRefused(_("There is no row below the header."))
    return header, rows


def _separator(text: str) -> str:
    """The separator that the header has most of; a header of one column has none."""
    first = re.split("[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    return max(_SEPARATORS, key=first.count)


def _lines(text: str, separator: str) -> Iterator[Line]:
    """The rows that are not blank."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
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
