"""The rows of the files while they are looked at: on the disk, however many they are."""

import json
import pickle
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from projects.imports.entries import Entry
from projects.imports.results import File
from projects.imports.tables import TABLES, Table

CHUNK = 500
"""How many rows are looked at together, and how many values a database is asked for at once."""

_TABLES = """
CREATE TABLE entries (number INTEGER PRIMARY KEY, tab TEXT, file INT, line INT, key TEXT,
    content BLOB);
CREATE INDEX by_key ON entries (tab, key);
CREATE TABLE keyless (number INTEGER PRIMARY KEY, tab TEXT, source TEXT, said BLOB, stored INT);
CREATE INDEX by_said ON keyless (tab, said);
CREATE TABLE names (tab TEXT, col TEXT, key TEXT, number INT);
CREATE INDEX by_name ON names (tab, col, key);
CREATE TABLE refusals (number INT, col TEXT, message TEXT, early INT);
CREATE INDEX by_number ON refusals (number);
CREATE TABLE outcomes (number INTEGER PRIMARY KEY, new INT, outcome TEXT, changes TEXT);
CREATE TABLE slots (tab TEXT, rule TEXT, slot TEXT, phase INT, number INT, id INT, how INT);
CREATE INDEX by_slot ON slots (tab, rule, slot);
CREATE TABLE parents (tab TEXT, id INT, parent INT, number INT, PRIMARY KEY (tab, id));
CREATE TABLE writes (tab TEXT, phase INT, number INT, id INT, content BLOB,
    PRIMARY KEY (tab, phase, number));
CREATE INDEX by_id ON writes (tab, id);
"""


class Spool:
    """A database of its own, without a name, which is gone with it."""

    def __init__(self, files: list[File]) -> None:
        self.files = files
        # A page that is sent while it is worked out may go on in another thread.
        self.database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self.database.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA cache_size = -16000; {_TABLES}"
        )
        self.database.execute("BEGIN")

    def close(self) -> None:
        """Give its place on the disk back."""
        self.database.close()

    def ask(self, sql: str, *values: Any) -> list[Any]:
        """The rows that a query finds."""
        return self.database.execute(sql, values).fetchall()

    def ask_in(self, sql: str, values: Collection[Any], *before: Any) -> Iterator[Any]:
        """The rows of a query that ends with `IN`, for some values at a time."""
        for some in in_chunks(values):
            places = ", ".join("?" * len(some))
            yield from self.ask(f"{sql} ({places})", *before, *some)

    def add(self, entries: Iterable[Entry], file: int) -> None:
        """Keep entries that were read from the file with this number."""
        rows, names = [], []
        for entry in entries:
            content = pickle.dumps((entry.given, entry.checks), 5)
            table = entry.table
            rows.append((entry.number, table.name, file, entry.line, entry.key, content))
            for column in table.own_references:
                if entry.given.get(column):
                    names.append((table.name, column, entry.given[column], entry.number))
            if entry.refusals:
                self.refuse(entry)
        self.database.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", rows)
        self.database.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", names)

    def drop(self, first: int) -> None:
        """Forget the entries from this number on."""
        for table in ("entries", "keyless", "names", "refusals"):
            self.database.execute(f"DELETE FROM {table} WHERE number >= ?", (first,))  # noqa: S608

    def refuse(self, entry: Entry, early: bool = True) -> None:
        """Keep why an entry is refused; `early` where others that name it are refused with it."""
        self.database.execute("DELETE FROM refusals WHERE number = ?", (entry.number,))
        self.database.executemany(
            "INSERT INTO refusals VALUES (?, ?, ?, ?)",
            [(entry.number, column, message, early) for column, message in entry.refusals],
        )

    def refusals(self, numbers: Collection[int], early: bool = False) -> dict[int, list[Any]]:
        """Why these entries are refused: columns and messages by the number."""
        found: dict[int, list[Any]] = {}
        condition = "early AND number" if early else "number"
        query = f"SELECT number, col, message FROM refusals WHERE {condition} IN"  # noqa: S608
        for number, column, message in self.ask_in(query, numbers):
            found.setdefault(number, []).append((column, message))
        return found

    def count(self) -> int:
        """How many entries there are."""
        return int(self.ask("SELECT count(*) FROM entries")[0][0])

    def last(self) -> int:
        """The highest number of an entry."""
        return int(self.ask("SELECT coalesce(max(number), 0) FROM entries")[0][0])

    def new(self, table: Table) -> list[int]:
        """The numbers of the entries of a table whose rows are to be added."""
        query = "SELECT DISTINCT number FROM writes WHERE tab = ? AND id < 0 ORDER BY number"
        return [number for (number,) in self.ask(query, table.name)]

    def chunks(self, table: Table) -> Iterator[list[Entry]]:
        """The entries of a table in the order of the files, some at a time."""
        last = 0
        while rows := self.ask(
            "SELECT * FROM entries WHERE tab = ? AND number > ? ORDER BY number LIMIT ?",
            *(table.name, last, CHUNK),
        ):
            last = rows[-1][0]
            yield self._read(rows)

    def entries(self, numbers: Collection[int]) -> list[Entry]:
        """The entries with these numbers."""
        return self._read(self.ask_in("SELECT * FROM entries WHERE number IN", numbers))

    def _read(self, rows: Iterable[Any]) -> list[Entry]:
        found = [
            Entry(number, self.files[file].name, TABLES[tab], line, *pickle.loads(content))  # noqa: S301
            for number, tab, file, line, _key, content in rows
        ]
        refused = self.refusals([entry.number for entry in found])
        for entry in found:
            entry.refusals = refused.get(entry.number, [])
        return found

    def numbers(self, table: Table, keys: Collection[str]) -> dict[str, int]:
        """The numbers of the entries with these keys."""
        query = "SELECT key, number FROM entries WHERE tab = ? AND key IN"
        found: dict[str, int] = {}
        for key, number in self.ask_in(query, keys, table.name):
            # Of two with the same key the second is refused.
            found[key] = min(number, found.get(key, number))
        return found

    def naming(self, table: Table, column: str, keys: Collection[str]) -> set[int]:
        """The numbers of the entries whose column names one of these keys of the same table."""
        query = "SELECT number FROM names WHERE tab = ? AND col = ? AND key IN"
        return {number for (number,) in self.ask_in(query, keys, table.name, column)}

    def tell(self, entries: Iterable[Entry]) -> None:
        """Keep what becomes of entries."""
        self.database.executemany(
            "INSERT INTO outcomes VALUES (?, ?, ?, ?)",
            [
                (
                    entry.number,
                    entry.new,
                    entry.outcome,
                    "[]" if entry.refusals else json.dumps(entry.changes, ensure_ascii=False),
                )
                for entry in entries
            ],
        )

    def write(self, table: Table, rows: Iterable[tuple[int, int, int, Any]]) -> None:
        """Keep what is to be written of rows of a table: when (the phase, and the number of the
        entry), the id of the row, the content."""
        self.database.executemany(
            "INSERT INTO writes VALUES (?, ?, ?, ?, ?)",
            [(table.name, *row, pickle.dumps(content, 5)) for *row, content in rows],
        )

    def written(self, table: Table, phase: int) -> Iterator[list[tuple[int, int, Any]]]:
        """What is to be written of a table in a phase: numbers, ids of rows, contents."""
        last = 0
        while rows := self.ask(
            "SELECT number, id, content FROM writes WHERE tab = ? AND phase = ? AND number > ? "
            "ORDER BY number LIMIT ?",
            *(table.name, phase, last, CHUNK),
        ):
            last = rows[-1][0]
            # What was pickled here and never left this process.
            yield [(number, row, pickle.loads(content)) for number, row, content in rows]  # noqa: S301

    def numbers_of(self, table: Table, ids: Collection[int]) -> list[int]:
        """The numbers of the entries that write the rows with these ids."""
        query = "SELECT DISTINCT number FROM writes WHERE tab = ? AND id IN"
        return sorted(number for (number,) in self.ask_in(query, ids, table.name))

    def rows(self, table: Table, ids: Collection[int]) -> dict[int, Any]:
        """What is to be written last of the rows with these ids."""
        query = "SELECT id, content FROM writes WHERE phase > 1 AND tab = ? AND id IN"
        return {
            row: pickle.loads(content)  # noqa: S301
            for row, content in self.ask_in(query, ids, table.name)
        }


def in_chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values, some at a time."""
    left = iter(values)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
