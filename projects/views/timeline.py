"""All milestones on a time axis."""

from datetime import date
from typing import Any

from django.core.paginator import Page as PageOfLanes
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from projects.parameters import Problem
from projects.timeline.axis import ALL, DECADE, Window, read_window
from projects.timeline.headings import ORGANIZATION, WAYS, By
from projects.timeline.portfolio import lanes, portfolio_timeline, stated, undated_steps
from projects.views.base import Page

LANES = 50
"""So many lanes are drawn on one page."""

UNDATED = 50
"""So many undated milestones and projects are named; the tables have them all."""


class TimelinePage(Page):
    """The timeline of the scope, zoomed by `range`, under headings by `by`."""

    template_name = "projects/timeline/detail.html"
    known = ("range", "by", "page")

    def context(self) -> dict[str, Any]:
        reader, scope = self.parameters.reader, self.parameters.scope
        found = stated(reader, scope)
        window, chosen = self._window(found.days)
        by = self._by()
        choice = lanes(reader, scope, window, by, found)
        page = self._page(Paginator(choice.shown, LANES))
        first = (page.number - 1) * LANES
        undated = undated_steps(reader, scope, UNDATED + 1)
        return {
            "timeline": portfolio_timeline(
                choice, slice(first, first + LANES), reader, scope, window
            ),
            "page": page,
            "headings": [
                (heading, start // LANES + 1) for heading, start in choice.headings.items()
            ],
            "range": chosen,
            "decade": read_window(DECADE, (), reader.day),
            "years": _years(window, reader.day, chosen),
            "ways": WAYS.values(),
            "by": by,
            "elsewhere": choice.elsewhere,
            "undated_steps": undated[:UNDATED],
            "more_steps": len(undated) > UNDATED,
            "undated_projects": choice.undated[:UNDATED],
            "more_projects": max(0, len(choice.undated) - UNDATED),
        }

    def _window(self, days: list[date]) -> tuple[Window, str]:
        words = self.request.GET.get("range") or ALL
        try:
            return read_window(words, days, self.parameters.reader.day), words
        except ValueError:
            self.problems.append(
                Problem(
                    "range",
                    _("“%(words)s” is no range: write all, decade, or a year such as 2023.")
                    % {"words": words[:40]},
                )
            )
        return read_window(ALL, days, self.parameters.reader.day), ALL

    def _by(self) -> By:
        code = self.request.GET.get("by") or ORGANIZATION.code
        if code not in WAYS:
            self.problems.append(
                Problem(
                    "by",
                    _("“%(code)s” is no way to group: write organization, sector or place.")
                    % {"code": code[:40]},
                )
            )
        return WAYS.get(code, ORGANIZATION)

    def _page(self, paginator: Paginator) -> PageOfLanes:
        text = self.request.GET.get("page") or "1"
        readable = text.isascii() and text.isdigit() and len(text) < 10
        if readable and 1 <= int(text) <= paginator.num_pages:
            return paginator.page(int(text))
        self.problems.append(
            Problem(
                "page",
                _("There is no page “%(page)s”; the pages are 1 to %(last)s.")
                % {"page": text[:20], "last": paginator.num_pages},
            )
        )
        return paginator.page(1)


def _years(window: Window, today: date, chosen: str) -> list[tuple[str, bool]]:
    """This year, or the year shown with those beside it; the flag marks the one shown."""
    if chosen in (ALL, DECADE):
        return [(f"{today.year:04d}", False)]
    year = window.first.year
    return [
        (f"{near:04d}", near == year)
        for near in (year - 1, year, year + 1)
        if date.min.year <= near <= date.max.year
    ]
