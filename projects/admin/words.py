"""Reading what an editor types, as forms and the preview beside their fields do it alike."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.languages import page_language
from projects.values.amounts import Amount, UnreadableWords, is_currency, read_amount
from projects.values.dates import InvalidEdtf, Period, VagueDate, read_date

Kind = Literal["amount", "date", "period"]

# Seen from here, words that leave out the year have none, and are refused.
ANY_YEAR = VagueDate("0001/9999")
_LIKE_EDTF = re.compile(r"[0-9./-]+")


@dataclass(frozen=True)
class Reading:
    """What words are read as: a value, or the message that says why there is none."""

    value: Amount | VagueDate | Period | None = None
    message: str = ""

    @property
    def chinese(self) -> str:
        """The value in Chinese."""
        return self.value.format("zh-hans") if self.value else ""

    @property
    def english(self) -> str:
        """The value in English."""
        return self.value.format("en") if self.value else ""

    @property
    def bounds(self) -> tuple[tuple[str, str], ...]:
        """The bounds with what each is called; none where the value is not stated."""
        match self.value:
            case Amount(stated=True) as amount:
                low = _bound(amount.low, amount.low_included)
                high = _bound(amount.high, amount.high_included)
                return (gettext("lower bound"), low), (gettext("upper bound"), high)
            case VagueDate(earliest=first, latest=last):
                names = gettext("first possible day"), gettext("last possible day")
            case Period(earliest=first, latest=last):
                names = gettext("first day"), gettext("last day")
            case _:
                return ()
        return (names[0], _day(first)), (names[1], _day(last))


def read_money(words: str, unit: str) -> Amount:
    """Read a sum of money; the words may name another currency than `unit`."""
    read = _amount(words, unit)
    if not is_currency(read.unit) and read.unit != unit:
        raise ValidationError(_("These words name no sum of money."))
    if any(bound is not None and bound != int(bound) for bound in (read.low, read.high)):
        raise ValidationError(_("Money is entered in whole units of its currency."))
    return read


def read_figure(words: str, unit: str) -> Amount:
    """Read an amount in the unit of an indicator."""
    read = _amount(words, unit)
    if read.unit != unit:
        raise ValidationError(
            _("The words are in %(unit)s, the indicator in %(other)s."),
            params={"unit": read.unit, "other": unit or "–"},
        )
    return read


def read_when(words: str, said_on: VagueDate | None, counted_from: date | None) -> VagueDate:
    """Read a date as EDTF or in words, seen from the day of its source.

    Where none is chosen yet, only words that settle their year by themselves are read.
    """
    try:
        return VagueDate(words)
    except InvalidEdtf as error:
        if _LIKE_EDTF.fullmatch(words):
            raise ValidationError(error.message(page_language())) from None
    try:
        return read_date(words, said_on or ANY_YEAR, counted_from)
    except UnreadableWords as error:
        if said_on is None:
            message = _("Choose the source too: words are seen from its day.")
            raise ValidationError(message) from None
        raise ValidationError(error.message(page_language())) from None


def as_kind(when: VagueDate, kind: str) -> VagueDate | Period:
    """A date, or the whole stretch where it is a period."""
    return Period(when.edtf) if kind == "period" else when


def _amount(words: str, unit: str) -> Amount:
    try:
        return read_amount(words, unit)
    except UnreadableWords as error:
        raise ValidationError(error.message(page_language())) from None


def _bound(number: object, included: bool) -> str:
    if number is None:
        return gettext("open")
    text = gettext("%(number)s, included") if included else gettext("%(number)s, not included")
    return text % {"number": f"{number:,}"}


def _day(day: date | None) -> str:
    return day.isoformat() if day else gettext("open")
