"""Columns that follow from others: the days of a vague date, the text searched, what is derived."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import get_language

from projects.values.dates import InvalidEdtf, VagueDate
from projects.values.search_words import search_lines


class EdtfField(models.CharField):
    """An EDTF text; `<name>_earliest` and `<name>_latest` beside it are computed from it.

    The bounds are set when the model is validated and when it is saved, as `ImageField` does with
    its width and height. A raw load (fixtures) states them itself.
    """

    # Django cleans no value that a field calls empty, and the days of a text taken away would stay.
    empty_values = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        text: str = super().clean(value, model_instance)
        try:
            if text:
                VagueDate(text)
        except InvalidEdtf as error:
            raise ValidationError(
                error.message(get_language() or "zh-hans"), code="invalid"
            ) from None
        if model_instance is not None:
            self._set_bounds(model_instance, text)
        return text

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text: str = super().pre_save(model_instance, add)
        self._set_bounds(model_instance, text)
        return text

    def _set_bounds(self, model_instance: models.Model, text: str) -> None:
        when = VagueDate(text) if text else None
        setattr(model_instance, f"{self.name}_earliest", when and when.earliest)
        setattr(model_instance, f"{self.name}_latest", when and when.latest)


class SearchText(DeferredAttribute):
    """Reads as the other columns of the instance say now; what is assigned is dropped."""

    field: "SearchTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        return search_lines(getattr(instance, column) for column in self.field.columns)

    def __set__(self, instance: models.Model, value: str) -> None:
        # A column that is not in the instance counts as not loaded, and would not be saved.
        instance.__dict__[self.field.attname] = ""


class SearchTextField(models.TextField):
    """Other columns in the one spelling that is searched, as `search_lines` puts them together.

    Alike on both databases, as neither of them knows widths, marks, and (SQLite) letters beyond
    ASCII. Computed whenever an instance is written, so also by loaddata, by `bulk_create` and in
    migrations. `QuerySet.update` of one of the columns passes it by, and so do `bulk_update`,
    `save(update_fields=…)` and rows loaded by `only` that leave it out: nothing here may do that to
    a name, and tests/models/test_search_text.py looks.
    """

    descriptor_class = SearchText

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        self.columns = columns
        super().__init__(
            **kwargs | {"blank": True, "default": "", "editable": False, "serialize": False}
        )

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        # `update_or_create` also writes the fields that have a `pre_save` of their own.
        text: str = super().pre_save(model_instance, add)
        return text

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        for fixed in ("blank", "default", "editable", "serialize"):
            kwargs.pop(fixed, None)
        return name, path, self.columns, kwargs


class DerivedField(models.Field):
    """A column that follows from other rows: whoever writes those derives it anew.

    A save writes what the column holds, not what the instance was read with, which may be old by
    then. Nobody edits it, and it is in no history and in no dump.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"editable": False, "serialize": False})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return super().pre_save(model_instance, add) if add else F(self.attname)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("editable", "serialize"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs


class DerivedDateField(DerivedField, models.DateField):
    """A derived day, or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"null": True, "blank": True})


class DerivedTextField(DerivedField, models.CharField):
    """A derived code, or an empty text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"blank": True, "default": ""})


class DerivedNumberField(DerivedField, models.BigIntegerField):
    """A derived number, or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"null": True, "blank": True})


class DerivedReference(DerivedField, models.ForeignKey):
    """A derived row of a table, or none; neither the database nor Django checks it."""

    def __init__(self, to: Any, on_delete: Any = models.DO_NOTHING, **kwargs: Any) -> None:
        fixed = {"null": True, "blank": True, "db_constraint": False, "related_name": "+"}
        super().__init__(to, on_delete, **kwargs | fixed)
