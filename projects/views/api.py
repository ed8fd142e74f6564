"""Tables as JSON: a page of one, one of its rows, and the document that describes them."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from projects.api.cursors import read_cursor, write_cursor
from projects.api.document import document
from projects.api.errors import refusal
from projects.api.keyset import Place, page
from projects.api.query import AFTER, LIMIT, MOST, USUAL
from projects.exports import EXPORTS
from projects.exports.kinds import items
from projects.parameters import Problem, unknown_parameters
from projects.tables import in_parts
from projects.values.scopes import Scope
from projects.views.base import Page, TablePage


class Api:
    """Answers with JSON; put before a `Page`. What cannot be used is refused with one line."""

    http_method_names = ["get", "head"]

    def get(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        content = self.content(*args, **kwargs)
        self.problems += unknown_parameters(request.GET, self.known)
        if self.problems:
            return refusal(400, self.problems[0])
        if content is None:
            return refusal(404, detail=_("There is no such row, or not on the day asked."))
        return JsonResponse(content, json_dumps_params={"ensure_ascii": False})

    def http_method_not_allowed(
        self: Any, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        response = refusal(405)
        response.headers["Allow"] = "GET, HEAD"
        return response


class ListMixin(Api):
    """A page of a table: `items`, and the address of the `next` page."""

    @property
    def known(self: Any) -> tuple[str, ...]:
        return (*self.filterset_class.base_filters, "sort", LIMIT, AFTER)

    def content(self: Any) -> dict[str, Any] | None:
        _filterset, rows, sorts = self.filtered()
        parts = in_parts(rows, self.table_class, sorts)
        limit, after = self._limit(), self._after(parts)
        if self.problems:
            return None
        ids, last = page(parts, after, limit)
        # What the page derives of its rows is derived here of these alone.
        shown = self.base_rows().order_by().filter(pk__in=ids)
        found = items(EXPORTS[self.export], shown, self.parameters)
        # What was deleted between the two queries is left out.
        return {
            "items": [found[pk] for pk in ids if pk in found],
            "next": self._next(last) if last else None,
        }

    def _limit(self: Any) -> int:
        text = self.request.GET.get(LIMIT, "")
        if not text:
            return USUAL
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        if 1 <= number <= MOST:
            return number
        message = _("Write a number from 1 to %(most)s.") % {"most": MOST}
        self.problems.append(Problem(LIMIT, message))
        return USUAL

    def _after(self: Any, parts: Any) -> Place | None:
        text = self.request.GET.get(AFTER, "")
        if not text:
            return None
        try:
            return read_cursor(text, self.export, self.request.GET, parts)
        except ValueError:
            message = _(
                "Take it from “next” as it is there, with all other parameters, or leave it out."
            )
            self.problems.append(Problem(AFTER, message))
            return None

    def _next(self: Any, last: Place) -> str:
        query = [pair for pair in self.request.GET.lists() if pair[0] != AFTER]
        cursor = write_cursor(last, self.export, self.request.GET)
        asked = urlencode([*query, (AFTER, cursor)], doseq=True)
        address: str = self.request.build_absolute_uri(f"{self.request.path}?{asked}")
        return address


class RowMixin(Api):
    """One row by its key, whatever group or place is asked."""

    known = ()

    def content(self: Any, **key: str) -> dict[str, Any] | None:
        if self.problems:
            return None
        self.parameters = replace(self.parameters, scope=Scope())
        rows = self.base_rows().order_by().filter(**key)
        return next(iter(items(EXPORTS[self.export], rows, self.parameters).values()), None)


class ApiDocument(Api, Page):  # type: ignore[misc]  # it takes what a View takes
    """The description of the API, in the form of OpenAPI 3.1."""

    def content(self) -> dict[str, Any]:
        return document(self.tables)

    tables: dict[str, type[TablePage]] = {}


def as_list(table: type[TablePage]) -> Any:
    """The view that answers with a table of the site."""
    return _view(ListMixin, table)


def as_row(table: type[TablePage]) -> Any:
    """The view that answers with one row of a table."""
    return _view(RowMixin, table)


def as_document(tables: dict[str, type[TablePage]]) -> Any:
    """The view that describes these tables."""
    return csrf_exempt(ApiDocument.as_view(tables=tables))


def _view(mixin: type[Api], table: type[TablePage]) -> Any:
    # Nothing is changed here; who posts is told that with 405, not asked for a token.
    made: Any = type(f"{table.__name__}{mixin.__name__}", (mixin, table), {})
    return csrf_exempt(made.as_view())
