"""One run: what it measures, and with what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.databases import Database, Databases
from benchmarks.sizes import Size
from benchmarks.table import Row


@dataclass(frozen=True)
class Run:
    """The size and the databases that all measurements share."""

    size: Size
    databases: Databases

    @property
    def large(self) -> Database:
        """The site whose speed is measured, on PostgreSQL."""
        return self.databases.postgresql(self.size.projects)

    @property
    def counted(self) -> Database:
        """The site whose queries are counted."""
        return self.databases.postgresql(self.size.counted)

    @property
    def walked(self) -> Database:
        """A small site of the same kind of rows."""
        return self.databases.postgresql(self.size.walked)


Concern = Callable[[Run], Iterator[Row]]
"""What measures one thing: the rows of the table, as they are measured."""
