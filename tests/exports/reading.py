"""Reading a file as the one who downloaded it does."""

import csv
from datetime import date
from io import BytesIO, StringIO

from projects.exports import EXPORTS, table, write
from projects.parameters import Parameters
from projects.values.readers import Reader
from projects.values.scopes import Scope

TODAY = date(2026, 1, 31)


def asked(as_of=None, prefer=(), group=None, places=None, direct=False):
    """What a page was asked; `group` and `places` are ids."""
    return Parameters(
        reader=Reader(TODAY, as_of, frozenset(prefer)),
        scope=Scope(group and frozenset(group), places and frozenset(places)),
        direct=direct,
    )


def content(name, parameters=None, rows=None):
    """The bytes of a file: of the whole table, or of these rows."""
    parameters = parameters or asked()
    if rows is None:
        rows = table(name, parameters)
    file = BytesIO()
    write(EXPORTS[name], rows, parameters, file)
    return file.getvalue()


def lines(name, parameters=None, rows=None):
    """The lines of a file as dictionaries."""
    text = content(name, parameters, rows).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def by(column, found):
    """The lines by the value of one column."""
    return {line[column]: line for line in found}


def picked(line, *columns):
    """Some cells of a line."""
    return tuple(line[column] for column in columns)
