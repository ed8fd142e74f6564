"""The tables of the site, as declarations: which columns, and what each sorts by."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, ClassVar

import django_tables2
from django.db import connections
from django.db.models import Case, CharField, F, QuerySet, TextField, When
from django.db.models.expressions import Col
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import A as Accessor
from django_tables2.data import TableListData

from projects import columns


class PageRows(TableListData):
    """The rows of one page, which the database has sorted already."""

    def order_by(self, aliases: Sequence[str]) -> None:
        """Leave the order as it is."""


class Table(django_tables2.Table):
    """A table of one page of rows.

    `sorts` says which way its columns are sorted; without it none can be sorted. `hidden` names
    columns that are left out.
    """

    row_count: ClassVar[Any] = ngettext_lazy("%(count)d row", "%(count)d rows", "count")
    """What a number of its rows is called."""

    class Meta:
        template_name = "components/table.html"
        orderable = False

    def __init__(
        self,
        rows: Iterable[Any],
        sorts: Sequence[str] | None = None,
        hidden: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        self.sorts = sorts
        super().__init__(
            PageRows(list(rows)), order_by=list(sorts or ()), exclude=tuple(hidden), **kwargs
        )

    @property
    def drawn(self) -> Iterator[list[tuple[Any, str, str]]]:
        """The cells of each row: what they hold, their attributes, and the heading above them."""
        above = [(one, one.attrs["td"].as_html(), str(one.header)) for one in self.columns]
        for row in self.data:
            yield [(self._cell(one, row), attributes, head) for one, attributes, head in above]

    def _cell(self, bound: Any, row: Any) -> Any:
        """What a cell holds; the column's default where there is nothing to draw."""
        value = _value(bound.accessor, row)
        if value in bound.column.empty_values:
            return bound.default
        return bound.column.draw(row, value, self.context)


def _value(accessor: Accessor, row: Any) -> Any:
    """What a row has under an accessor, a code in its words; None where it leads nowhere."""
    try:
        holder, name = accessor.penultimate(row)
        in_words = getattr(holder, f"get_{name}_display", None)
        return in_words() if in_words else accessor.resolve(row)
    except (AttributeError, LookupError, TypeError, ValueError):
        return None


def sortable(table: type[Table]) -> set[str]:
    """The names of the columns by which a table can be sorted."""
    return {name for name, column in table.base_columns.items() if getattr(column, "sort", ())}


def ordered(rows: QuerySet[Any], table: type[Table], sorts: Sequence[str]) -> QuerySet[Any]:
    """Sort rows by columns of a table (`-` for descending), alike on both databases.

    Empty values come last, text goes by code point, and the primary key settles every tie, so that
    no row is lost or repeated between pages. It goes the way of the last column: one index then
    serves both ways.
    """
    keys = [
        _sort_key(rows, name, descending=sort.startswith("-"), or_none=len(column.either) == 1)
        for sort in sorts
        for column in [table.base_columns[sort.removeprefix("-")]]
        for name in column.sort
    ]
    if not keys:
        return rows.order_by(*_default_order(rows), "pk")
    return rows.order_by(*keys, "-pk" if sorts[-1].startswith("-") else "pk")


def in_parts(rows: QuerySet[Any], table: type[Table], sorts: Sequence[str]) -> list[QuerySet[Any]]:
    """Ordered rows as the parts that follow each other, where an index serves only each of them.

    A row has one of several columns, such as the name of a project or else that of an agreement, or
    has none of them: no index holds the order of all. The condition of the index is that the entity
    whose name it is can be seen; the rows of no such entity come last.
    """
    if len(sorts) != 1 or not (ways := table.base_columns[sorts[0].removeprefix("-")].either):
        return [rows]
    descending = sorts[0].startswith("-")
    pk = "-pk" if descending else "pk"
    parts = [
        rows.filter(**{_unseen(way): False}).order_by(
            _sort_key(rows, way, descending=descending, filled=True), pk
        )
        for way in ways
    ]
    if len(ways) == 1:
        parts.append(rows.filter(**{_unseen(ways[0]): True}).order_by(pk))
    return parts


def _unseen(name: str) -> str:
    """The condition that the entity whose name this is cannot be seen."""
    return f"{name.rpartition('__')[0]}__seen_from__isnull"


def _default_order(rows: QuerySet[Any]) -> tuple[Any, ...]:
    """The order that the rows came with, or that of their model."""
    return tuple(rows.query.order_by or rows.model._meta.ordering)


_FILLED = {"out_from"}
"""Columns that no row of a table has empty: what is not out is in none."""


def _sort_key(
    rows: QuerySet[Any],
    name: str,
    *,
    descending: bool,
    filled: bool = False,
    or_none: bool = False,
) -> Any:
    """The key of a column; `filled` where none of the rows has it empty.

    With `or_none` it is the name of an entity, which tells nothing where that cannot be seen.
    """
    expression: Any = F(name)
    annotation: Any = rows.query.annotations.get(name)
    fields = [annotation.target] if isinstance(annotation, Col) else []
    if annotation is None:
        fields = list(_fields(rows.model, name))
    field = fields[-1] if fields else annotation.output_field
    # Codes are alike in every collation, and their index serves filters too.
    is_text = isinstance(field, CharField | TextField) and not is_code(field)
    if is_text and connections[rows.db].vendor == "postgresql":
        expression = Collate(expression, "C")
    if or_none:
        expression = Case(When(**{_unseen(name): False}, then=expression))
    # Of what is never empty an index is read either way; where the empty come first or last is
    # told only where there may be any.
    filled = filled or name in _FILLED or (bool(fields) and not any(one.null for one in fields))
    last = None if filled else True
    return expression.desc(nulls_last=last) if descending else expression.asc(nulls_last=last)


def is_code(field: Any) -> bool:
    """Whether a column holds one of a few codes."""
    return bool(field.choices) or field.name == "left_out"


def _fields(model: Any, path: str) -> Iterator[Any]:
    """The fields along a path such as `source__title`."""
    first, _separator, rest = path.partition("__")
    field = model._meta.get_field("id" if first == "pk" else first)
    yield field
    if rest:
        yield from _fields(field.related_model, rest)


class ProjectTable(Table):
    """Projects."""

    row_count = ngettext_lazy("%(count)d project", "%(count)d projects", "count")

    project = columns.EntityColumn(verbose_name=_("Project"), sort=["name_zh"])
    stage = columns.StageColumn(verbose_name=_("Stage"), accessor="project", sort=["stage"])
    promised = columns.TotalColumn(
        verbose_name=_("Promised"), sort=["promised_low", "promised_high"]
    )
    places = columns.NamesColumn(verbose_name=_("Places"), accessor="project__places__all")
    sectors = columns.NamesColumn(verbose_name=_("Sectors"), accessor="project__sectors__all")
    agreement = columns.EntityColumn(
        verbose_name=_("Agreement"),
        accessor="project__agreement",
        sort=["agreement__name_zh"],
        either=True,
    )
    last_reported = columns.ReportedColumn(
        verbose_name=_("Last report"), accessor="project", sort=["last_reported_latest"]
    )


class OrganizationTable(Table):
    """Organizations with the roll-up of each."""

    row_count = ngettext_lazy("%(count)d organization", "%(count)d organizations", "count")

    organization = columns.EntityColumn(verbose_name=_("Organization"), sort=["name_zh"])
    kind = columns.TextColumn(
        verbose_name=_("Kind"), accessor="organization__get_kind_display", sort=["kind"]
    )
    parent = columns.EntityColumn(verbose_name=_("Controlled by"), sort=["parent__name_zh"])
    projects = columns.CountColumn(
        verbose_name=_("Projects, with all below"),
        page="projects:projects",
        by="group",
        slug="organization__slug",
    )
    promised = columns.TotalColumn(verbose_name=_("Promised, with all below"))


class AgreementTable(Table):
    """Agreements and plans."""

    row_count = ngettext_lazy("%(count)d agreement", "%(count)d agreements", "count")

    agreement = columns.EntityColumn(verbose_name=_("Agreement"), sort=["name_zh"])
    kind = columns.TextColumn(
        verbose_name=_("Kind"), accessor="agreement__get_kind_display", sort=["kind"]
    )
    parties = columns.PartiesColumn(verbose_name=_("Parties"))
    signed = columns.DateColumn(verbose_name=_("Signed or adopted"))
    sectors = columns.NamesColumn(verbose_name=_("Sectors"), accessor="agreement__sectors__all")
    projects = columns.CountColumn(
        verbose_name=_("Projects"), page="projects:projects", by="agreement", slug="agreement__slug"
    )


class InvestmentTable(Table):
    """Investments, counted or not."""

    row_count = ngettext_lazy("%(count)d investment", "%(count)d investments", "count")

    subject = columns.EntityColumn(
        verbose_name=_("Project or agreement"),
        sort=["project__name_zh", "agreement__name_zh"],
        either=True,
    )
    organizations = columns.EntitiesColumn(
        verbose_name=_("Organizations"), accessor="organizations__all"
    )
    amount = columns.AmountColumn(
        verbose_name=_("Amount"), whole=True, sort=["amount_low", "amount_high"]
    )
    basis = columns.TextColumn(
        verbose_name=_("Basis"), accessor="get_basis_display", sort=["basis"]
    )
    per = columns.TextColumn(verbose_name=_("Per"), accessor="get_per_display", sort=["per"])
    date = columns.DateColumn(
        verbose_name=_("Date"), whole=True, sort=["date_latest", "date_earliest"]
    )
    counted = columns.CountedColumn(
        verbose_name=_("Counted"), whole=True, sort=["not_counted_because"]
    )
    source = columns.SourceColumn(verbose_name=_("Source"), whole=True, sort=["out_from"])


class MilestoneTable(Table):
    """Milestones and where they stand."""

    row_count = ngettext_lazy("%(count)d milestone", "%(count)d milestones", "count")

    subject = columns.EntityColumn(
        verbose_name=_("Project or agreement"),
        accessor="milestone__subject",
        sort=["project__name_zh", "agreement__name_zh"],
        either=True,
    )
    milestone = columns.TextColumn(verbose_name=_("Milestone"), sort=["name_zh"])
    kind = columns.TextColumn(
        verbose_name=_("Kind"), accessor="milestone__get_kind_display", sort=["rank", "kind"]
    )
    state = columns.StateColumn(verbose_name=_("State"), sort=["state"])
    due = columns.DateColumn(verbose_name=_("Due"), sort=["due_latest", "due_earliest"])
    reached = columns.DateColumn(
        verbose_name=_("Reached"), sort=["reached_latest", "reached_earliest"]
    )


class IndicatorTable(Table):
    """Indicators with their next or last target."""

    row_count = ngettext_lazy("%(count)d indicator", "%(count)d indicators", "count")

    indicator = columns.EntityColumn(verbose_name=_("Indicator"), sort=["name_zh"])
    scope = columns.TextColumn(verbose_name=_("Measures"), accessor="indicator__scope")
    targets = columns.VerdictsColumn(verbose_name=_("Targets and verdicts"))
    latest = columns.ReadingColumn(verbose_name=_("Last figure"))


class SourceTable(Table):
    """Publications."""

    row_count = ngettext_lazy("%(count)d source", "%(count)d sources", "count")

    title = columns.EntityColumn(verbose_name=_("Title"), accessor="source", sort=["title"])
    outlet = columns.TextColumn(
        verbose_name=_("Outlet"), accessor="source__outlet", sort=["outlet"]
    )
    kind = columns.TextColumn(
        verbose_name=_("Kind"), accessor="source__get_kind_display", sort=["kind"]
    )
    published = columns.PublishedColumn(
        verbose_name=_("Published"),
        accessor="source",
        sort=["published_latest", "published_earliest"],
    )
    statements = columns.NumberColumn(verbose_name=_("Statements"))
