"""What changed between two days: what is judged otherwise, and what was published and stated."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from projects.models import Project
from projects.parameters import Problem
from projects.reports.changes import new_publications, outcome
from projects.reports.changes.comparison import LIMIT, Comparison, comparison
from projects.reports.changes.statements import statement_changes
from projects.reports.days import day_before_all, earlier_days
from projects.reports.visible import visible
from projects.values.scopes import Scope
from projects.views.base import Page, Value


class ComparisonPage(Page):
    """Two days side by side, of all that is asked or of one project; a page and a part of others.

    It asks twice as much as what is made for one day. It comes in parts, each asked after the page
    that has it, so that no page waits for more than its own.
    """

    known = ("project",)
    part: str
    """The id of the element that another page replaces by this one's part."""
    part_name: str
    """The template of the part."""

    @cached_property
    def project(self) -> Project | None:
        """The project that is looked at alone."""
        slug = self.request.GET.get("project", "")
        if not slug:
            return None
        there = visible(Project.objects.all(), self.parameters.reader)
        found = there.filter(slug=slug).first()
        if found is None:
            message = _("“%(slug)s” is not known here: choose one from the lists of this site.")
            self.problems.append(Problem("project", message % {"slug": slug[:40]}))
        return found

    @property
    def compared(self) -> Comparison | None:
        """The two days; none where no earlier day is asked."""
        reader, since = self.parameters.reader, self.parameters.since
        if since is None:
            return None
        # What belongs to a group says nothing of a project that is looked at alone.
        scope = Scope() if self.project else self.parameters.scope
        return comparison(reader, since, scope, self.project)

    def remembered(self, name: str, make: Callable[[], Value]) -> Value:
        """What was made for these two days."""
        slug = self.project.slug if self.project else ""
        return self.parameters.remembered(name, make, self.parameters.since, slug)

    def context(self) -> dict[str, Any]:
        compared = self.compared
        return {
            "project": self.project,
            "slug": self.project.slug if self.project else "",
            "compared": compared,
            **(self.changed(compared) if compared else self.days()),
        }

    def changed(self, compared: Comparison) -> dict[str, Any]:
        """What differs between the two days."""
        raise NotImplementedError

    def days(self) -> dict[str, Any]:
        """The earlier days to choose from."""
        reader = self.parameters.reader
        days = earlier_days(reader, LIMIT + 1)
        return {
            "days": days[:LIMIT],
            "more_days": len(days) > LIMIT,
            "beginning": day_before_all(reader),
        }

    def render(self, context: dict[str, Any]) -> HttpResponse:
        is_part = self.replaced == self.part and self.parameters.since is not None
        return self.respond(self.part_name if is_part else self.template_name, context)


class ChangesPage(ComparisonPage):
    """What is judged otherwise; without an earlier day, the days to choose from."""

    template_name = "projects/change/list.html"
    part = "changed"
    part_name = "projects/change/changed.html"

    def changed(self, compared: Comparison) -> dict[str, Any]:
        found = self.remembered("outcome", lambda: outcome(compared))
        return {"outcome": found}


class StatementChangesPage(ComparisonPage):
    """Which publications came, and which statements came to stand, between the two days."""

    template_name = "projects/change/statements.html"
    part = "stated"
    part_name = "projects/change/stated.html"

    def changed(self, compared: Comparison) -> dict[str, Any]:
        remembered = self.remembered
        publications = None
        if compared.project is None:
            publications = remembered("new publications", lambda: new_publications(compared))
        return {
            "publications": publications,
            "statements": remembered("changed statements", lambda: statement_changes(compared)),
        }
