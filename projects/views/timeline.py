"""All milestones on a time axis."""

from datetime import date
from functools import cache, partial
from typing import Any

from django.core.paginator import Page as PageOfLanes
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from projects.parameters import Problem
from projects.timeline.axis import ALL, DECADE, Window, read_window
from projects.timeline.headings import ORGANIZATION, WAYS, By
from projects.timeline.portfolio import (
    lanes,
    part_of,
    portfolio_timeline,
    stated_days,
    steps_of,
)
from projects.views.base import Page

LANES = 50
"""So many lanes are drawn on one page."""

TOGETHER = 100
"""The lanes of so many pages are remembered together: more would take more room than there is."""

UNDATED = 50
"""So many undated milestones and projects are named; the tables have them all."""


class TimelinePage(Page):
    """The timeline of the scope, zoomed by `range`, under headings by `by`."""

    template_name = "projects/timeline/detail.html"
    known = ("range", "by", "page")

    def context(self) -> dict[str, Any]:
        reader, scope = self.parameters.reader, self.parameters.scope
        window, chosen = self._window()
        by = self._by()
        about = (window.first, window.last, by.code)
        # Made once for both that are kept of it, and not at all where both are kept.
        made = cache(partial(lanes, reader, scope, window, by, UNDATED))
        remembered = self.parameters.remembered
        overview = remembered("timeline", lambda: made().overview, *about)
        page = self._page(Paginator(range(overview.count), LANES))
        first = (page.number - 1) * LANES
        part = first - first % (LANES * TOGETHER)
        ids = remembered(
            "timeline-lanes", lambda: made().ids[part : part + LANES * TOGETHER], *about, part
        )[first - part :][:LANES]
        shown, undated_projects = part_of(overview, first, ids)
        drawn, undated = steps_of(shown, UNDATED + 1, reader, scope)
        return {
            "timeline": portfolio_timeline(overview, shown, drawn, reader, window),
            "page": page,
            "headings": [
                (heading, start // LANES + 1)
                for heading, start in zip(overview.headings, overview.starts, strict=False)
            ],
            "range": chosen,
            "decade": read_window(DECADE, (), reader.day),
            "years": _years(window, reader.day, chosen),
            "ways": WAYS.values(),
            "by": by,
            "elsewhere": overview.elsewhere,
            "undated_steps": undated[:UNDATED],
            "more_steps": len(undated) > UNDATED,
            "undated_projects": undated_projects,
            "more_projects": overview.more_undated,
        }

    def _window(self) -> tuple[Window, str]:
        reader, scope = self.parameters.reader, self.parameters.scope
        words = self.request.GET.get("range") or ALL
        if words != ALL:
            try:
                return read_window(words, (), reader.day), words
            except ValueError:
                self.problems.append(
                    Problem(
                        "range",
                        _("“%(words)s” is no range: write all, decade, or a year such as 2023.")
                        % {"words": words[:40]},
                    )
                )
        days = self.parameters.remembered("timeline-days", lambda: stated_days(reader, scope))
        return read_window(ALL, days, reader.day), ALL

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
