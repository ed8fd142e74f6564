"""Reading the words of a date: what they say, seen from the day of the publication."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NoReturn

from projects.values import date_phrases as phrases
from projects.values.date_words import FLAGS, LAST_DAY, Said, read_count, say, say_bare_day
from projects.values.edtf import InvalidEdtf, days_in, parse
from projects.values.vague_dates import VagueDate
from projects.values.words import UnreadableWords, fold

LONGEST = 100
_SHOWN = 40
_BLANK_BESIDE_CHINESE = re.compile(r"(?<=[〇一-鿿]) | (?=[〇一-鿿])")
_NUMBER = re.compile("[0-9]{1,2}")
_PHRASE = re.compile(phrases.PHRASE, FLAGS)


def read_date(words: str, said_on: date | VagueDate, counted_from: date | None = None) -> VagueDate:
    """Read the words of one date, and nothing else, as the table of words of the method page says.

    `said_on` is the publication's day, from which words without a year are seen. `counted_from` is
    the day from which 三年内 counts, else the publication's. Raises UnreadableWords, which names
    the part, where words are left over, have no rule, or leave the day, month or year open.
    """
    if isinstance(said_on, VagueDate):
        first, last = said_on.earliest, said_on.latest
    else:
        first = last = date(said_on.year, said_on.month, said_on.day)
    return _Reading(words, first, last, counted_from).read()


def shift_months(day: date, months: int) -> date:
    """The same day so many months on, the month's last where it has none; ValueError after 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"No year {year}.")
    return date(year, month + 1, min(day.day, days_in(year, month + 1)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading: the words, the publication's first and last day, the day to count from."""

    words: str
    first: date | None
    last: date | None
    counted_from: date | None

    def read(self) -> VagueDate:
        text = _BLANK_BESIDE_CHINESE.sub("", fold(self.words))
        if len(text) > LONGEST:
            self.refuse(text[:_SHOWN] + "…")
        for reading in (self._counted, self._point, self._bounded, self._range):
            if found := reading(text):
                return found
        self.refuse(_unread_part(text))

    def refuse(self, part: str) -> NoReturn:
        """Refuse the words because of this part."""
        shown = self.words if len(self.words) <= LONGEST else self.words[:LONGEST] + "…"
        raise UnreadableWords(shown, part)

    def _counted(self, text: str) -> VagueDate | None:
        for pattern in phrases.COUNTED:
            if match := pattern.fullmatch(text):
                return self._count(match)
        return None

    def _count(self, match: re.Match[str]) -> VagueDate:
        """From the first count to the last, or from the day itself to the only count."""
        given = match.groupdict()
        first, last = self.counted_from or self.first, self.counted_from or self.last
        low, high = given.get("low"), given.get("high")
        step = 1 if given.get("unit") in ("个月", "month") else 12
        numbers = [read_count(low) * step if low else 6]
        numbers = [*numbers, read_count(high) * step] if high else [0, *numbers]
        if first is None or last is None or numbers[0] >= numbers[1]:
            self.refuse(match[0])
        try:
            start, end = shift_months(first, numbers[0]), shift_months(last, numbers[1])
        except ValueError:
            self.refuse(match[0])
        return VagueDate(f"{start.isoformat()}/{end.isoformat()}")

    def _point(self, text: str) -> VagueDate | None:
        said = say(text) or say(phrases.LEAD.sub("", text, count=1))
        return self._between(*self._ends(said), said.words) if said else None

    def _bounded(self, text: str) -> VagueDate | None:
        if match := phrases.UP_TO.fullmatch(text):
            said = say(match["point"])
            return self._up_to(said) if said else None
        if match := phrases.UP_TO_THE_END.fullmatch(text):
            said = say(match["point"] or match["en_point"])
            return self._up_to(said) if said and said.ends else None
        if match := phrases.FROM.fullmatch(text):
            said = say(match["point"] or match["on_point"] or match["en_point"])
            return VagueDate(f"{self._ends(said)[0]}/..") if said else None
        return None

    def _up_to(self, said: Said) -> VagueDate:
        """Open before; a bound looks ahead, so a bare date behind the publication is refused."""
        bare = said.months is not None and not said.has_year
        if bare:
            said = replace(said, year=self._year_seen(said))
        start, end = self._ends(said)
        latest = parse(end).latest
        if bare and latest and self.last and latest < self.last:
            self.refuse(said.words)
        return VagueDate(f"../{end}" if start == end or not latest else f"../{latest.isoformat()}")

    def _range(self, text: str) -> VagueDate | None:
        match = phrases.RANGE.fullmatch(text)
        if match is None:
            return None
        for left, right in _sides(match["range"]):
            start = self._ends(left)[0]
            if not right.has_year:
                if not left.has_year and right.months and not right.days:
                    self._year(right)
                right = _after(start, right)
            return self._between(start, self._ends(right)[1], text)
        return None

    def _between(self, start: str, end: str, words: str) -> VagueDate:
        try:
            return VagueDate(start if start == end else f"{start}/{end}")
        except InvalidEdtf:
            self.refuse(words)

    def _ends(self, said: Said) -> tuple[str, str]:
        """The EDTF texts of the first and the last part of what is said; refused if impossible."""
        start, end = self._day_seen(said) if said.days_on is not None else self._dated(said)
        for text in (start, end):
            self._between(text, text, said.words)
        return start, end

    def _dated(self, said: Said) -> tuple[str, str]:
        if said.months_on is not None:
            year, month = self._month_seen(said)
            return _days_of(year, month, said.days)
        year = self._year(said)
        if said.codes:
            return f"{year:04d}-{said.codes[0]}", f"{year:04d}-{said.codes[1]}"
        if said.months is None:
            return f"{year:04d}", f"{said.last_year or year:04d}"
        if not all(1 <= month <= 12 for month in said.months) or not MINYEAR <= year <= MAXYEAR:
            self.refuse(said.words)
        if said.days:
            return _days_of(year, said.months[0], said.days)
        return f"{year:04d}-{said.months[0]:02d}", f"{year:04d}-{said.months[1]:02d}"

    def _year(self, said: Said) -> int:
        """The year said, or the publication's; a bare day after it is of the year before."""
        if said.year is not None:
            return said.year
        year = self._year_seen(said)
        if said.years_on is not None:
            return year + said.years_on
        if said.months is None or not self._is_later(said.months[1], said.days):
            return year
        if said.days is None or said.days[0] != said.days[1]:
            self.refuse(said.words)
        return year - 1

    def _is_later(self, month: int, days: tuple[int, int] | None) -> bool:
        """Whether this part of the publication's year begins after the publication."""
        published = (self.last.month, self.last.day) if self.last else (12, 31)
        return (month, days[0] if days else 1) > published

    def _year_seen(self, said: Said) -> int:
        """The publication's year; refused where it is not certain."""
        if self.first is None or self.last is None or self.first.year != self.last.year:
            self.refuse(said.words)
        return self.first.year

    def _month_seen(self, said: Said) -> tuple[int, int]:
        """The year and month so many months from the publication's; refused if not certain."""
        year = self._year_seen(said)
        if self.first is None or self.last is None or self.first.month != self.last.month:
            self.refuse(said.words)
        try:
            day = shift_months(date(year, self.first.month, 1), said.months_on or 0)
        except ValueError:
            self.refuse(said.words)
        return day.year, day.month

    def _day_seen(self, said: Said) -> tuple[str, str]:
        """The day so many days from the publication's; refused where that is not one day."""
        if self.first is None or self.first != self.last:
            self.refuse(said.words)
        try:
            day = (self.first + timedelta(days=said.days_on or 0)).isoformat()
        except OverflowError:
            self.refuse(said.words)
        return day, day


def _days_of(year: int, month: int, days: tuple[int, int] | None) -> tuple[str, str]:
    text = f"{year:04d}-{month:02d}"
    if days is None:
        return text, text
    last = days_in(year, month) if days[1] == LAST_DAY else days[1]
    return f"{text}-{days[0]:02d}", f"{text}-{last:02d}"


def _sides(text: str) -> Iterator[tuple[Said, Said]]:
    """The ways to take the text apart into what two points of time say."""
    if match := phrases.DAYS_OF_MONTH.fullmatch(text):
        month, first, last, year = match.group("month", "first", "last", "year")
        text = f"{month} {first}{year or ''} - {month} {last}{year or ''}"
    for gap in phrases.SEPARATOR.finditer(text):
        start, end = text[: gap.start()], text[gap.end() :]
        right = say(end) or say_bare_day(end)
        left = right and _left(start, right)
        if left and right:
            yield left, right


def _left(words: str, right: Said) -> Said | None:
    """What the start of a range says; in English what it leaves out stands at the end."""
    unit = phrases.SHARED_UNIT.search(right.words)
    left = say(words) or (say(words + unit[1]) if unit else None)
    if not right.words.isascii():
        return left
    if left is None and _NUMBER.fullmatch(words) and right.days:
        return replace(right, words=words, days=(int(words), int(words)))
    if left and not left.has_year:
        return replace(left, year=right.year, years_on=right.years_on)
    return left


def _after(start: str, said: Said) -> Said:
    """The end of a range in the year, and if it is only a day in the month, of its start."""
    months = said.months
    if months is None and said.codes is None and said.days and len(start) >= len("2020-04"):
        month = int(start[5:7])
        months = month, month
    return replace(said, year=int(start[:4]), months=months)


def _unread_part(text: str) -> str:
    """The part that no rule reads: what stands before or after a date, else all of it."""
    match = _PHRASE.search(text)
    if match is None or match[0] == text:
        part = text
    else:
        part = text[: match.start()].strip() or text[match.end() :].strip()
    return part if len(part) <= _SHOWN else part[:_SHOWN] + "…"
