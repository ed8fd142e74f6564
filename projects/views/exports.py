"""Tables as CSV, at the page's path with `.csv` for the last slash."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from projects.exports import EXPORTS, file_name, stream
from projects.parameters import unknown_parameters
from projects.views.base import TablePage


class CsvMixin:
    """Answers with the table's rows, all pages of them, instead of the page.

    Put before a `TablePage`; a parameter that cannot be used is refused with 400 and one line.
    """

    def get(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _filterset, rows, _sorts = self.filtered()
        self._per_page()
        problems = [*self.problems, *unknown_parameters(request.GET, self.known)]
        if problems:
            line = f"{problems[0].name}: {problems[0].message}\n"
            return HttpResponse(line, status=400, content_type="text/plain; charset=utf-8")
        export = EXPORTS[self.export]
        response = StreamingHttpResponse(
            stream(export, rows, self.parameters), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=file_name(export, self.parameters)
        )
        return response


def as_csv(page: type[TablePage]) -> Any:
    """The view that exports the table of a page."""
    return type(f"{page.__name__}Csv", (CsvMixin, page), {}).as_view()  # type: ignore[attr-defined]  # a View
