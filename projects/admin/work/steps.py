"""The step of a milestone date: found by its project and kind, or made along with the date."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from projects.models import Milestone, MilestoneKind, Project, Source

PREFIX = "step"
FIELDS = ("project", "agreement", "kind", "name_zh", "name_en")
_LANGUAGES = {"name_zh": "zh-hans", "name_en": "en"}


class NewStep(forms.ModelForm):
    """A step with the names that it gets where there is none of its kind yet."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    """What the names were shown for: they are confirmed, not made up while saving."""

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.entered_with = source
        self.fields["kind"].required = False
        self.fields["kind"].label = _("Step")
        self.fields["name_zh"].label = _("Name of the new step in Chinese")
        self.fields["name_en"].label = _("Name of the new step in English")

    def clean(self) -> dict[str, Any]:
        super().clean()
        kind, subject = self.cleaned_data.get("kind"), self.subject()
        if subject is None:
            raise forms.ValidationError(_("Choose the project or the agreement whose step it is."))
        if not kind:
            raise forms.ValidationError({"kind": _("Choose the step.")})
        if self.cleaned_data.get("shown") != _shown_for(subject, kind):
            raise forms.ValidationError(
                _("This step is new: look at the names it gets, and save once more.")
            )
        return self.cleaned_data

    def subject(self) -> Any:
        """The project or agreement, as far as one is chosen."""
        return self.cleaned_data.get("project") or self.cleaned_data.get("agreement")

    def save(self, commit: bool = True) -> Milestone:
        self.instance.slug = _free_slug(self.subject().slug, self.cleaned_data["kind"])
        made: Milestone = super().save(commit)
        return made


def names_of(kind: str, subject: Model | None) -> dict[str, str]:
    """The names that a new step gets, and what they are shown for."""
    if subject is None or kind not in MilestoneKind.values:
        return {}
    names: dict[str, str] = {}
    for name, language in _LANGUAGES.items():
        with override(language):
            names[name] = _capital(str(MilestoneKind(kind).label))
    if kind == MilestoneKind.OTHER:
        names = dict.fromkeys(names, "")
    return names | {"shown": _shown_for(subject, kind)}


def existing(subject: Model | None, kind: str) -> list[Milestone]:
    """The steps of a project or agreement of one kind."""
    if subject is None or not kind:
        return []
    relation = "project" if isinstance(subject, Project) else "agreement"
    return list(Milestone.objects.filter(**{relation: subject}, kind=kind))


def form_class(request: Any) -> type[NewStep]:
    """The form with the fields of the admin's own, its searches included."""
    page = admin.site.get_model_admin(Milestone)
    made: Any = page.get_form(request, None, form=NewStep, fields=FIELDS)
    return cast(type[NewStep], made)


def _shown_for(subject: Model, kind: str) -> str:
    return f"{subject._meta.model_name}-{subject.pk}-{kind}"


def _free_slug(subject: str, kind: str) -> str:
    """A slug that no step has yet."""
    wanted = f"{subject[:80]}-{kind.replace('_', '-')}"
    taken = set(Milestone.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbers = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbers) if slug not in taken)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
