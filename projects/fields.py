"""The column of a vague date: an EDTF text that keeps its first and last day beside it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language

from projects.values.dates import InvalidEdtf, VagueDate


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
