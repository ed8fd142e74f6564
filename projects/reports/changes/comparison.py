"""Two days side by side: who compares what, and the rows in which the days differ."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, QuerySet, Value

from projects.models import Project
from projects.values.readers import Reader
from projects.values.scopes import Scope

Row = TypeVar("Row")
Fact = TypeVar("Fact")

LIMIT = 40
"""So many rows of one kind of change are shown; the others are counted."""


@dataclass(frozen=True)
class Comparison:
    """The reader as of an earlier day, the reader as asked, and what they look at.

    With a `project` it is that project alone.
    """

    then: Reader
    now: Reader
    scope: Scope
    project: Project | None = None

    @property
    def since(self) -> date:
        """The earlier day."""
        return self.then.day

    def both(self, ask: Callable[[Reader], QuerySet[Any]], *columns: str) -> QuerySet[Any]:
        """What is asked for each of the two readers, in one query.

        `later` tells what the reader as asked sees; with columns it is the first of them.
        """
        then, now = (self._side(ask(reader), reader, columns) for reader in (self.then, self.now))
        rows: QuerySet[Any] = then.union(now, all=True)
        return rows

    def _side(self, rows: QuerySet[Any], reader: Reader, columns: Sequence[str]) -> QuerySet[Any]:
        later = Value(reader is self.now, output_field=BooleanField())
        side: QuerySet[Any] = rows.order_by().annotate(later=later)
        return side.values_list("later", *columns) if columns else side


def comparison(
    reader: Reader, since: date, scope: Scope, project: Project | None = None
) -> Comparison:
    """The reader's day beside an earlier one, with the same statements preferred."""
    return Comparison(Reader(reader.today, since, reader.prefer), reader, scope, project)


@dataclass(frozen=True)
class Section(Generic[Row]):
    """Rows of one kind of change, as many as are shown, and how many more there are."""

    rows: tuple[Row, ...]
    more: int = 0

    def __len__(self) -> int:
        return len(self.rows) + self.more


def first_of(found: Sequence[Row]) -> tuple[Sequence[Row], int]:
    """As many as are shown, and how many more there are."""
    return found[:LIMIT], max(0, len(found) - LIMIT)


def differing(
    then: Mapping[int, Fact], now: Mapping[int, Fact], same: Callable[[Fact, Fact], bool]
) -> list[tuple[int, Fact | None, Fact | None]]:
    """The keys that differ in what is compared, old beside new; what went comes last."""

    def differs(key: int) -> bool:
        return not (key in then and key in now and same(then[key], now[key]))

    keys = [*now, *(key for key in then if key not in now)]
    return [(key, then.get(key), now.get(key)) for key in keys if differs(key)]
