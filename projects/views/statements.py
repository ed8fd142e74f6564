"""One statement: its words, its source, and what else was said of the same thing."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from projects.parameters import KINDS
from projects.reports.provenance import group_of, statements
from projects.views.base import Page


class StatementDetail(Page):
    """One statement of any kind."""

    template_name = "projects/statement/detail.html"

    def context(self, kind: str, pk: int) -> dict[str, Any]:
        reader = self.parameters.reader
        if kind not in KINDS:
            raise Http404
        statement = get_object_or_404(statements(KINDS[kind], reader), pk=pk)
        group = group_of(statement, reader)
        others = [one for one in group.members if one.pk != statement.pk] if group else []
        return {"statement": statement, "kind": kind, "group": group, "others": others}
