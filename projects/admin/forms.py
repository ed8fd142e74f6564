"""Forms of the admin: they read the words of amounts and dates, and tell what was read."""

import re
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.models import InlineForeignKeyField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.admin.opened import VersionedForm
from projects.admin.repeated import MadeUpKey
from projects.fields import EdtfField
from projects.languages import page_language
from projects.values.amounts import Amount, UnreadableWords, is_currency, read_amount
from projects.values.dates import InvalidEdtf, VagueDate, read_date

AMOUNT_COLUMNS = (
    "amount_low",
    "amount_high",
    "amount_low_included",
    "amount_high_included",
    "amount_approximate",
)
# Seen from here, words that leave out the year have none, and are refused.
ANY_YEAR = VagueDate("0001/9999")
_LIKE_EDTF = re.compile(r"[0-9./-]+")


class DateWordsField(forms.CharField):
    """A vague date as EDTF or in words; the form turns the words into EDTF."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["max_length"] = 100
        kwargs["help_text"] = kwargs.get("help_text") or _(
            "As EDTF, such as 2016-33, or in words, such as 2016年初 or end of 2023."
        )
        super().__init__(**kwargs)


class WordsForm(VersionedForm):
    """A form whose vague dates may be given in words.

    `readings` holds what was read, one message each.
    """

    readings: list[str]

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.readings = []
        self.read_words()
        return self.cleaned_data

    def read_words(self) -> None:
        """Read all the words of the form, or say which cannot be read."""
        for field in self.instance._meta.fields:
            if isinstance(field, EdtfField) and self.cleaned_data.get(field.name):
                self._read_date(field.name)

    def _read_date(self, name: str) -> None:
        """Turn the words of one date into EDTF, or say why they are none."""
        words = self.cleaned_data[name]
        try:
            VagueDate(words)
        except InvalidEdtf as error:
            if _LIKE_EDTF.fullmatch(words):
                self.add_error(name, error.message(page_language()))
                return
            self._read_words_of_date(name, words)

    def _read_words_of_date(self, name: str, words: str) -> None:
        said_on = self.said_on()
        if said_on is None:
            self.add_error(name, _("Choose the source too: words are seen from its day."))
            return
        try:
            when = read_date(words, said_on, self.cleaned_data.get("counted_from"))
        except UnreadableWords as error:
            self.add_error(name, error.message(page_language()))
            return
        self.cleaned_data[name] = when.edtf
        self._tell(words, when.format(page_language()))
        self._keep_words(words)

    def said_on(self) -> VagueDate | None:
        """The day from which words are seen; None where it is not known yet."""
        return ANY_YEAR

    def _tell(self, words: str, read: str) -> None:
        self.readings.append(
            gettext("“%(words)s” was read as %(read)s.") % {"words": words, "read": read}
        )

    def _keep_words(self, words: str) -> None:
        """Put down the words as written where the editor left that empty."""
        if "as_written" in self.fields and not self.cleaned_data.get("as_written"):
            self.cleaned_data["as_written"] = words

    def _get_validation_exclusions(self) -> set[str]:
        """Let constraints see the id: Django passes over those that name a column left out."""
        return super()._get_validation_exclusions() - {"id"}  # type: ignore[misc]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        for name, field in self.fields.items():
            # An inline's reference to its parent is hidden, and so would be its errors.
            if isinstance(field, InlineForeignKeyField) and name in self.errors:
                self.add_error(NON_FIELD_ERRORS, self.errors.pop(name).as_data())


class StatementForm(MadeUpKey, WordsForm):
    """A form of a statement: words are seen from the day of its source."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.cleaned_data.get("key"):
            # Made up when it is saved; until then two empty ones are not the same.
            self.cleaned_data.pop("key", None)
        return self.cleaned_data

    def said_on(self) -> VagueDate | None:
        source = self.cleaned_data.get("source")
        return source.when if source else None


class AmountForm(StatementForm):
    """A form of a statement with an amount, which may be given in words instead of bounds."""

    amount_words = forms.CharField(
        label=_("amount in words"),
        required=False,
        max_length=200,
        help_text=_("Such as 数十亿元 or at least CNY 4 billion; fills the bounds below."),
    )

    def read_words(self) -> None:
        """Read the amount first: its words, not those of the date, are what is written."""
        words = self.cleaned_data.get("amount_words")
        if words:
            self._read_amount(words)
        super().read_words()

    def clean(self) -> dict[str, Any]:
        super().clean()
        if any(name not in self.cleaned_data for name in AMOUNT_COLUMNS) or not self._in_order():
            # Half an amount beside the other half stored before could be none at all.
            for name in AMOUNT_COLUMNS:
                self.cleaned_data.pop(name, None)
        return self.cleaned_data

    def unit(self) -> str:
        """The unit of the bounds; empty where it is not known yet."""
        raise NotImplementedError

    def accept_unit(self, unit: str) -> bool:
        """Take over the unit of the words, or say why it does not fit."""
        raise NotImplementedError

    def _read_amount(self, words: str) -> None:
        try:
            read = read_amount(words, self.unit())
        except UnreadableWords as error:
            self.add_error("amount_words", error.message(page_language()))
            return
        if not self.accept_unit(read.unit):
            return
        if self._bound("amount_low") is None and self._bound("amount_high") is None:
            self._fill(read)
        elif self._typed() != read:
            self.add_error(
                "amount_words",
                _("The words say %(read)s, the bounds something else: empty one or the other.")
                % {"read": read.format(page_language())},
            )
            return
        self._tell(words, read.format(page_language()))
        self._keep_words(words)

    def _fill(self, read: Amount) -> None:
        """Put the bounds that were read in their columns; a tick at approximate is kept."""
        if "amount_low" in self.errors or "amount_high" in self.errors:
            return
        self.cleaned_data |= {
            "amount_low": read.low,
            "amount_high": read.high,
            "amount_low_included": read.low_included,
            "amount_high_included": read.high_included,
            "amount_approximate": read.approximate
            or bool(self.cleaned_data.get("amount_approximate")),
        }

    def _bound(self, name: str) -> Any:
        return self.cleaned_data.get(name)

    def _typed(self) -> Amount | None:
        """The amount in the columns, None where they are no amount."""
        try:
            return Amount(
                low=self._bound("amount_low"),
                high=self._bound("amount_high"),
                low_included=bool(self._bound("amount_low_included")),
                high_included=bool(self._bound("amount_high_included")),
                approximate=bool(self._bound("amount_approximate")),
                unit=self.unit(),
            )
        except ValueError:
            return None

    def _in_order(self) -> bool:
        """Refuse bounds that are no amount, before the model computes with them."""
        if self._typed() is not None:
            return True
        self.add_error(
            "amount_low",
            _(
                "These bounds are no amount: the lower one comes first, equal ones are both "
                "included, money is not negative, and what is not stated is not approximate."
            ),
        )
        return False


class InvestmentForm(AmountForm):
    """A form of an investment: the words may name the currency."""

    def unit(self) -> str:
        return self.cleaned_data.get("unit") or "CNY"

    def accept_unit(self, unit: str) -> bool:
        if not is_currency(unit) and unit != self.unit():
            self.add_error("amount_words", _("These words name no sum of money."))
            return False
        if unit != self.unit() and "unit" in self.changed_data:
            self.add_error("unit", _("The words name another currency: %(unit)s.") % {"unit": unit})
            return False
        self.cleaned_data["unit"] = unit
        return True

    def _fill(self, read: Amount) -> None:
        if any(bound is not None and bound != int(bound) for bound in (read.low, read.high)):
            self.add_error("amount_words", _("Money is entered in whole units of its currency."))
            return
        super()._fill(read)


class IndicatorStatementForm(AmountForm):
    """A form of a target or an observation: the amount is in the unit of the indicator."""

    def unit(self) -> str:
        indicator = self.cleaned_data.get("indicator")
        return indicator.unit if indicator else ""

    def accept_unit(self, unit: str) -> bool:
        if unit == self.unit():
            return True
        self.add_error(
            "amount_words",
            _("The words are in %(unit)s, the indicator in %(other)s.")
            % {"unit": unit, "other": self.unit() or "–"},
        )
        return False
