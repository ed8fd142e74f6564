"""Who may do what in the admin: an editor enters drafts, a publisher changes what is published."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import ForeignKey, Model
from django.forms import BaseInlineFormSet, ModelChoiceField, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from projects import permissions
from projects.models import Named, Source

FieldSets = Any
ENTERED_WITH = "entered_with"
_SAY_WITH_WHICH = _(
    "Say with which draft you enter it: it appears on the site once that is published."
)
_NO_DRAFT = _("Choose a draft: what a published source states is entered by those who publish.")


class GuardedForm(forms.ModelForm):
    """A form that refuses what its user may not store, whatever was sent."""

    user: ClassVar[Any]
    parent: Model | None = None
    """The row of whose page this form is a part."""
    locked: bool = False
    """Whether it only shows its row: then it changes nothing, so there is nothing to refuse."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self._enter_with_parent()
        if not self.errors and not self.locked and not self._may_store():
            self.add_error(*_refusal(self))

    def _enter_with_parent(self) -> None:
        """Enter a new part of a drafted entity with the source of that, where none is chosen."""
        row, source = self.instance, getattr(self.parent, ENTERED_WITH, None)
        if row.pk is None and isinstance(row, Named) and row.entered_with_id is None:
            row.entered_with = source if source is not None and source.draft else None

    def _may_store(self) -> bool:
        try:
            return permissions.may_store(self.user, self.instance)
        except ObjectDoesNotExist:
            return True  # the page's own form lacks what this part hangs on, and says so


def _refusal(form: ModelForm) -> tuple[str | None, Any]:
    """The field to which a refusal belongs, and the sentence."""
    if ENTERED_WITH in form.fields:
        return ENTERED_WITH, _SAY_WITH_WHICH
    return ("source" if "source" in form.fields else None), _NO_DRAFT


class GuardedRows(BaseInlineFormSet):
    """Rows of which those that the user may not change are shown, and refused when sent changed."""

    user: ClassVar[Any]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.parent = self.instance
        row = form.instance
        form.locked = row.pk is not None and not permissions.may_change(self.user, row)
        for field in form.fields.values() if form.locked else ():
            _lock(field)

    def clean(self) -> None:
        super().clean()
        for form in self.initial_forms:
            if any(_forged(form)):
                raise ValidationError(
                    _("“%(row)s” is published: it is changed by those who publish."),
                    params={"row": form.instance},
                )


def _lock(field: forms.Field) -> None:
    """Show a field and take nothing from it; what it refers to need be no draft."""
    field.disabled = True
    if isinstance(field, ModelChoiceField) and field.queryset is not None:
        field.queryset = field.queryset.model._default_manager.all()


def _forged(form: ModelForm) -> Iterator[bool]:
    """Whether each disabled field was sent all the same, with another value."""
    for name, field in form.fields.items():
        bound = form[name]
        if field.disabled and bound.html_name in form.data:
            sent = field.widget.value_from_datadict(form.data, form.files, bound.html_name)
            field.disabled = False
            yield field.has_changed(bound.initial, sent)
            field.disabled = True


class Guarded(BaseModelAdmin):
    """What pages and their inlines share: the sources that a user may choose."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        chosen = permissions.drafts_only(request.user)
        if field is not None and db_field.related_model is Source and chosen:
            field.queryset = Source.objects.filter(**chosen)
            field.error_messages["invalid_choice"] = _NO_DRAFT
        return field


class RolesAdmin(Guarded, admin.ModelAdmin):
    """Pages that admit to each row whom its state admits."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return permissions.may_change(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return super().has_delete_permission(request)
        return permissions.may_change(request.user, obj, "delete")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> FieldSets:
        """With the source of an entity's entry: first for those who have to name one."""
        fieldsets = super().get_fieldsets(request, obj)
        if not issubclass(self.model, Named):
            return fieldsets
        entered = [(_("Entry"), {"fields": [ENTERED_WITH]})]
        if permissions.may_publish(request.user):
            return [*fieldsets, *entered]
        return [*entered, *fieldsets]

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        own = super().get_autocomplete_fields(request)
        return [*own, ENTERED_WITH] if issubclass(self.model, Named) else own

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        field = form.base_fields.get(ENTERED_WITH)
        if field is not None and obj is None and not permissions.may_publish(request.user):
            field.required = True
            field.error_messages["required"] = _SAY_WITH_WHICH
        return _guarded(form, GuardedForm, request.user)


class RolesInline(Guarded, InlineModelAdmin):
    """Rows in the page of another one, each of which admits whom its own state admits."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = _guarded(formset.form, GuardedForm, request.user)
        return _guarded(formset, GuardedRows, request.user)


def _guarded(made: Any, guard: type, user: Any) -> Any:
    """A form or a formset that also asks what a user may."""
    return type(made.__name__, (guard, made), {"user": user})
