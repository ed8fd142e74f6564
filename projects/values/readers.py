"""Who reads: the day that is asked and the rivals that are preferred."""

from dataclasses import dataclass, replace
from datetime import date

INVESTMENT, MILESTONE_DATE = "investment", "milestone-date"
"""The kinds of statement on which it rests what else is derived: what counts, and how far it is."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of the site: today's date, the as-of day if one is asked, and preferred statements.

    `prefer` holds pairs of a statement's kind (as in addresses, such as `investment`) and its id.
    """

    today: date
    as_of: date | None = None
    prefer: frozenset[tuple[str, int]] = frozenset()

    @property
    def day(self) -> date:
        """The day on which overdue, silence and verdicts are judged."""
        return self.as_of or self.today

    @property
    def plain(self) -> bool:
        """Whether what is stored answers all: it is derived for readers who prefer nothing."""
        return not self.prefer

    def stored(self, *kinds: str) -> bool:
        """Whether what is stored answers what rests on which statements of these kinds stand.

        It does unless one of them is preferred. Without kinds it is asked what rests on none: what
        is out, what is there, and who reported last.
        """
        return not any(name in ("", *kinds) for name, _number in self.prefer)

    @property
    def by_definition(self) -> "Reader":
        """The same reader, for whom all is chosen when it is asked: it prefers what does not exist.

        By this what is stored is proved.
        """
        return replace(self, prefer=self.prefer | {("", 0)})

    @property
    def asked(self) -> tuple[object, ...]:
        """All that tells this reader from others, in one order, to remember by."""
        return (self.today, self.as_of, *sorted(self.prefer))

    def preferred(self, kind: str) -> list[int]:
        """The ids of the preferred statements of one kind."""
        return sorted(number for name, number in self.prefer if name == kind)
