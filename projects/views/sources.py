"""The table of publications, and every statement that one of them makes."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers

from projects.filters.of_tables import SourceFilter
from projects.models import (
    AgreementParty,
    Investment,
    MilestoneDate,
    Observation,
    Participation,
    Source,
    Statement,
    Target,
)
from projects.reports.passages import Piece, QuotedOfSubject, marked, quoted
from projects.reports.provenance import SourceRow, said_by, source_rows, sources
from projects.tables import SourceTable
from projects.values.scopes import Scope
from projects.views.base import Page, TablePage

MOST = 100
"""So many statements of a kind are on the page of their publication, and one more."""

TABLES: dict[type[Statement], str] = {
    Participation: "projects:participations-csv",
    AgreementParty: "projects:agreement-parties-csv",
    Investment: "projects:investments",
    MilestoneDate: "projects:milestone-dates-csv",
    Target: "projects:targets-csv",
    Observation: "projects:observations-csv",
}
"""Where all statements of a publication are: in a table, or in a file."""


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
    """One publication and every statement that it makes; for editors, with its full text."""

    template_name = "projects/source/detail.html"

    def context(self, slug: str) -> dict[str, Any]:
        reader = self.parameters.reader
        source = get_object_or_404(sources(reader, Scope()), slug=slug)
        said = said_by(source, reader, MOST + 1)
        counts = Counter(type(one) for subject in said for one in subject.statements)
        subjects = quoted(said, source.full_text)
        return {
            "source": source,
            "subjects": subjects,
            "longer": [
                (TABLES[kind], kind._meta.verbose_name_plural)
                for kind in counts
                if counts[kind] > MOST
            ],
            "editing": self._is_editor(),
            "pieces": self._pieces(source, subjects) if self._is_editor() else [],
        }

    def render(self, context: dict[str, Any]) -> HttpResponse:
        response = super().render(context)
        if context["editing"]:
            add_never_cache_headers(response)
        return response

    def _is_editor(self) -> bool:
        return self.request.user.has_perm("projects.change_source")

    def _pieces(self, source: Source, subjects: list[QuotedOfSubject]) -> list[Piece]:
        """The full text, with its passages leading to the pages of their statements."""

        def address(statement: Statement) -> str:
            return self.parameters.address(statement.get_absolute_url())

        statements = [one for subject in subjects for one in subject.statements]
        return marked(source.full_text, statements, address) if source.full_text.strip() else []
