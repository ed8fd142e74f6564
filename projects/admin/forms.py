"""Forms of statements with an amount, and the other forms of the admin that read words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects.admin.widgets import WordsInput
from projects.admin.words import read_figure, read_money
from projects.admin.words_forms import DateWordsField, StatementForm, WordsForm
from projects.languages import page_language
from projects.reports.reading import amount_words
from projects.values.amounts import Amount

AMOUNT_COLUMNS = (
    "amount_low",
    "amount_high",
    "amount_low_included",
    "amount_high_included",
    "amount_approximate",
)

__all__ = [
    "AMOUNT_COLUMNS",
    "AmountForm",
    "DateWordsField",
    "IndicatorStatementForm",
    "InvestmentForm",
    "StatementForm",
    "WordsForm",
]


class AmountForm(StatementForm):
    """A form of a statement with an amount: one field for its words, and bounds by hand.

    The bounds are filled where they are used: where the words are not read as what is stored.
    Where only one of the two is changed, that is what counts; where both are, they have to agree.
    """

    amount_words = forms.CharField(
        label=_("Amount"), required=False, max_length=200, widget=WordsInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "amount_words" in self.fields:
            self.fields["amount_words"].widget.kind = "amount"
            self.fields["amount_words"].help_text = _(
                "Such as 数十亿元 or at least CNY 4 billion, as the publication has it."
            )

    def show_words(self, typed: tuple[str, ...]) -> None:
        super().show_words(typed)
        if "amount_words" not in self.fields or not self.instance.amount_stated:
            return
        amount = self.instance.amount
        words = amount_words(self.instance)
        self.initial["amount_words"] = words or amount.format(page_language())
        self.show_reading("amount_words", amount)
        self.mark("amount_words", "amount" in typed)
        if "amount" in typed:
            self.initial["amount_low"], self.initial["amount_high"] = amount.low, amount.high
            # Whether an open bound is included says nothing, and is ticked for the one to come.
            self.initial["amount_low_included"] = amount.low is None or amount.low_included
            self.initial["amount_high_included"] = amount.high is None or amount.high_included
        else:
            for name in AMOUNT_COLUMNS:
                self.initial[name] = self.instance._meta.get_field(name).get_default()

    def read_words(self) -> None:
        """Read the amount first: its words, not those of the date, are what is written."""
        if "amount_words" in self.fields:
            self.forget_reading("amount_words")
            words = self.cleaned_data.get("amount_words")
            if words and (not self._has_bounds() or "amount_words" in self.changed_data):
                self._read_amount(words)
            elif self._has_bounds():
                self._show_typed()
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

    def read(self, words: str) -> Amount | None:
        """Read the words in the unit, or take over theirs; None where their unit is refused."""
        raise NotImplementedError

    def _read_amount(self, words: str) -> None:
        try:
            read = self.read(words)
        except ValidationError as error:
            self.add_error("amount_words", error)
            return
        if read is None:
            return
        self.show_reading("amount_words", read)
        if not self._has_bounds():
            self._fill(read, keep_tick=True)
        elif not set(AMOUNT_COLUMNS).intersection(self.changed_data):
            self._fill(read, keep_tick=False)
        elif self._typed() != read:
            self.add_error(
                "amount_words",
                _("The words say %(read)s, the bounds something else: empty one or the other.")
                % {"read": read.format(page_language())},
            )
            return
        self.keep("amount_words", words, read, "unit", "indicator")

    def _show_typed(self) -> None:
        """Show bounds that count instead of words, where they are an amount."""
        typed = self._typed()
        if typed is not None:
            self.show_reading("amount_words", typed)
            self.mark("amount_words", True)

    def _fill(self, read: Amount, keep_tick: bool) -> None:
        """Put the bounds that were read in their columns; a tick at approximate may be kept."""
        if "amount_low" in self.errors or "amount_high" in self.errors:
            return
        ticked = keep_tick and bool(self.cleaned_data.get("amount_approximate"))
        self.cleaned_data |= {
            "amount_low": read.low,
            "amount_high": read.high,
            "amount_low_included": read.low_included,
            "amount_high_included": read.high_included,
            "amount_approximate": read.approximate or ticked,
        }

    def _bound(self, name: str) -> Any:
        return self.cleaned_data.get(name)

    def _has_bounds(self) -> bool:
        return self._bound("amount_low") is not None or self._bound("amount_high") is not None

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

    def read(self, words: str) -> Amount | None:
        read = read_money(words, self.unit())
        if read.unit != self.unit() and "unit" in self.changed_data:
            self.add_error(
                "unit", _("The words name another currency: %(unit)s.") % {"unit": read.unit}
            )
            return None
        self.cleaned_data["unit"] = read.unit
        return read


class IndicatorStatementForm(AmountForm):
    """A form of a target or an observation: the amount is in the unit of the indicator."""

    def unit(self) -> str:
        indicator = self.cleaned_data.get("indicator")
        return indicator.unit if indicator else ""

    def read(self, words: str) -> Amount | None:
        return read_figure(words, self.unit())
