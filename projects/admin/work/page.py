"""The page itself: what is asked of it and what it answers, with and without scripts."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from projects.admin.work.article import Article
from projects.admin.work.entries import entry_of
from projects.admin.work.links import told
from projects.admin.work.panel import Panel, restated
from projects.admin.work.sitting import spelt
from projects.models import STATEMENTS, Source, Statement
from projects.models.passages import nearest_words
from projects.permissions import may, may_change
from projects.values.folded_text import Span
from projects.values.passages import find

_FORM_ALONE = "X-Work-Part"
"""The header by which the page's script asks for the form without the text."""


class WorkPage:
    """One request of an editor to the page of one source."""

    def __init__(self, request: HttpRequest, source: Source) -> None:
        self.request, self.source = request, source
        self.kinds = [kind for kind in STATEMENTS if may(request.user, "add", kind)]
        if not self.kinds or not may_change(request.user, source):
            raise PermissionDenied
        self.article = Article(source, request.session)

    def answer(self) -> HttpResponse:
        """The answer to the request; never kept by a cache, as it holds a full text."""
        response = self._posted() if self.request.method == "POST" else self._asked()
        add_never_cache_headers(response)
        return response

    def _asked(self) -> HttpResponse:
        asked = self.request.GET
        if asked.get("words"):
            return self._found(asked["words"])
        span = self._asked_span()
        if span is None and self.article.todo:
            span = self.article.todo[0].span
        if span is None:
            return self._page(None)
        return self._page(self._panel(span, self._kind(asked.get("kind", ""))))

    def _asked_span(self) -> Span | None:
        asked = self.request.GET
        if "passage" not in asked:
            return None
        if asked.get("text", self.article.digest) != self.article.digest:
            messages.warning(self.request, _("The text was changed since: choose a passage anew."))
            return None
        span = self.article.span(asked["passage"])
        if span is None:
            messages.warning(
                self.request,
                _("That is no passage of this text of up to 500 characters: choose another one."),
            )
        return span

    def _found(self, words: str) -> HttpResponse:
        """Lead to the first place where words stand."""
        passage = find(words[:500], self.article.text)
        if passage is None:
            messages.warning(
                self.request,
                _("“%(words)s” does not occur in the full text of the source. %(nearest)s")
                % {"words": words[:100], "nearest": nearest_words(words[:500], self.article.text)},
            )
            return HttpResponseRedirect(self.request.path)
        return self._lead_to(Span(passage.start, passage.end))

    def _posted(self) -> HttpResponse:
        sent = self.request.POST
        span = self.article.span(sent.get("passage", ""))
        if "_again" in sent:
            self.article.sitting.take_up()
            return self._go_on(0)
        if sent.get("text") != self.article.digest:
            return self._changed()
        if "_skip" in sent and span is not None:
            self.article.sitting.skip(span)
            return self._go_on(span.end)
        if "_kind" in sent or "_restates" in sent:
            typed = sent.copy()
            for name, value in restated(sent.get("_restates", "")).items():
                typed[name] = value
            kind = self._kind(sent.get("_kind", "")) or self._kind(sent.get("kind", ""))
            return self._page(self._panel(span, kind, typed))
        return self._save(span)

    def _changed(self) -> HttpResponse:
        """Nothing is saved on a text that the editor has not seen; what was typed stays."""
        messages.error(
            self.request,
            _(
                "Nothing was saved: the text of the source was changed since. What you typed is "
                "still here; see whether it fits the text as it is now, and save again."
            ),
        )
        kind = self._kind(self.request.POST.get("kind", ""))
        words = find(self.request.POST.get("as_written", ""), self.article.text)
        span = Span(words.start, words.end) if words else None
        return self._page(self._panel(span, kind, self.request.POST), status=409)

    def _save(self, span: Span | None) -> HttpResponse:
        kind = self._kind(self.request.POST.get("kind", ""))
        if kind is None:
            messages.error(
                self.request, _("Nothing was saved: choose what kind of statement it is.")
            )
            return self._page(self._panel(span, None, self.request.POST), status=400)
        before = self._stored(kind)
        if before is not None:
            return self._said_already(span, before)
        entry = entry_of(kind)(self.request, self.source, kind, data=self.request.POST)
        try:
            saved = entry.save()
        except (IntegrityError, DataError):
            before = self._stored(kind)
            if before is not None:
                return self._said_already(span, before)
            messages.error(
                self.request,
                _("Nothing was saved: it does not fit what is stored by now. Please try again."),
            )
            return self._page(self._panel(span, kind, self.request.POST), status=409)
        if saved is None:
            panel = Panel.refused(self.request, self.article, self.kinds, entry, span)
            return self._page(panel, status=400)
        if span is not None:
            self.article.sitting.enter(span, saved.key)
        messages.success(self.request, told(_("Saved: {}."), saved))
        return self._go_on(span.end if span else 0)

    def _stored(self, kind: type[Statement]) -> Statement | None:
        """The statement that this very form has stored before."""
        key = self.request.POST.get("key", "")
        if not key or "\0" in key:  # PostgreSQL takes no NUL, and the form refuses it
            return None
        found: Statement | None = kind._default_manager.filter(key=key, source=self.source).first()
        return found

    def _said_already(self, span: Span | None, statement: Statement) -> HttpResponse:
        messages.info(self.request, told(_("This was saved already: {}."), statement))
        return self._go_on(span.end if span else 0)

    def _go_on(self, place: int) -> HttpResponse:
        """Lead to the next passage to do, seen with what is stored by now."""
        article = Article(self.source, self.request.session)
        following = article.next_after(place)
        return self._lead_to(following.span if following else None)

    def _lead_to(self, span: Span | None) -> HttpResponse:
        asked = f"?passage={spelt(span)}&text={self.article.digest}" if span else ""
        return HttpResponseRedirect(f"{self.request.path}{asked}#work-heading")

    def _panel(self, span: Span | None, kind: type[Statement] | None, typed: Any = None) -> Panel:
        return Panel(self.request, self.article, self.kinds, span, kind, typed)

    def _kind(self, name: str) -> type[Statement] | None:
        found = (kind for kind in self.kinds if kind.kind_of_statement == name)
        return next(found, None)

    def _page(self, panel: Panel | None, status: int = 200) -> HttpResponse:
        alone = self.request.headers.get(_FORM_ALONE) == "form"
        context: dict[str, Any] = {"panel": panel, "article": self.article, "source": self.source}
        # The frame of a whole page shows what is to be told; the form alone has to do it itself.
        context |= {"told": messages.get_messages(self.request)} if alone else self._around(panel)
        name = "form" if alone else "page"
        return TemplateResponse(
            self.request, f"admin/projects/work/{name}.html", context, status=status
        )

    def _around(self, panel: Panel | None) -> dict[str, Any]:
        """What the whole page shows besides the form."""
        span = panel.span if panel else None
        media = [admin.site.get_model_admin(kind).media for kind in self.kinds]
        forms = [form.media for form in panel.entry.forms] if panel else []
        return {
            **admin.site.each_context(self.request),
            "title": _("Work on: %(source)s") % {"source": self.source},
            "opts": Source._meta,
            "is_nav_sidebar_enabled": False,  # the text needs the room
            "media": sum(forms, start=sum(media[1:], start=media[0])),
            "paragraphs": self.article.paragraphs(span),
            "left": {"done": len(self.article.done), "all": len(self.article.passages)},
        }
