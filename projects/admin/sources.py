"""Data entry of publications, and publishing them on the site."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from projects.admin.base import INFERRED, EntityAdmin, FieldSets
from projects.admin.work.addresses import WorkAdmin
from projects.languages import page_language
from projects.models import Source, Statement
from projects.reports.passages import marked, quote
from projects.reports.provenance import all_said_by


@admin.register(Source)
class SourceAdmin(WorkAdmin, EntityAdmin):
    """Publications."""

    list_display = ["title", "outlet", "kind", "published_in_words", "draft", "slug"]
    list_filter = ["draft", "kind", INFERRED]
    search_fields = ["slug", "title", "outlet", "author"]
    actions = ["publish", "make_draft"]
    readonly_fields = ["passages"]

    class Media:
        css = {"all": ["css/passages.css"]}

    def get_fieldsets(self, request: HttpRequest, obj: Source | None = None) -> FieldSets:
        """The full text only for those who may change it, and its passages where there are any."""
        text = ["full_text", "passages"] if obj and obj.full_text.strip() else ["full_text"]
        may_see = obj is None or self.has_change_permission(request, obj)
        facts = ["title", "slug", "kind", "outlet", "author", "published", "inferred"]
        return [
            (None, {"fields": facts}),
            (_("Where it is found"), {"fields": ["address", "archive_address", "accessed_on"]}),
            *([(_("full text"), {"fields": text, "classes": ["collapse"]})] if may_see else []),
            (_("On the site"), {"fields": ["draft"]}),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        # Long, and no list shows it; the form asks for that of its own row.
        return super().get_queryset(request).defer("full_text")

    @admin.display(description=_("passages"))
    def passages(self, source: Source) -> SafeString:
        """The full text, with the words of its statements leading to their forms."""
        statements = [
            quote(statement, number, source.full_text)
            for number, statement in enumerate(all_said_by(source), 1)
        ]
        pieces = marked(source.full_text, statements, _form_of)
        return render_to_string("components/marked.html", {"pieces": pieces})

    @admin.display(description=_("published"), ordering="published_latest")
    def published_in_words(self, source: Source) -> str:
        """The date of publication with its bounds."""
        return source.when.format(page_language())

    @admin.action(description=_("Publish on the site"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        """Show the chosen sources and all they state on the site."""
        changed = self._set_draft(request, queryset, draft=False)
        messages.success(
            request,
            ngettext(
                "%(count)d source was published on the site.",
                "%(count)d sources were published on the site.",
                changed,
            )
            % {"count": changed},
        )

    @admin.action(description=_("Make a draft again"), permissions=["change"])
    def make_draft(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        """Take the chosen sources and all they state off the site."""
        changed = self._set_draft(request, queryset, draft=True)
        messages.success(
            request,
            ngettext(
                "%(count)d source was made a draft again.",
                "%(count)d sources were made drafts again.",
                changed,
            )
            % {"count": changed},
        )

    def _set_draft(self, request: HttpRequest, queryset: QuerySet[Source], *, draft: bool) -> int:
        """Change those that are not so yet, each with an entry in its history; say how many."""
        changed = list(queryset.filter(draft=not draft))
        for source in changed:
            source.draft = draft
            source.save(update_fields=["draft"])
            self.log_change(request, source, [{"changed": {"fields": [str(_("draft"))]}}])
        return len(changed)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Nothing for a draft: the site does not show it."""
        return None if obj is None or obj.draft else super().get_view_on_site_url(obj)


def _form_of(statement: Statement) -> str:
    """The address of a statement's form: those of a draft have no page on the site."""
    return reverse(f"admin:projects_{statement._meta.model_name}_change", args=[statement.pk])
