"""The form of a statement on the working page: that of the admin, with its source fixed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import ModelForm, inlineformset_factory
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from projects.admin.formsets import InvestorsFormSet
from projects.admin.widgets import SafeAutocompleteSelectMultiple, may_be_id
from projects.models import (
    Investment,
    InvestmentOrganization,
    Named,
    Organization,
    Source,
    Statement,
)

GROUP = ("restates", "restates_how", "proposed")
_INVESTOR = InvestmentOrganization._meta.get_field("organization")
_Investors = inlineformset_factory(
    Investment, InvestmentOrganization, formset=InvestorsFormSet, fields=["organization"], extra=0
)


class EnteredWithWrapper(RelatedFieldWidgetWrapper):
    """A choice beside which what is missing is added, as entered with the source."""

    source_id: int

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["url_params"] += f"&entered_with={self.source_id}"
        return context


class ChosenField(forms.ModelMultipleChoiceField):
    """A choice of several rows; what is no id is refused before the database is asked."""

    def clean(self, value: Any) -> Any:
        for text in value or ():
            if not may_be_id(str(text)):
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], params={"pk": str(text)[:20]}
                )
        return super().clean(value)


class InvestorsForm(forms.Form):
    """Who puts an investment in: all of them in one choice by search."""

    investors = ChosenField(
        Organization.objects.all(),
        label=_("organizations"),
        required=False,
        widget=SafeAutocompleteSelectMultiple(_INVESTOR, admin.site),
    )

    def links(self, investment: Investment) -> Any:
        """The rows that the admin's own form would have: with its checks."""
        chosen = self.cleaned_data["investors"]
        data = {"TOTAL_FORMS": str(len(chosen)), "INITIAL_FORMS": "0"}
        data |= {f"{number}-organization": str(one.pk) for number, one in enumerate(chosen)}
        sent = QueryDict(mutable=True)
        sent.update({f"links-{name}": value for name, value in data.items()})
        return _Investors(sent, instance=investment, prefix="links")


def statement_form(request: HttpRequest, source: Source, kind: type[Statement]) -> type[ModelForm]:
    """The admin's own form of a kind of statement, made for one source."""
    page = admin.site.get_model_admin(kind)
    fields = flatten_fieldsets(page.get_fieldsets(request))
    fields += [name for name in GROUP if name not in fields]
    form: type[ModelForm] = page.get_form(request, None, fields=fields)
    # Whatever is sent: a field put out of use keeps what it began with.
    form.base_fields["source"].disabled = True
    form.base_fields["key"].widget = forms.HiddenInput()
    for field in form.base_fields.values():
        enter_with(field, source)
    return form


def enter_with(field: forms.Field, source: Source) -> None:
    """Have what is added beside a field entered with the source, and leave the other ways out."""
    widget: Any = field.widget
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget.__class__ = EnteredWithWrapper
        vars(widget)["source_id"] = source.pk
        # What is there already is changed in its own form: here one only goes on.
        widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        widget.can_add_related = widget.can_add_related and issubclass(widget.rel.model, Named)
