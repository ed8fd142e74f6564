"""What every page shares: its parameters, its problems, and how a table is filtered and paged."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View
from django_htmx.middleware import HtmxDetails

from projects.filters.sets import FilterSet
from projects.languages import speak
from projects.parameters import CARRIED, Parameters, Problem, read_parameters, unknown_parameters
from projects.remembering.reports import kept_together
from projects.remembering.version import data_version
from projects.reports.frame import frame
from projects.tables import Table, in_parts, ordered, sortable
from projects.views.columns import column_choices, hidden_columns
from projects.views.counting import Count, count_rows
from projects.views.paging import PageOfRows, RowsPaginator
from projects.views.results import count_words, looser_filters
from projects.views.revalidating import entity_tag, is_kept, tagged

Value = TypeVar("Value")

PAGE_SIZES = (25, 50, 100)
TABLE_PARAMETERS = ("sort", "page", "per_page", "columns")


class Page(View):
    """A page of the site."""

    http_method_names = ["get", "head", "options"]
    template_name: ClassVar[str]
    known: ClassVar[tuple[str, ...]] = ()
    """The parameters of the query string that this page understands besides those of all pages."""

    parameters: Parameters
    problems: list[Problem]
    tag: str
    """The entity tag of the answer; empty where it is not to be kept."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        speak(request)
        # Before all else that is asked of the database: the page may be newer, never older.
        version = data_version()
        self.tag = entity_tag(request, version)
        if is_kept(request, self.tag):
            return tagged(request, HttpResponseNotModified(), self.tag)
        with kept_together(version):
            self.parameters = read_parameters(request.GET, version)
            self.problems = list(self.parameters.problems)
            return tagged(request, super().dispatch(request, *args, **kwargs), self.tag)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        context = self.context(*args, **kwargs)
        self.problems += unknown_parameters(request.GET, self.known)
        return self.render(context)

    def context(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template reads."""
        raise NotImplementedError

    def render(self, context: dict[str, Any]) -> HttpResponse:
        """Answer with the page's template."""
        return self.respond(self.template_name, context)

    def respond(self, template_name: str, context: dict[str, Any]) -> HttpResponse:
        """Answer with a template, which also reads what every page has."""
        shared = {
            "parameters": self.parameters,
            "problems": self.problems,
            "frame": self.parameters.remembered("frame", lambda: frame(self.parameters.reader)),
        }
        return render(self.request, template_name, shared | context)

    @property
    def replaced(self) -> str:
        """The id of the element that htmx asks to replace; empty where the page is asked for."""
        htmx = HtmxDetails(self.request)
        return htmx.target or "" if htmx and not htmx.history_restore_request else ""


@dataclass(frozen=True)
class TableState:
    """A table as asked for: filters, rows in order, one page of them, sort, columns left out."""

    filterset: FilterSet
    rows: QuerySet[Any]
    page: PageOfRows
    sorts: list[str]
    hidden: list[str]


class TablePage(Page):
    """A page with a table that is filtered, sorted and paged by the query string."""

    table_class: ClassVar[type[Table]]
    filterset_class: ClassVar[type[FilterSet]]
    export: ClassVar[str]
    """The name of the table's CSV export."""
    has_form: ClassVar[bool] = True
    """Whether the page shows the filters as a form."""
    narrows_nothing: ClassVar[tuple[str, ...]] = ()
    """Filters' names that leave all rows in."""

    def base_rows(self) -> QuerySet[Any]:
        """Every row of the scope that is there for the reader."""
        raise NotImplementedError

    def page_rows(self, rows: list[Any]) -> list[Any]:
        """The rows of one page with what the table draws of them."""
        return rows

    def more(self, state: TableState) -> dict[str, Any]:
        """What the page shows besides its table."""
        return {}

    @property
    def known(self) -> tuple[str, ...]:  # type: ignore[override]  # of the class elsewhere
        return (*self.filterset_class.base_filters, *TABLE_PARAMETERS)

    def context(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        state = self.state()
        if self.has_form:
            state.filterset.read_choices()
        rows = self.page_rows(list(state.page))
        counted: Count = state.page.paginator.counted
        everything = self._everything() if state.filterset.chosen else counted
        return {
            "layout": "content.html" if self.replaced == "content" else "base.html",
            "table": self.table_class(rows, sorts=state.sorts, hidden=state.hidden),
            "columns": column_choices(self.table_class, state.hidden),
            "filterset": state.filterset,
            "page": state.page,
            "count": counted.number,
            "counted": counted,
            "count_words": count_words(self.table_class, state.page, everything),
            "rows_words": counted.words(Table.row_count),
            "looser": [] if counted.number else looser_filters(state.filterset, self.base_rows),
            "page_sizes": PAGE_SIZES,
            **self.more(state),
        }

    def filtered(self) -> tuple[FilterSet, QuerySet[Any], list[str]]:
        """The filters, the rows that pass them in the order asked, and the sort."""
        filterset = self.filterset_class(self.request.GET, queryset=self.base_rows())
        for name, errors in filterset.form.errors.items():
            label = filterset.form.fields[name].label
            self.problems.append(Problem(name, f"{label}: {errors[0]}"))
        sorts = self._sorts()
        return filterset, ordered(filterset.qs, self.table_class, sorts), sorts

    def state(self) -> TableState:
        """What the query string says about the table; what it says wrong is a problem."""
        filterset, rows, sorts = self.filtered()
        parts = in_parts(rows, self.table_class, sorts)
        paginator = RowsPaginator(rows, self._per_page(), parts, self.base_rows(), self._counted)
        hidden, problems = hidden_columns(self.request.GET, self.table_class)
        self.problems += problems
        return TableState(filterset, rows, self._page(paginator), sorts, hidden)

    def remembered(self, name: str, make: Callable[[], Value]) -> Value:
        """A report of all rows that pass the filters, whatever their order and the page of them."""
        return self.parameters.remembered(name, make, self.request.path, self._filters())

    def _counted(self, rows: QuerySet[Any]) -> Count:
        """How many rows pass the filters: counted once for all readers of this version."""
        return self.remembered("rows", lambda: count_rows(rows))

    def _everything(self) -> Count:
        """How many rows there are without the filters."""
        rows = self.base_rows()
        return self.parameters.remembered("rows", lambda: count_rows(rows), self.request.path, [])

    def _filters(self) -> list[tuple[str, list[Any]]]:
        """What the query string gives besides what all pages understand, order and page."""
        others = (*CARRIED, *TABLE_PARAMETERS, *self.narrows_nothing)
        return sorted(item for item in self.request.GET.lists() if item[0] not in others)

    def _sorts(self) -> list[str]:
        names = [name for name in self.request.GET.get("sort", "").split(",") if name]
        allowed = sortable(self.table_class)
        usable = [name for name in dict.fromkeys(names) if name.removeprefix("-") in allowed]
        for name in names:
            if name not in usable:
                self.problems.append(
                    Problem(
                        "sort",
                        _("“%(name)s” is no column to sort by; try one of: %(allowed)s.")
                        % {"name": name[:40], "allowed": ", ".join(sorted(allowed))},
                    )
                )
                break
        return usable

    def _per_page(self) -> int:
        text = self.request.GET.get("per_page", "")
        if not text or text in {str(size) for size in PAGE_SIZES}:
            return int(text or PAGE_SIZES[0])
        self.problems.append(Problem("per_page", _("A page has 25, 50 or 100 rows; here are 25.")))
        return PAGE_SIZES[0]

    def _page(self, paginator: RowsPaginator) -> PageOfRows:
        """The page that is asked for; where there is none, the nearest that there is."""
        text = self.request.GET.get("page", "") or "1"
        readable = text.isascii() and text.isdigit() and len(text) < 10
        number = int(text) if readable else 0
        if 1 <= number <= paginator.num_pages or (number and not paginator.counted.exact):
            page = paginator.page(number)
            if page or number == 1:
                return page
            paginator.count_all()
        self.problems.append(
            Problem(
                "page",
                _("There is no page “%(page)s”; the pages are 1 to %(last)s.")
                % {"page": text[:20], "last": paginator.num_pages},
            )
        )
        return paginator.page(max(1, min(number, paginator.num_pages)))
