"""The vocabulary of table columns: each draws its cell with a component of the same name."""

from collections.abc import Sequence
from typing import Any

import django_tables2 as tables
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString


class Column(tables.TemplateColumn):
    """A cell drawn by `components/cells/<cell>.html`, which reads `value` and `record`.

    `sort` names the columns of the database by which it sorts, if it does; with `either`, they are
    names of entities, and a row has one of them alone, or none. With `whole`, the value is the
    record itself.
    """

    cell = "text"
    kind = "text"

    def __init__(
        self,
        *args: Any,
        sort: Sequence[str] = (),
        either: bool = False,
        whole: bool = False,
        **kwargs: Any,
    ) -> None:
        self.sort = tuple(sort)
        self.either = self.sort if either else ()
        self.whole = whole
        if whole:
            kwargs["accessor"] = "pk"
        super().__init__(
            *args,
            template_name=f"components/cells/{self.cell}.html",
            orderable=bool(sort),
            attrs={"th": {"class": f"cell-{self.kind}"}, "td": {"class": f"cell-{self.kind}"}},
            **kwargs,
        )

    def draw(self, record: Any, value: Any, context: Context) -> SafeString:
        """The cell of a record, in the context of the table.

        The library's own `render` looks at signatures and lays out a whole page's context anew for
        every cell: half of what a page of 25 rows costs.
        """
        with context.push(**self.reads(record, record if self.whole else value)):
            component: Any = get_template(self.template_name)
            drawn: SafeString = component.template.render(context)
        return drawn

    def reads(self, record: Any, value: Any) -> dict[str, Any]:
        """What the component reads."""
        return {"record": record, "value": value}


class TextColumn(Column):
    """Plain text."""


class EntityColumn(Column):
    """A link to an entity."""

    cell = "entity"


class EntitiesColumn(Column):
    """Links to several entities."""

    cell = "entities"


class NamesColumn(Column):
    """Names that have no page of their own."""

    cell = "names"


class PartiesColumn(Column):
    """Links to the parties of an agreement, each with the mark of the statement that names it."""

    cell = "parties"


class NumberColumn(Column):
    """A whole number."""

    kind = "number"


class CountColumn(Column):
    """A whole number that leads to what it counts.

    That is the page of this name, narrowed by the parameter `by` to the row's `slug` (an accessor).
    """

    cell = "count"
    kind = "number"

    def __init__(self, *args: Any, page: str, by: str, slug: str, **kwargs: Any) -> None:
        self.page, self.by, self.slug = page, by, slug
        super().__init__(*args, **kwargs)

    def reads(self, record: Any, value: Any) -> dict[str, Any]:
        slug = tables.A(self.slug).resolve(record)
        return super().reads(record, value) | {"counted_on": self.page, "by": self.by, "slug": slug}


class AmountColumn(Column):
    """The amount of a statement, with the mark that opens the statement."""

    cell = "amount"
    kind = "number"


class TotalColumn(Column):
    """A total (`Line`), as a range with what is not stated beside it."""

    cell = "total"
    kind = "number"


class DateColumn(Column):
    """The vague date of a statement, with the mark that opens the statement."""

    cell = "date"
    kind = "date"


class StageColumn(Column):
    """A project's stage and since when, with the mark of the statement that decides it."""

    cell = "stage"


class StateColumn(Column):
    """A milestone's state as word, icon and colour."""

    cell = "state"


class ReportedColumn(Column):
    """The last report on a project, or how long there was none."""

    cell = "reported"
    kind = "date"


class CountedColumn(Column):
    """Whether an investment enters the totals, or the reason why not."""

    cell = "counted"


class SourceColumn(Column):
    """The publication of a statement and the place in it."""

    cell = "source"
    kind = "source"


class PublishedColumn(Column):
    """The vague date of a publication."""

    cell = "published"
    kind = "date"


class VerdictsColumn(Column):
    """The verdict of each target of an indicator."""

    cell = "verdicts"


class ReadingColumn(Column):
    """The last observation of an indicator, with its period and mark."""

    cell = "reading"
    kind = "number"
