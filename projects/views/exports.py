"""Tables as CSV, at the page's path with `.csv` for the last slash."""

import logging
from collections.abc import Callable
from contextlib import ExitStack, closing
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import quote

from django.db import OperationalError, connections
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from projects.exports import EXPORTS, Export, Full, Slot, file_name, write
from projects.languages import page_language
from projects.parameters import Parameters, unknown_parameters
from projects.remembering.reports import kept_here
from projects.views.base import TablePage

CSV = "text/csv; charset=utf-8"
AGAIN = 30
"""After how many seconds it is worth asking again."""

Anew = Callable[[], QuerySet[Any]] | None
"""Asks for the rows once more."""

logger = logging.getLogger(__name__)


class Download(FileResponse):
    """A file that is sent as it lies there; what it holds is given back with the last byte."""

    block_size = 65_536

    def __init__(self, file: Any, held: ExitStack) -> None:
        self.held = held
        super().__init__(file, content_type=CSV)

    def close(self) -> None:
        super().close()
        self.held.close()


class CsvMixin:
    """Answers with the table's rows, all pages of them, instead of the page.

    Put before a `TablePage`; a parameter that cannot be used is refused with 400 and one line.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        # Only now: what was looked up for the parameters is kept last, and asks for the version.
        if isinstance(response, Download):
            _let_go()
        return response

    def get(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with kept_here():
            return self.file(request)

    def file(self: Any, request: HttpRequest) -> HttpResponseBase:
        """The file, or one line that says why there is none."""
        _filterset, rows, _sorts = self.filtered()
        self._per_page()
        problems = [*self.problems, *unknown_parameters(request.GET, self.known)]
        if problems:
            return _line(f"{problems[0].name}: {problems[0].message}", 400)
        export = EXPORTS[self.export]
        # What is preferred was looked up to ask for the rows.
        anew = (lambda: self.filtered()[1]) if self.parameters.reader.prefer else None
        response = (
            _nothing() if request.method == "HEAD" else _answer(export, rows, self.parameters, anew)
        )
        if response.status_code == 200:
            response["Content-Disposition"] = _saved_as(export, rows, self.parameters)
        return response


def _answer(
    export: Export, rows: QuerySet[Any], parameters: Parameters, anew: Anew
) -> HttpResponseBase:
    """The file, or one line that says why there is none now."""
    try:
        return _download(export, rows, parameters, anew)
    except Full:
        return _line(_("The site is making as many files as it can: try again in a minute."), 429)
    except (OSError, OperationalError) as error:
        if isinstance(error, OperationalError) and not _disk_is_full(error):
            raise
        logger.exception("No file could be made of %s", export.name)
        return _line(
            _("The server has no room for this file now: narrow the table, or try again later."),
            503,
        )


def _download(export: Export, rows: QuerySet[Any], parameters: Parameters, anew: Anew) -> Download:
    """The file, written whole before its first byte is sent."""
    with ExitStack() as held:
        held.enter_context(closing(Slot()))
        file = held.enter_context(TemporaryFile())
        write(export, rows, parameters, file, anew)
        file.seek(0)
        return Download(file, held.pop_all())


def _let_go() -> None:
    """Close the connections to the database, none of which a slow reader is to hold."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()


def _disk_is_full(error: OperationalError) -> bool:
    """Whether the database had no room to sort, as PostgreSQL and SQLite say it."""
    return getattr(error.__cause__, "sqlstate", "") == "53100" or "disk is full" in str(error)


def _saved_as(export: Export, rows: QuerySet[Any], parameters: Parameters) -> str:
    """How a browser names the file; in Chinese with the table's name, in the form of RFC 6266."""
    name = file_name(export, parameters)
    header = content_disposition_header(as_attachment=True, filename=name) or ""
    if page_language() != "zh-hans":
        return header
    table = rows.model._meta.verbose_name_plural
    return f"{header}; filename*=UTF-8''{quote(name.replace('.csv', f'（{table}）.csv'))}"


def _nothing() -> HttpResponseBase:
    """What HEAD is told: no file is written to learn its length."""
    return StreamingHttpResponse((), content_type=CSV)


def _line(text: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    if status in (429, 503):
        response["Retry-After"] = str(AGAIN)
    return response


def as_csv(page: type[TablePage]) -> Any:
    """The view that exports the table of a page."""
    return type(f"{page.__name__}Csv", (CsvMixin, page), {}).as_view()  # type: ignore[attr-defined]  # a View
