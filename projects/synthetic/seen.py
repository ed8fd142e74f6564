"""From when made-up entities are there: the first day on which anything is said of them."""

from collections.abc import Mapping
from datetime import date

from projects.models.base import NOTHING_SAID


class Seen(dict[int, date | None]):
    """By the ids of entities of one table, the first day; none where only drafts speak."""

    def say(self, entity: int, day: date | None) -> None:
        """Something is said of an entity, out on this day or not at all."""
        before = self.get(entity)
        if before is None or (day is not None and day < before):
            self[entity] = day

    def join(self, other: Mapping[int, date | None]) -> None:
        """All of this is said as well."""
        for entity, day in other.items():
            self.say(entity, day)

    def day(self, entity: int) -> date | None:
        """As it is stored."""
        return self.get(entity, NOTHING_SAID)
