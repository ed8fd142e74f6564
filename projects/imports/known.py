"""The rows that others name, each read once: those stored, and those that came in before."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

CHUNK = 500
"""How many rows are asked for at a time; SQLite takes no more than 999 values on old versions."""

Model = type[Any]


def key_name(model: Model) -> str:
    """The field by which rows of a model are named."""
    return "key" if hasattr(model, "kind_of_statement") else "slug"


def in_chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """The values, some at a time."""
    listed = list(values)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


class Known:
    """Rows by model and key; those refused here are remembered, for a message that says so."""

    def __init__(self) -> None:
        self._rows: dict[Model, dict[str, Any]] = defaultdict(dict)
        self.refused: set[tuple[Model, str]] = set()

    def load(self, model: Model, keys: Iterable[str]) -> None:
        """Read the rows of these keys that are not known yet."""
        name, known = key_name(model), self._rows[model]
        for chunk in in_chunks(sorted(set(keys) - set(known) - {""})):
            rows = model._default_manager.filter(**{f"{name}__in": chunk}).order_by()
            if name == "slug" and model.__name__ == "Source":
                rows = rows.defer("full_text")
            known.update((getattr(row, name), row) for row in rows)

    def find(self, model: Model, key: str) -> Any | None:
        """The row of a key, None where there is none."""
        return self._rows[model].get(key)

    def add(self, row: Any) -> None:
        """Let others name a row that was just stored."""
        self._rows[type(row)][row.natural_key()[0]] = row
