"""The answer to a form whose record was deleted meanwhile: all that was typed, to be kept."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from projects.admin.rows import Gone, gone_row, typed


def deleted_meanwhile(admin: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """A page that says who deleted the record and when, and shows what was typed."""
    form = admin.get_form(request, None, change=False)(request.POST)
    gone = gone_row(admin.model, unquote(object_id), typed(form))
    return TemplateResponse(
        request,
        "admin/projects/deleted_meanwhile.html",
        {
            **admin.admin_site.each_context(request),
            "title": gettext("Deleted meanwhile"),
            "opts": admin.opts,
            "media": admin.media,
            "object_id": object_id,
            "gone": gone,
            "rows": _rows(admin, request),
            "may_add": admin.has_add_permission(request),
        },
        status=404,
    )


def _rows(admin: Any, request: HttpRequest) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """What was typed in the rows of the form, each with the name of its kind."""
    formsets, inlines = admin._create_formsets(request, admin.model(), change=False)
    found = []
    for formset, inline in zip(formsets, inlines, strict=True):
        gone: tuple[Gone, ...] = getattr(formset, "gone", ())
        added = [formset.typed(form) for form in formset.extra_forms if form.has_changed()]
        kind = str(inline.verbose_name)
        found += [(kind, words) for words in (*(row.typed for row in gone), *added) if words]
    return found
