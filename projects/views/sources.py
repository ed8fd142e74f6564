"""The table of publications, and every statement that one of them makes."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from projects.filters import SourceFilter
from projects.models import Source
from projects.reports.provenance import SourceRow, said_by, source_rows, sources
from projects.tables import SourceTable
from projects.values.scopes import Scope
from projects.views.base import Page, TablePage


class SourceList(TablePage):
    """The table of publications."""

    template_name = "projects/source/list.html"
    table_class = SourceTable
    filterset_class = SourceFilter
    export = "sources"

    def base_rows(self) -> QuerySet[Source]:
        return sources(self.parameters.reader, self.parameters.scope)

    def page_rows(self, rows: list[Source]) -> list[SourceRow]:
        return source_rows(rows)


class SourceDetail(Page):
    """One publication and every statement that it makes."""

    template_name = "projects/source/detail.html"

    def context(self, slug: str) -> dict[str, Any]:
        reader = self.parameters.reader
        source = get_object_or_404(sources(reader, Scope()), slug=slug)
        return {"source": source, "subjects": said_by(source, reader)}
