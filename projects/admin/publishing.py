"""Publishing sources, one or several: pages that say what will appear, and ask for the reason."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from projects import permissions
from projects.models import Source
from projects.models.publishing import Proposal, proposals, proposed, publish, unpublish
from projects.reports.publishing import outcome

MOST_AT_ONCE = 100
"""Each sends a few fields, and Django refuses a form of more than 1000."""


class PublishingAdmin(admin.ModelAdmin):
    """Pages that publish sources on the site, and make them drafts again."""

    actions = ["publish", "make_draft"]

    def get_urls(self) -> list[URLPattern]:
        pages = [("publish", self.publish_view), ("unpublish", self.unpublish_view)]
        return [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"projects_source_{name}",
            )
            for name, view in pages
        ] + super().get_urls()

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the account may publish; the actions ask it."""
        return permissions.may_publish(request.user)

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = super().get_list_display(request)
        return [*shown, "publishing"] if self.has_publish_permission(request) else shown

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_publish"] = self.has_publish_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("On the site"))
    def state(self, source: Source) -> str:
        """Whether it is a draft, in words."""
        if source.draft:
            return str(_("draft: it and its statements appear nowhere on the site"))
        return str(_("published"))

    @admin.display(description=_("publishing"))
    def publishing(self, source: Source) -> str:
        """The way to the page that publishes it, or makes it a draft again."""
        name, words = (
            ("publish", _("Publish…")) if source.draft else ("unpublish", _("Make a draft again…"))
        )
        address = reverse(f"admin:projects_source_{name}", args=[source.pk])
        return format_html('<a href="{}">{}</a>', address, words)

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page of a draft that says what will appear; POST publishes it."""
        return self._page(request, object_id, draft=False)

    def unpublish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page of a published source that says what will go; POST makes it a draft again."""
        return self._page(request, object_id, draft=True)

    def _page(self, request: HttpRequest, object_id: str, *, draft: bool) -> HttpResponse:
        if not self.has_publish_permission(request):
            raise PermissionDenied
        source = self.get_object(request, unquote(object_id))
        if source is None:
            raise Http404
        form = reverse("admin:projects_source_change", args=[source.pk])
        if source.draft == draft and request.method != "POST":
            messages.info(
                request, _("It is a draft already.") if draft else _("It is published already.")
            )
            return HttpResponseRedirect(form)
        errors: list[str] = []
        if request.method == "POST":
            errors = self._store(request, [source], draft=draft)
            if not errors:
                return HttpResponseRedirect(form)
            source = Source.objects.get(pk=source.pk)
        return self._answer(
            request,
            "admin/projects/source/publish.html",
            errors,
            draft=draft,
            source=source,
            original=source,
            sent=_Sent(source),
            outcome=outcome(source, request.user) if source.draft != draft else None,
        )

    @admin.action(description=_("Publish on the site"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Source]) -> HttpResponse | None:
        """Ask why, then show the chosen sources and all they state on the site."""
        return self._many(request, queryset, draft=False)

    @admin.action(description=_("Make a draft again"), permissions=["publish"])
    def make_draft(self, request: HttpRequest, queryset: QuerySet[Source]) -> HttpResponse | None:
        """Ask why, then take the chosen sources and all they state off the site."""
        return self._many(request, queryset, draft=True)

    def _many(
        self, request: HttpRequest, queryset: QuerySet[Source], *, draft: bool
    ) -> HttpResponse | None:
        chosen = list(queryset.filter(draft=not draft)[: MOST_AT_ONCE + 1])
        if not chosen:
            messages.warning(
                request,
                _("All of these are drafts already.")
                if draft
                else _("All of these are published already."),
            )
            return None
        if len(chosen) > MOST_AT_ONCE:
            words = _("Choose at most %(most)s sources at once.") % {"most": MOST_AT_ONCE}
            messages.warning(request, words)
            return None
        errors: list[str] = []
        if "confirmed" in request.POST:
            errors = self._store(request, chosen, draft=draft)
            if not errors:
                return None
        return self._answer(
            request,
            "admin/projects/source/publish_many.html",
            errors,
            draft=draft,
            action="make_draft" if draft else "publish",
            chosen=[
                _Sent(source) for source in Source.objects.filter(pk__in=[one.pk for one in chosen])
            ],
        )

    def _answer(
        self, request: HttpRequest, template: str, errors: list[str], **context: Any
    ) -> HttpResponse:
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Make a draft again") if context["draft"] else _("Publish on the site"),
            "errors": errors,
            "reason": request.POST.get("reason", ""),
        }
        status = 400 if errors else 200
        return TemplateResponse(request, template, shared | context, status=status)

    def _store(self, request: HttpRequest, sources: list[Source], *, draft: bool) -> list[str]:
        """Publish all of these or make them drafts, or none and say what stands against it."""
        errors: list[str] = []
        with transaction.atomic():
            for source in sources:
                errors += self._store_one(request, source, draft=draft)
            transaction.set_rollback(bool(errors))
        if not errors:
            messages.success(request, _done(len(sources), draft=draft))
        return list(dict.fromkeys(errors))

    def _store_one(self, request: HttpRequest, source: Source, *, draft: bool) -> list[str]:
        sent, reason = request.POST, request.POST.get("reason", "")
        # A version that is not the stored one, or none at all, is refused when it is saved.
        source.version = _number(sent.get(f"version-{source.pk}", sent.get("version", "")))
        try:
            with transaction.atomic():
                if draft:
                    unpublish(source, reason=reason, user=request.user)
                else:
                    seen = set(_proposals(sent, source))
                    publish(source, reason=reason, user=request.user, seen=seen)
        except ValidationError as error:
            return error.messages
        self.log_change(request, source, [{"changed": {"fields": [str(_("draft"))]}}])
        return []


class _Sent:
    """What a form sends along of a source: its version, and what it proposes."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.proposals = [f"{code}:{other}" for code, other in sorted(proposals(proposed(source)))]


def _proposals(sent: QueryDict, source: Source) -> Iterator[Proposal]:
    """What a form says was proposed when it was opened."""
    for text in sent.getlist(f"proposal-{source.pk}"):
        code, _colon, other = text.partition(":")
        yield code, _number(other)


def _number(text: str) -> int:
    """The number that a form sent; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _not_so_many(chosen: list[Source], *, draft: bool) -> str:
    """Why these are none, or too many, to ask about."""
    if chosen:
        return gettext("Choose at most %(most)s sources at once.") % {"most": MOST_AT_ONCE}
    if draft:
        return gettext("All of these are drafts already.")
    return gettext("All of these are published already.")


def _done(count: int, *, draft: bool) -> str:
    if draft:
        words = ngettext(
            "%(count)d source was made a draft again.",
            "%(count)d sources were made drafts again.",
            count,
        )
    else:
        words = ngettext(
            "%(count)d source was published on the site.",
            "%(count)d sources were published on the site.",
            count,
        )
    return words % {"count": count}
