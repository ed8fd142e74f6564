"""Which page is asked of a list whose length is known."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.parameters import Problem
from projects.views.base import Page


@dataclass(frozen=True)
class Place:
    """A page of a list of so many rows, so many at once."""

    number: int
    count: int
    at_once: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // self.at_once))

    @property
    def start(self) -> int:
        """The place of its first row, from 0."""
        return (self.number - 1) * self.at_once

    @property
    def previous(self) -> int | None:
        """The page before it, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def following(self) -> int | None:
        """The page after it, if there is one."""
        return self.number + 1 if self.number < self.last else None


def place_asked(page: Page, count: int, at_once: int) -> Place:
    """The page that the query string asks for, else the first; what it says wrong is a problem."""
    text = page.request.GET.get("page") or "1"
    first = Place(1, count, at_once)
    readable = text.isascii() and text.isdigit() and len(text) < 10
    if readable and 1 <= int(text) <= first.last:
        return Place(int(text), count, at_once)
    page.problems.append(
        Problem(
            "page",
            _("There is no page “%(page)s”; the pages are 1 to %(last)s.")
            % {"page": text[:20], "last": first.last},
        )
    )
    return first
