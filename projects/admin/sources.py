"""Data entry of publications, and publishing them on the site."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from projects import permissions
from projects.admin.base import INFERRED, EntityAdmin, FieldSets
from projects.admin.publishing import PublishingAdmin
from projects.admin.work.addresses import WorkAdmin
from projects.languages import page_language
from projects.models import Source
from projects.reports.passages import marked, quote
from projects.reports.provenance import all_said_by
from projects.templatetags.cooperation import form_of


@admin.register(Source)
class SourceAdmin(PublishingAdmin, WorkAdmin, EntityAdmin):
    """Publications."""

    list_display = ["title", "outlet", "kind", "published_in_words", "draft", "slug"]
    list_filter = ["draft", "kind", INFERRED]
    search_fields = ["slug", "title", "outlet", "author"]
    readonly_fields = ["passages", "state"]

    class Media:
        css = {"all": ["css/passages.css"]}

    def get_fieldsets(self, request: HttpRequest, obj: Source | None = None) -> FieldSets:
        """The full text only for those who may change it, and its passages where there are any."""
        text = ["full_text", "passages"] if obj and obj.full_text.strip() else ["full_text"]
        may_see = obj is None or self.has_change_permission(request)
        facts = ["title", "slug", "kind", "outlet", "author", "published", "inferred"]
        return [
            (None, {"fields": facts}),
            (_("Where it is found"), {"fields": ["address", "archive_address", "accessed_on"]}),
            *([(_("full text"), {"fields": text, "classes": ["collapse"]})] if may_see else []),
            (_("On the site"), {"fields": ["state"]}),
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Source], search_term: str
    ) -> tuple[QuerySet[Source], bool]:
        """In the boxes where a source is chosen, those that the account may choose."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(**permissions.drafts_only(request.user))
        return super().get_search_results(request, queryset, search_term)

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
        pieces = marked(source.full_text, statements, form_of)
        return render_to_string("components/marked.html", {"pieces": pieces})

    @admin.display(description=_("published"), ordering="published_latest")
    def published_in_words(self, source: Source) -> str:
        """The date of publication with its bounds."""
        return source.when.format(page_language())

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Nothing for a draft: the site does not show it."""
        return None if obj is None or obj.draft else super().get_view_on_site_url(obj)
