"""One statement: its words, its source, what else was said of it, and what it counts towards."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from projects.parameters import KINDS
from projects.reports.history import history_of
from projects.reports.provenance import group_of, statements
from projects.reports.reading import by_hand
from projects.reports.swaps import swaps
from projects.reports.uses import uses
from projects.views.base import Page
from projects.views.citations import citation


class StatementDetail(Page):
    """One statement of any kind."""

    template_name = "projects/statement/detail.html"

    def context(self, kind: str, pk: int) -> dict[str, Any]:
        reader = self.parameters.reader
        if kind not in KINDS:
            raise Http404
        statement = get_object_or_404(statements(KINDS[kind], reader), pk=pk)
        group = group_of(statement, reader)
        is_editor = self.request.user.has_perm(f"projects.change_{statement._meta.model_name}")
        others = [one for one in group.members if one.pk != statement.pk] if group else []
        return {
            "statement": statement,
            "kind": kind,
            "group": group,
            "others": others,
            "uses": uses(statement, reader),
            "by_hand": by_hand(statement),
            "citation": citation(statement, self.parameters),
            "swaps": swaps([group])[group.standing.code] if group else (),
            "is_editor": is_editor,
            "history": history_of(statement) if is_editor else (),
        }
