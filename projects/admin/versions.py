"""Two editors of one record: a form that was opened before the record changed is refused."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR, InlineModelAdmin
from django.db import IntegrityError, OperationalError, models, transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.admin.comparison import compare_rows
from projects.admin.lost import deleted_meanwhile
from projects.admin.opened import read_version
from projects.admin.repeated import already_saved
from projects.models.versions import StaleRow, met_another_save

_BUSY = _("Nothing was saved: another save is under way. What you typed is still here; try again.")
_DOES_NOT_FIT = _(
    "Nothing was saved: it does not fit what is stored by now. What you typed is still here."
)
_ROWS = "admin/projects/parts/rows.html"


class Overtaken(Exception):
    """Another save came first since this request read what it is about to change."""


class VersionedInline(InlineModelAdmin):
    """Rows in the page of what they belong to, each with its version in a hidden field."""

    rows_template: str
    """Django's own; ours includes it and puts the versions beside."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.template != _ROWS:
            cls.rows_template, cls.template = cls.template, _ROWS


class VersionedAdmin(admin.ModelAdmin):
    """Forms that carry the version of each row they show."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; where another save came first, once more, and now it is seen."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Overtaken:
            _forget_messages(request)
        except OperationalError as error:
            if not met_another_save(error):
                raise
            return self._refuse_form(request, _BUSY, *args, **kwargs)
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Overtaken as overtaken:
            stale = isinstance(overtaken.__cause__, StaleRow)
            return self._refuse_form(request, _BUSY if stale else _DOES_NOT_FIT, *args, **kwargs)

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponse:
        try:
            # The view inside the transaction; type stubs have its surroundings only.
            response = super()._changeform_view(  # type: ignore[misc]
                request, object_id, form_url, extra_context
            )
        except (StaleRow, IntegrityError) as overtaken:
            raise Overtaken from overtaken
        refused = request.method == "POST" and isinstance(response, TemplateResponse)
        if refused and object_id is None:
            return self._lead_to_saved(request, response) or response
        return response

    def _refuse_form(
        self,
        request: HttpRequest,
        refusal: Any,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The form with what was typed; read without a transaction, so that no lock is met."""
        _forget_messages(request)
        request.refusal = refusal  # type: ignore[attr-defined]
        return super()._changeform_view(  # type: ignore[misc]
            request, object_id, form_url, extra_context
        )

    def _lead_to_saved(self, request: HttpRequest, refused: Any) -> HttpResponse | None:
        """Lead a form that was sent twice to the record that the first one stored."""
        context = refused.context_data
        if "inline_admin_formsets" not in context:
            return None
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        row = already_saved(context["adminform"].form, formsets)
        if row is None:
            return None
        if IS_POPUP_VAR in request.POST:
            return self.response_add(request, row)
        messages.info(
            request, gettext("“%(name)s” is saved already; it was not saved twice.") % {"name": row}
        )
        page = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(page, args=[row.pk]))

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        match = request.resolver_match
        if request.method == "POST" and match and str(match.url_name).endswith("_change"):
            return deleted_meanwhile(self, request, object_id)
        return super()._get_obj_does_not_exist_redirect(  # type: ignore[misc]
            request, opts, object_id
        )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        _check_version(obj, request.POST.get("version"))
        super().delete_model(request, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The question whether to delete; once more where the record changed since."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except StaleRow as overtaken:
            sent, request.POST = request.POST, QueryDict()
            _forget_messages(request)
            row = type(overtaken.row)._base_manager.filter(pk=overtaken.row.pk).first()
            stale = compare_rows(row, read_version(sent.get("version"))) if row else None
            context = {**(extra_context or {}), "stale": stale, "sent": sent}
            return super().delete_view(request, object_id, context)
        except OperationalError as error:
            if not met_another_save(error):
                raise
            return _again(request, gettext("Nothing was deleted: another save is under way."))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        # One by one: a row that changed since the question was asked stops them all.
        for row in self.model._base_manager.filter(pk__in=[row.pk for row in queryset]):
            _check_version(row, request.POST.get(f"version-{row.pk}"))
            row.delete()

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> Any:  # type: ignore[override]
        """Do what was chosen to all the chosen rows, or to none."""
        try:
            with transaction.atomic():
                return super().response_action(request, queryset)
        except StaleRow as overtaken:
            said = gettext("Nothing was changed: “%(name)s” was changed meanwhile. Choose anew.")
            return _again(request, said % {"name": overtaken.row})
        except OperationalError as error:
            if not met_another_save(error):
                raise
            return _again(request, gettext("Nothing was changed: another save is under way."))


def _check_version(row: models.Model, sent: Any) -> None:
    if read_version(sent) != row.version:  # type: ignore[attr-defined]
        raise StaleRow(row)


def _again(request: HttpRequest, said: str) -> HttpResponse:
    """The page anew, with a message instead of those of what was not done."""
    _forget_messages(request)
    messages.error(request, said)
    return HttpResponseRedirect(request.get_full_path())


def _forget_messages(request: HttpRequest) -> None:
    """Drop what was said of a save that was undone."""
    request._messages._queued_messages.clear()  # type: ignore[attr-defined]
