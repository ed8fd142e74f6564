"""The columns of a value: an amount with its bounds, a vague date or period with its days."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.fields import EdtfField
from projects.values.amounts import Amount
from projects.values.dates import Period, VagueDate


class AmountColumns(models.Model):
    """The flags of an amount; the bounds are added by money or by quantity."""

    amount_low_included = models.BooleanField(_("lower bound included"), default=True)
    amount_high_included = models.BooleanField(_("upper bound included"), default=True)
    amount_approximate = models.BooleanField(_("approximate"), default=False)

    amount_low: int | Decimal | None
    amount_high: int | Decimal | None

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._close_flags()
        super().save(*args, **kwargs)

    @property
    def amount_unit(self) -> str:
        """The code of the unit in which the amount is given."""
        raise NotImplementedError

    @property
    def amount_stated(self) -> bool:
        """Whether the publication gives an amount at all."""
        return self.amount_low is not None or self.amount_high is not None

    @property
    def amount(self) -> Amount:
        """The amount as a value."""
        return Amount(
            low=self.amount_low,
            high=self.amount_high,
            low_included=self.amount_low_included,
            high_included=self.amount_high_included,
            approximate=self.amount_approximate,
            unit=self.amount_unit,
        )

    def clean(self) -> None:
        super().clean()
        self._close_flags()

    def _close_flags(self) -> None:
        """An open bound is never included, so the flag says nothing there and is put out."""
        self.amount_low_included = self.amount_low_included and self.amount_low is not None
        self.amount_high_included = self.amount_high_included and self.amount_high is not None


class MoneyColumns(AmountColumns):
    """Bounds in whole units of a currency, as integers: SQLite adds decimals as floats."""

    amount_low = models.BigIntegerField(_("lower bound"), null=True, blank=True)
    amount_high = models.BigIntegerField(_("upper bound"), null=True, blank=True)

    class Meta:
        abstract = True


class QuantityColumns(AmountColumns):
    """Bounds in the unit of an indicator: compared and never added in SQL."""

    amount_low = models.DecimalField(
        _("lower bound"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    amount_high = models.DecimalField(
        _("upper bound"), max_digits=20, decimal_places=4, null=True, blank=True
    )

    class Meta:
        abstract = True


class DateColumns(models.Model):
    """A vague date with its first and last possible day."""

    date = EdtfField(_("date"), blank=True)
    date_earliest = models.DateField(_("first possible day"), null=True, blank=True, editable=False)
    date_latest = models.DateField(_("last possible day"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def when(self) -> VagueDate | None:
        """The date as a value; none where it is not stated."""
        return VagueDate(self.date) if self.date else None


class PeriodColumns(models.Model):
    """A period with its first and last day; `2022` is all of the year."""

    period = EdtfField(_("period"), blank=True)
    period_earliest = models.DateField(_("first day"), null=True, blank=True, editable=False)
    period_latest = models.DateField(_("last day"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def stretch(self) -> Period | None:
        """The period as a value; none where it is not dated."""
        return Period(self.period) if self.period else None
