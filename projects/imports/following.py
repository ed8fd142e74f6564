"""What follows from the rows of an import, derived once: from how they were and how they are."""

from array import array
from collections.abc import Collection, Iterator
from typing import Any

_STRETCH = 100
"""From how many rows with ids in a row on these are asked for by the first and the last."""


class Following:
    """Collects the rows that are written, for `deriving_together`."""

    def __init__(self, reach: Any) -> None:
        self.reach = reach
        self._written: dict[type[Any], array[int]] = {}

    def before(self, model: type[Any], ids: Collection[int]) -> None:
        """Look at rows that are about to be changed or deleted."""
        self.reach.add({model: ids})

    def after(self, model: type[Any], ids: Collection[int]) -> None:
        """Remember rows that were written, to look at all of them together."""
        self._written.setdefault(model, array("q")).extend(ids)

    def finish(self) -> None:
        """Look at the rows that were written."""
        for model, ids in self._written.items():
            single: list[int] = []
            for stretch in stretches(sorted(ids)):
                if len(stretch) < _STRETCH:
                    single += stretch
                else:
                    self.reach.add({model: stretch})
            self.reach.add({model: single})


def stretches(ids: list[int]) -> Iterator[range]:
    """Ids in order as stretches without a gap."""
    start = 0
    for place in range(1, len(ids) + 1):
        if place == len(ids) or ids[place] > ids[place - 1] + 1:
            yield range(ids[start], ids[place - 1] + 1)
            start = place
