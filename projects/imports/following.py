"""What follows from the rows of an import, recomputed in its transaction."""

from collections.abc import Mapping
from typing import Any


def derive_from(written: Mapping[type[Any], list[int]]) -> None:
    """Recompute what follows from rows that were written or deleted, by model and id.

    Nothing that is stored follows from others yet but the text that is searched, which is written
    with its row.
    """
