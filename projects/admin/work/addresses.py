"""The ways to the working page: its address, and what leads there from the pages of a source."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from projects.admin.work.page import WorkPage
from projects.models import Source
from projects.permissions import may_change, may_enter


class WorkAdmin(admin.ModelAdmin):
    """The pages of sources, with a page to work on the text of each."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.work_view)
        page: URLPattern = path("<path:object_id>/passages/", view, name="projects_source_work")
        return [page, *super().get_urls()]

    def work_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The working page of a source."""
        source: Source | None = self.get_object(request, unquote(object_id))
        if source is None:
            raise Http404
        return WorkPage(request, source).answer()

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """The columns, with a way to the working page for those who may take it."""
        columns = list(super().get_list_display(request))
        return [*columns, _work_column(request)] if may_enter(request.user) else columns

    def response_add(self, request: HttpRequest, obj: Model, *args: Any, **kwargs: Any) -> Any:
        return self._to_work(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Model) -> Any:
        return self._to_work(request, obj) or super().response_change(request, obj)

    def _to_work(self, request: HttpRequest, source: Model) -> HttpResponse | None:
        """The way to the text, where that was asked while saving."""
        return HttpResponseRedirect(address_of(source)) if "_work" in request.POST else None


def address_of(source: Model) -> str:
    """The address of the working page of a source."""
    return reverse("admin:projects_source_work", args=[source.pk])


def _work_column(request: HttpRequest) -> Callable[[Source], Any]:
    @admin.display(description=_("text"))
    def work(source: Source) -> Any:
        if not may_change(request.user, source):
            return "–"
        return format_html('<a href="{}">{}</a>', address_of(source), _("Work on it"))

    return work
