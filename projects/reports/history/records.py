"""Changes of records of any model: which there are, and how one is called."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model

from projects.models import Named, Source, Statement
from projects.reports.history import Kind


@dataclass(frozen=True)
class RecordChange:
    """One change of a record, which may be gone by now."""

    model: type[Model]
    pk: int
    name: str
    when: datetime
    who: str
    why: str
    kind: Kind

    @property
    def model_name(self) -> str:
        """What a record of this model is called, in the page's language."""
        return str(self.model._meta.verbose_name)


def record_models() -> tuple[type[Any], ...]:
    """The models whose rows have a page and a history of their own; links go with theirs."""
    models = apps.get_app_config("projects").get_models()
    return tuple(model for model in models if issubclass(model, Named | Statement | Source))
