"""Loads fixtures as Django does, and derives what follows from them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.core.management.commands import loaddata
from django.db.models import Model

from projects.models import Derivation, derive
from projects.models.known import Known


class Command(loaddata.Command):
    """Rows are loaded as they are, past `save`: nothing else would derive anything."""

    def loaddata(self, fixture_labels: Sequence[str]) -> None:
        """In the transaction of the caller."""
        self.loaded: dict[type[Model], set[int]] = defaultdict(set)
        super().loaddata(fixture_labels)
        derive(self.loaded)

    def save_obj(self, obj: Any) -> bool:
        if isinstance(obj.object, Derivation | Known):
            return False  # of a dump that took along what is derived
        saved: bool = super().save_obj(obj)
        if saved:
            self.loaded[type(obj.object)].add(obj.object.pk)
        return saved
