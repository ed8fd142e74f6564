"""One page of a table, however many there are: its keys by the order alone, then those rows."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from projects.views.counting import Count, count_rows

NONE = Count(0)


class PageOfRows(Page):
    """The rows of one page; whether another follows was seen, not counted."""

    paginator: "RowsPaginator"

    def __init__(
        self, rows: list[Any], number: int, paginator: "RowsPaginator", more: bool
    ) -> None:
        super().__init__(rows, number, paginator)
        self.more = more

    def has_next(self) -> bool:
        return self.more

    def next_page_number(self) -> int:
        return self.number + 1

    def previous_page_number(self) -> int:
        return self.number - 1

    def end_index(self) -> int:
        return self.start_index() + len(self) - 1

    @property
    def last(self) -> int:
        """The number of the last page, as far as the rows are counted."""
        return max(self.number + self.more, self.paginator.num_pages)


class RowsPaginator(Paginator):
    """Pages of a queryset that has a whole order, or of its parts that follow each other."""

    def __init__(
        self,
        rows: QuerySet[Any],
        per_page: int,
        parts: Sequence[QuerySet[Any]] = (),
        unfiltered: QuerySet[Any] | None = None,
        count: Callable[[QuerySet[Any]], Count] = count_rows,
    ) -> None:
        super().__init__(rows, per_page)
        self.rows = rows
        self.parts = parts or [rows]
        self.unfiltered = rows if unfiltered is None else unfiltered
        self._count = count

    @cached_property
    def counted(self) -> Count:
        """How many rows there are; one query."""
        return self._count(self.rows)

    @property
    def count(self) -> int:
        return self.counted.number

    @property
    def num_pages(self) -> int:
        """How many pages there are, as far as the rows are counted."""
        return max(1, -(-self.count // self.per_page))

    def page(self, number: int | str) -> PageOfRows:
        """The rows of a page, none where it lies behind the last one; two queries.

        The first reads nothing but keys in their order, which an index may answer; what the cells
        need is derived for these rows alone.
        """
        place = int(number)
        if self.counted == NONE:  # to find none again, every row would be read again
            return PageOfRows([], place, self, more=False)
        ids = self._keys((place - 1) * self.per_page, self.per_page + 1)
        shown = ids[: self.per_page]
        found = {row.pk: row for row in self.unfiltered.order_by().filter(pk__in=shown)}
        # What was deleted between the two queries is left out.
        rows = [found[pk] for pk in shown if pk in found]
        return PageOfRows(rows, place, self, more=len(ids) > self.per_page)

    def _keys(self, start: int, length: int) -> list[Any]:
        """So many primary keys from a place on; a part is counted where the page reaches behind."""
        ids: list[Any] = []
        for part in self.parts:
            keys = part.select_related(None).prefetch_related(None).values_list("pk", flat=True)
            found = list(keys[start : start + length - len(ids)])
            ids += found
            if len(ids) == length or part is self.parts[-1]:
                break
            start = 0 if found else start - keys.order_by().count()
        return ids

    def count_all(self) -> None:
        """Count every row, to tell which page is the last; costs as much as walking to it."""
        self.counted = Count(self.rows.select_related(None).order_by().values("pk").count())
