"""The publications that a page names, numbered in the order of first use: its notes in print."""

from collections.abc import Iterator

from projects.models import Source


class Notes:
    """Gives each publication a number from 1 as it is first asked for, and remembers it."""

    def __init__(self) -> None:
        self._numbers: dict[Source, int] = {}

    def number(self, source: Source) -> int:
        """The number of a publication; the next one where it has none yet."""
        return self._numbers.setdefault(source, len(self._numbers) + 1)

    def __iter__(self) -> Iterator[Source]:
        """The publications, in the order of their numbers."""
        return iter(self._numbers)

    def __len__(self) -> int:
        """How many publications the page names so far."""
        return len(self._numbers)
