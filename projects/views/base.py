"""What every page shares: its parameters, its problems, and how a table is filtered and paged."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views import View

from projects.filters import FilterSet
from projects.parameters import Parameters, Problem, read_parameters, unknown_parameters
from projects.reports.frame import frame
from projects.tables import Table, ordered, sortable

PAGE_SIZES = (25, 50, 100)
TABLE_PARAMETERS = ("sort", "page", "per_page")


class Page(View):
    """A page of the site."""

    http_method_names = ["get", "head", "options"]
    template_name: ClassVar[str]
    known: ClassVar[tuple[str, ...]] = ()
    """The parameters of the query string that this page understands besides those of all pages."""

    parameters: Parameters
    problems: list[Problem]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = request.GET.get("lang", "")
        if language in dict(settings.LANGUAGES):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        self.parameters = read_parameters(request.GET)
        self.problems = list(self.parameters.problems)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        context = self.context(*args, **kwargs)
        self.problems += unknown_parameters(request.GET, self.known)
        return self.render(context)

    def context(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template reads."""
        raise NotImplementedError

    def render(self, context: dict[str, Any]) -> HttpResponse:
        """Answer with the page's template."""
        shared = {
            "parameters": self.parameters,
            "problems": self.problems,
            "frame": frame(self.parameters.reader),
        }
        return render(self.request, self.template_name, shared | context)


@dataclass(frozen=True)
class TableState:
    """A table as asked for: its filters, its rows in order, one page of them, and the sort."""

    filterset: FilterSet
    rows: QuerySet[Any]
    page: PageOfRows
    sorts: list[str]


class TablePage(Page):
    """A page with a table that is filtered, sorted and paged by the query string."""

    table_class: ClassVar[type[Table]]
    filterset_class: ClassVar[type[FilterSet]]
    export: ClassVar[str]
    """The name of the table's CSV export."""

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
        table = self.table_class(self.page_rows(list(state.page)), sorts=state.sorts)
        return {
            "table": table,
            "filterset": state.filterset,
            "page": state.page,
            "count": state.page.paginator.count,
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
        paginator = Paginator(rows, self._per_page())
        return TableState(filterset, rows, self._page(paginator), sorts)

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

    def _page(self, paginator: Paginator) -> PageOfRows:
        text = self.request.GET.get("page", "")
        readable = text.isascii() and text.isdigit() and len(text) < 10
        number = int(text) if readable else 1
        if (text and not readable) or not 1 <= number <= paginator.num_pages:
            self.problems.append(
                Problem(
                    "page",
                    _("There is no page “%(page)s”; the pages are 1 to %(last)s.")
                    % {"page": text[:20], "last": paginator.num_pages},
                )
            )
            number = max(1, min(number, paginator.num_pages))
        return paginator.page(number)
