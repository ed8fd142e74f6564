"""Why a record was changed, what it was before, and putting it back."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from projects import permissions
from projects.admin.putting_back import Attempt, may_add_again
from projects.models.past import Past
from projects.reports.history import changes_of
from projects.reports.history.names import Names

LONGEST_REASON = 500
CHANGES_A_PAGE = 20
_LONGEST_ID = 18


def reason_in(request: HttpRequest) -> str:
    """The reason that a form sent, as it is kept: PostgreSQL stores no NUL in a text."""
    typed = request.POST.get("change_reason", "").replace("\0", "").replace("\r\n", "\n")
    return typed.strip()[:LONGEST_REASON]


class HistoryAdmin(admin.ModelAdmin):
    """Pages that ask for a reason and show every earlier state."""

    object_history_template = "admin/projects/object_history.html"

    def get_urls(self) -> list[URLPattern]:
        """The pages of a model, with the one that puts a record back before them."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_put_back"
        view = self.admin_site.admin_view(self.put_back_view)
        own = path("<path:object_id>/history/<slug:code>/", view, name=name)
        return [own, *super().get_urls()]

    def changeform_view(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; its reason is that of all that is saved with it."""
        request.change_reason = reason_in(request)
        return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question whether to delete; its reason is that of all that goes along."""
        request.change_reason = reason_in(request)
        return super().delete_view(request, *args, **kwargs)

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        """The list; the reason is that of whatever is done to the rows chosen."""
        request.change_reason = reason_in(request)
        return super().changelist_view(request, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The changes of a record, also of one that was deleted."""
        row, past = self._found(request, unquote(object_id))
        if past is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        pages = Paginator(past.moments[::-1], CHANGES_A_PAGE)
        page = pages.get_page(request.GET.get("p", 1))
        may_change = self._may_change(request, past, row)
        context = {
            **self._context(request, past, row),
            "title": _("History: %(name)s") % {"name": self._name(past, row)},
            "page": page,
            "changes": changes_of(past, list(page.object_list), with_texts=may_change),
            "present": past.moments[-1].newest.code if row is not None and past.moments else "",
            "may_put_back": may_change,
            **(extra_context or {}),
        }
        return render(request, self.object_history_template, context)

    def put_back_view(self, request: Any, object_id: str, code: str) -> HttpResponse:
        """What would change if a record were put back to a state; POST puts it back."""
        row, past = self._found(request, unquote(object_id))
        moment = past.moment(code) if past else None
        if past is None or moment is None:
            raise Http404
        if not self._may_change(request, past, row):
            raise PermissionDenied
        attempt = Attempt(past, moment, request.user)
        request.change_reason = reason_in(request)
        if request.method == "POST" and attempt.stored(
            request.POST.get("version", ""), request.change_reason
        ):
            messages.success(request, _("It was put back, and its history says so."))
            return HttpResponseRedirect(self._address("history", past.pk))
        context = {
            **self._context(request, past, row),
            "title": _("Put back: %(name)s") % {"name": self._name(past, row)},
            "attempt": attempt,
        }
        response = render(request, "admin/projects/put_back.html", context)
        response.status_code = 400 if request.method == "POST" else 200
        return response

    def _found(self, request: HttpRequest, object_id: str) -> tuple[Any, Past | None]:
        """A record and its past: no record where it is gone, no past where it never was."""
        row = self.get_object(request, object_id)
        if row is not None:
            return row, Past(self.model, row.pk)
        if not (object_id.isascii() and object_id.isdigit() and len(object_id) <= _LONGEST_ID):
            return None, None
        past = Past(self.model, int(object_id))
        return None, past if past.moments else None

    def _may_change(self, request: Any, past: Past, row: Any) -> bool:
        """Whether the account may change the record, or add it again as it was when it went."""
        if row is not None:
            return permissions.may_change(request.user, row)
        may_add = permissions.may(request.user, "add", self.model)
        return may_add and may_add_again(request.user, past.state(past.moments[-1]).row)

    def _context(self, request: HttpRequest, past: Past, row: Any) -> dict[str, Any]:
        request.current_app = self.admin_site.name
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "object": row,
            "object_id": past.pk,
            "name": self._name(past, row),
            "history_address": self._address("history", past.pk),
        }

    def _name(self, past: Past, row: Any) -> str:
        return (
            str(row) if row is not None else Names([(self.model, past.pk)]).of(self.model, past.pk)
        )

    def _address(self, page: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)
