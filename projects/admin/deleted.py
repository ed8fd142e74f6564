"""The records that were deleted, from which each can be looked at and put back."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from projects import permissions
from projects.reports.history.deleted import deleted, in_words
from projects.reports.history.records import RecordChange, record_models

ROWS_A_PAGE = 50


def deleted_view(request: HttpRequest) -> HttpResponse:
    """The deleted records of the models that the account may see, the newest deletion first."""
    models = [model for model in record_models() if _may_view(request.user, model)]
    chosen = next(
        (model for model in models if model._meta.model_name == request.GET.get("model")), None
    )
    pages = Paginator(deleted([chosen] if chosen else models), ROWS_A_PAGE)
    page = pages.get_page(request.GET.get("p", 1))
    context = {
        **admin.site.each_context(request),
        "title": _("Deleted records"),
        "models": [(model._meta.model_name, model._meta.verbose_name_plural) for model in models],
        "chosen": chosen._meta.model_name if chosen else "",
        "page": page,
        "query": f"model={chosen._meta.model_name}&" if chosen else "",
        "changes": [(change, history_address(change)) for change in in_words(page.object_list)],
    }
    return render(request, "admin/projects/deleted.html", context)


def history_address(change: RecordChange) -> str:
    """The page with the history of what was changed."""
    options = change.model._meta
    name = f"admin:{options.app_label}_{options.model_name}_history"
    return reverse(name, args=[change.pk])


def _may_view(user: Any, model: Any) -> bool:
    return permissions.may(user, "view", model) or permissions.may(user, "change", model)
