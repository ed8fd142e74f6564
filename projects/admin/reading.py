"""The preview beside a field of words: what they are read as, before anything is saved."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from projects.admin.words import ANY_YEAR, Reading, as_kind, read_figure, read_money, read_when
from projects.models import Indicator, Source
from projects.permissions import may_enter


class Asked(forms.Form):
    """Words, and what they are seen from: a source or an indicator where the form has such a field.

    `unit` is a currency, or that of an indicator which is not stored yet.
    """

    kind = forms.ChoiceField(
        label=_("kind"), choices=[(kind, kind) for kind in ("amount", "date", "period")]
    )
    words = forms.CharField(label=_("words"), max_length=500, required=False)
    unit = forms.CharField(label=_("unit"), max_length=20, required=False)
    indicator = forms.ModelChoiceField(
        Indicator.objects.all(), label=_("indicator"), required=False
    )
    source = forms.ModelChoiceField(
        Source.objects.defer("full_text"), label=_("source"), required=False
    )
    counted_from = forms.DateField(label=_("counted from"), required=False)

    def reading(self) -> Reading | None:
        """What the words are read as, or why not; None where there are none."""
        asked = self.cleaned_data
        if not asked["words"]:
            return None
        try:
            return Reading(self._amount() if asked["kind"] == "amount" else self._when())
        except ValidationError as error:
            return Reading(message=" ".join(error.messages))

    def _amount(self) -> Any:
        words, unit = self.cleaned_data["words"], self.cleaned_data["unit"]
        if "indicator" not in self.data:
            return read_money(words, unit or "CNY")
        indicator = self.cleaned_data["indicator"]
        return read_figure(words, unit or (indicator.unit if indicator else ""))

    def _when(self) -> Any:
        source = self.cleaned_data["source"]
        said_on = source.when if source else None if "source" in self.data else ANY_YEAR
        words, counted_from = self.cleaned_data["words"], self.cleaned_data["counted_from"]
        return as_kind(read_when(words, said_on, counted_from), self.cleaned_data["kind"])


@require_safe
def read_words(request: HttpRequest) -> HttpResponse:
    """A piece of a page that says what words are read as, for those who enter data."""
    if not may_enter(request.user):
        raise PermissionDenied
    asked = Asked(request.GET)
    status = 200 if asked.is_valid() else 400
    reading = asked.reading() if asked.is_valid() else Reading(message=_complaint(asked))
    response = render(
        request, "admin/projects/parts/reading.html", {"reading": reading}, status=status
    )
    response["Cache-Control"] = "no-store"
    return response


def _complaint(asked: Asked) -> str:
    """Which parameters cannot be read, and why."""
    return " ".join(
        f"{asked[name].label}: {error}" for name, errors in asked.errors.items() for error in errors
    )
