"""One change that can be made in any form of the admin, whatever its fields are."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model

from projects.fields import EdtfField
from tests.admin.test_pages import BUILDERS


def account(**values: Any) -> User:
    """A person who enters data."""
    number = User.objects.count()
    return User.objects.create_user(f"person-{number}", password="only for tests", **values)


def group(**values: Any) -> Group:
    """A kind of people."""
    return Group.objects.create(name=f"group-{Group.objects.count()}", **values)


BUILD = BUILDERS | {User: account, Group: group}


def versioned() -> list[type[Model]]:
    """Every model that has pages in the admin and counts its versions."""
    return [model for model in admin.site._registry if hasattr(model, "version")]


def inlines() -> list[tuple[type[Model], Any]]:
    """Every inline of the admin, with the model in whose page it is."""
    return [
        (page.model, inline) for page in admin.site._registry.values() for inline in page.inlines
    ]


def row_of(parent: Model, inline: Any) -> Model:
    """A stored row of an inline: what its model needs, built around the parent."""
    model = inline.model
    name = inline.fk_name or next(
        field.name for field in model._meta.fields if field.related_model is type(parent)
    )
    if model is type(parent):
        return BUILD[model](**{name: parent, "project": parent.project})
    if model in BUILD:
        return BUILD[model](**{name: parent})
    ends = [field for field in model._meta.fields if field.is_relation and field.name != name]
    values = {end.name: BUILD[end.related_model]() for end in ends}
    return model.objects.create(**{name: parent} | values)


def two_values(form: forms.ModelForm) -> tuple[str, str, str, str, str]:
    """A field of a form, and two values to type there, with what is shown of each."""
    for name, field in form.fields.items():
        column = next((f for f in form._meta.model._meta.fields if f.name == name), None)
        if column is None or isinstance(column, EdtfField) or field.widget.is_hidden:
            continue
        words = isinstance(field, forms.CharField) and not isinstance(field, forms.SlugField)
        if words and (field.max_length is None or field.max_length > len("second-words")):
            return name, "first-words", "first-words", "second-words", "second-words"
    for name, field in form.fields.items():
        if isinstance(field, forms.ModelChoiceField) and not field.widget.is_hidden:
            one, two = (BUILD[field.queryset.model]() for _ in range(2))
            return name, str(one.pk), str(one), str(two.pk), str(two)
    raise AssertionError(f"nothing to type in {form}")


def stored(row: Model, name: str) -> str:
    """What is stored of a field of a row, as a form sends it."""
    fresh = type(row)._base_manager.get(pk=row.pk)
    return str(fresh.serializable_value(name))
