"""The site of the admin: Django's own, with pages that belong to no single model."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern, URLResolver, path

from projects.admin.reading import read_words

EXTRA_PAGES: list[URLPattern] = [
    path("read-words/", read_words, name="read-words"),
]
"""Paths below the admin, named `admin:<name>`: for staff only; each says who of them may not."""


class DataEntrySite(AdminSite):
    """The admin's pages, with those of `EXTRA_PAGES` before them."""

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [*map(self._for_staff, EXTRA_PAGES), *super().get_urls()]

    def _for_staff(self, page: URLPattern) -> URLPattern:
        """The page, which leads everybody else to the log-in."""
        view = self.admin_view(page.callback)
        return URLPattern(page.pattern, view, page.default_args, page.name)
