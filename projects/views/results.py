"""How many rows a table has, in words, and which filters leave it without any."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from projects.filters.sets import Chip, FilterSet
from projects.tables import Table
from projects.views.counting import Count, count_rows
from projects.views.paging import PageOfRows


@dataclass(frozen=True)
class LooserFilter:
    """A filter that is set, by its chips, and how many rows there are without it."""

    chips: list[Chip]
    counted: Count

    @property
    def rows(self) -> str:
        """Their number in words."""
        return self.counted.words(Table.row_count)


def count_words(table: type[Table], page: PageOfRows, everything: Count) -> str:
    """How many rows there are, of how many without the filters, and which of them are shown."""
    counted: Count = page.paginator.counted
    words = everything.words(table.row_count)
    if counted != everything:
        words = _("%(count)s of %(everything)s") % {
            "count": counted.words("%(count)s"),
            "everything": words,
        }
    if page.has_other_pages():
        rows = {"first": page.start_index(), "last": page.end_index()}
        words += _(", rows %(first)s to %(last)s") % rows
    return words


def looser_filters(
    filterset: FilterSet, base_rows: Callable[[], QuerySet[Any]]
) -> list[LooserFilter]:
    """The filters without which something would be found; a query for each that is set."""
    found = []
    for name in filterset.chosen:
        query = filterset.data.copy()
        del query[name]
        counted = count_rows(type(filterset)(query, queryset=base_rows()).qs)
        if counted.number:
            chips = [chip for chip in filterset.chips if chip.name == name]
            found.append(LooserFilter(chips, counted))
    return found
