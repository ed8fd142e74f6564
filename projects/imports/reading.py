"""The files as entries: each cell in the one form in which it can be compared."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

from django.db.models import BooleanField
from django.utils.translation import gettext as _

from projects.imports.cells import close_flags, defaults, reader
from projects.imports.decoding import decoded
from projects.imports.entries import Entry
from projects.imports.results import File, FileRefused, Refusal, Refused
from projects.imports.splitting import Line, split
from projects.imports.spool import Spool, in_chunks
from projects.imports.tables import TABLES, Table, check_header, find_table

_REMEMBERED = 4_096
"""How many different cells of a column are remembered."""


def read(files: Sequence[File], spool: Spool) -> list[Refusal]:
    """Put the rows of all files into the spool; say why files are refused as a whole."""
    refused = []
    next_number = 1
    for place, file in enumerate(files):
        first = next_number
        try:
            for entries in in_chunks(_entries(file, first)):
                spool.add(entries, place)
                for entry in entries:
                    if entry.table.is_statement and not entry.key and not entry.refusals:
                        _keep_keyless(spool, entry)
                next_number = entries[-1].number + 1
        except FileRefused as error:
            spool.drop(first)
            table = error.table or file.table
            refused.append(Refusal(file.name, table, error.line, error.column, str(error)))
    _refuse_twice(spool)
    return refused


def _entries(file: File, first: int) -> Iterator[Entry]:
    with decoded(file) as text:
        header, lines = split(text)
        table = find_table(file.name, file.table, header.cells)
        try:
            check_header(table, header.cells)
        except FileRefused as error:
            error.table = table.name
            raise
        columns = [_Column(table, name) for name in header.cells]
        for number, line in enumerate(lines, first):
            yield _entry(number, file.name, table, columns, line)


class _Column:
    """A column of a file: how its cells are read, if it is stored."""

    def __init__(self, table: Table, name: str) -> None:
        self.name = name
        self.read: Callable[[str], str] | None = None
        if name in table.columns:
            self.read = lru_cache(_REMEMBERED)(reader(table, name))
            self.is_flag = isinstance(table.field(name), BooleanField)


def _entry(number: int, file: str, table: Table, columns: Sequence[_Column], line: Line) -> Entry:
    """A row; cells that it does not have and empty flags are as if the column were missing."""
    entry = Entry(number, file, table, line.number, {}, {})
    for column, given in zip(columns, line.cells, strict=False):
        if column.read is not None:
            try:
                text = column.read(given)
            except Refused as error:
                entry.refuse(str(error), column.name)
                continue
            if text or not column.is_flag:
                entry.given[column.name] = text
        elif given and not given.isspace():
            entry.checks[column.name] = given.strip()
    if not entry.key and not table.is_statement and not entry.refusals:
        entry.refuse(_("Give a slug: rows are found by it."), table.key)
    return entry


def _keep_keyless(spool: Spool, entry: Entry) -> None:
    values = defaults(entry.table) | entry.given
    close_flags(values)
    spool.database.execute(
        "INSERT INTO keyless VALUES (?, ?, ?, ?, NULL)",
        (entry.number, entry.table.name, values["source"], said(values, entry.table)),
    )


def said(values: dict[str, str], table: Table) -> bytes:
    """What tells two statements without a key apart: all that they say."""
    texts = [values[column] for column in table.columns if column != table.key]
    return blake2b(repr(texts).encode(), digest_size=16).digest()


def _refuse_twice(spool: Spool) -> None:
    for table in TABLES.values():
        twice = spool.ask(
            "SELECT e.number, f.line, f.file FROM entries e JOIN entries f ON f.number = "
            "(SELECT min(number) FROM entries WHERE tab = e.tab AND key = e.key) "
            "WHERE e.tab = ? AND e.key <> '' AND f.number < e.number ORDER BY e.number",
            table.name,
        )
        others = {number: (line, spool.files[file].name) for number, line, file in twice}
        for entry in spool.entries(others):
            line, name = others[entry.number]
            entry.refuse(
                _("“%(key)s” is there already, in row %(line)d of %(file)s.")
                % {"key": entry.key[:150], "line": line, "file": name},
                table.key,
            )
            spool.refuse(entry)
