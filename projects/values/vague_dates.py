"""Dates that are as exact as their source: some day in a stretch, and the whole stretch."""

from dataclasses import dataclass, field
from datetime import date

from projects.values.date_format import format_date, format_period
from projects.values.edtf import Stretch, parse
from projects.values.words import Language


@dataclass(frozen=True, slots=True)
class VagueDate:
    """One day of which is known only that it lies in a stretch, written as EDTF (`2016-33`).

    Equal where the texts are equal. Raises InvalidEdtf for any form that the site does not store.
    """

    edtf: str
    stretch: Stretch = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stretch", parse(self.edtf))

    @property
    def earliest(self) -> date | None:
        """The earliest day it can be, None at an open end."""
        return self.stretch.earliest

    @property
    def latest(self) -> date | None:
        """The latest day it can be, None at an open end."""
        return self.stretch.latest

    @property
    def exact(self) -> bool:
        """Whether only one day is possible."""
        return self.earliest is not None and self.earliest == self.latest

    def format(self, language: Language) -> str:
        """Write it out with its bounds: 2016年1月至4月, by April 2020."""
        return format_date(self.stretch, language)

    def lies_within(self, other: "VagueDate") -> bool:
        """Whether every day possible here is possible for `other`; open ends are unbounded."""
        return self.stretch.lies_within(other.stretch)

    def agrees_with(self, other: "VagueDate") -> bool:
        """Whether one of the two lies within the other, so that both can be said of one day."""
        return self.lies_within(other) or other.lies_within(self)

    def overlaps(self, other: "VagueDate") -> bool:
        """Whether some day is possible for both."""
        return self.stretch.overlaps(other.stretch)


@dataclass(frozen=True, slots=True)
class Period:
    """A whole stretch of days, written as EDTF: `2022` is all of the year, not some day in it.

    Equal where the texts are equal. Raises InvalidEdtf for any form that the site does not store.
    """

    edtf: str
    stretch: Stretch = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stretch", parse(self.edtf))

    @property
    def earliest(self) -> date | None:
        """The first day, None where it has no stated beginning."""
        return self.stretch.earliest

    @property
    def latest(self) -> date | None:
        """The last day, None where it has no stated end."""
        return self.stretch.latest

    def format(self, language: Language) -> str:
        """Write it out with its bounds: 2022年1月至7月, up to April 2020."""
        return format_period(self.stretch, language)

    def same_as(self, other: "Period") -> bool:
        """Whether both have the same first and last day, however they are written."""
        return (self.earliest, self.latest) == (other.earliest, other.latest)
