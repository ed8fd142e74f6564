"""The site of the admin: Django's own, with pages that belong to no single model."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from projects.admin.deleted import deleted_view
from projects.admin.home import home
from projects.admin.importing import check_page, import_page
from projects.admin.reading import read_words

EXTRA_PAGES: list[URLPattern] = [
    path("deleted/", deleted_view, name="deleted"),
    path("import/", import_page, name="import"),
    path("import/<uuid:upload>/", check_page, name="import_check"),
    path("read-words/", read_words, name="read-words"),
]
"""Paths below the admin, named `admin:<name>`: for staff only; each says who of them may not."""


class DataEntrySite(AdminSite):
    """The admin's pages, with those of `EXTRA_PAGES` before them."""

    site_url = None  # every page has its own way back, more visible than Django's

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [*map(self._for_staff, EXTRA_PAGES), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """The first page: what waits for the account, before the list of models."""
        return super().index(request, {"home": home(request.user), **(extra_context or {})})

    def _for_staff(self, page: URLPattern) -> URLPattern:
        """The page, which leads everybody else to the log-in."""
        view = self.admin_view(page.callback)
        return URLPattern(page.pattern, view, page.default_args, page.name)
