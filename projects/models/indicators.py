"""What is measured, what was targeted, and what was observed."""

from collections.abc import Collection
from typing import cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.constraints import (
    amount_state,
    date_state,
    exactly_one,
    not_itself,
    one_stands_in_period,
    proposed_state,
    restates_state,
)
from projects.fields import EdtfField, SearchTextField
from projects.models.base import Named, Seen, SluggedQuerySet, in_language, refuse_cycle
from projects.models.columns import PeriodColumns, QuantityColumns
from projects.models.places import Place
from projects.models.projects import Project
from projects.models.statements import Statement
from projects.values.amounts import is_currency


class Indicator(Named, Seen):
    """Something measured over periods, of a place or of a project."""

    definition_zh = models.TextField(_("definition in Chinese"), blank=True)
    definition_en = models.TextField(_("definition in English"), blank=True)
    unit = models.CharField(
        _("unit"), max_length=20, help_text=_("A currency code, or a unit such as m².")
    )
    place = models.ForeignKey(
        "Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("place"),
    )
    project = models.ForeignKey(
        "Project",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("project"),
    )
    wider = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="narrower",
        verbose_name=_("wider indicator"),
        help_text=_("One that is easily mistaken for this one and measures more."),
    )
    search_text = SearchTextField("name_zh", "name_en", "definition_zh", "definition_en", "slug")

    objects = SluggedQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["pk"]
        constraints = [
            exactly_one(
                "indicator",
                "place",
                "project",
                _("An indicator measures a place or a project: choose one."),
            ),
            not_itself("indicator", "wider", _("An indicator is not wider than itself.")),
        ]

    def get_absolute_url(self) -> str:
        return reverse("projects:indicator", args=[self.slug])

    @property
    def definition(self) -> str:
        """The definition in the page's language."""
        return in_language(self.definition_zh, self.definition_en)

    @property
    def scope(self) -> Place | Project:
        """The place or project that it measures."""
        return cast("Place | Project", self.place or self.project)  # exactly one is set

    def clean(self) -> None:
        super().clean()
        if self.wider is None:
            return
        refuse_cycle(self, "wider")
        mine = (self.unit, self.place_id, self.project_id)
        if mine != (self.wider.unit, self.wider.place_id, self.wider.project_id):
            raise ValidationError(
                {"wider": _("The wider indicator has the same unit and measures the same thing.")}
            )


class IndicatorStatement(Statement, PeriodColumns, QuantityColumns):
    """What targets and observations share: an amount of an indicator in a period."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="%(class)ss", verbose_name=_("indicator")
    )

    class Meta:
        abstract = True

    @property
    def subject(self) -> Indicator:
        return self.indicator

    @property
    def amount_unit(self) -> str:
        return self.indicator.unit

    def clean(self) -> None:
        super().clean()
        bounds = [bound for bound in (self.amount_low, self.amount_high) if bound is not None]
        if (
            self.indicator_id is not None
            and is_currency(self.amount_unit)
            and min(bounds, default=0) < 0
        ):
            raise ValidationError({"amount_low": _("Money is never negative.")})

    @property
    def days(self) -> tuple[object, object]:
        """The first and last day of the period, which tell two periods apart."""
        return (self.period_earliest, self.period_latest)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check the days of the period too where a form leaves them to the period itself."""
        if exclude and "period" not in exclude:
            exclude = set(exclude) - {"period_earliest", "period_latest"}
        super().validate_constraints(exclude)

    def agrees_with(self, other: "IndicatorStatement") -> bool:
        return self.amount.agrees_with(other.amount)


class Target(IndicatorStatement):
    """The indicator is to lie in this set of amounts in this period."""

    kind_of_statement = "target"
    named_with = ("indicator",)

    period_as_written = models.CharField(
        _("period as written"),
        max_length=100,
        blank=True,
        help_text=_("The words of the period, where it is not dated."),
    )
    stands_in = models.ForeignKey(
        "Agreement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("stands in"),
        help_text=_("The agreement or plan that sets it, if one does."),
    )

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["pk"]
        constraints = [
            restates_state("target"),
            proposed_state("target"),
            amount_state("target"),
            date_state("target", "period"),
            models.CheckConstraint(
                condition=Q(amount_low__isnull=False) | Q(amount_high__isnull=False),
                name="target_amount_stated",
                violation_error_message=_("A target states an amount."),
            ),
            one_stands_in_period(
                "target",
                "indicator",
                message=_(
                    "Another target of this period stands already; say that this one restates it."
                ),
            ),
            UniqueConstraint(
                fields=["indicator", "period_as_written"],
                condition=Q(restates__isnull=True, period=""),
                name="target_one_stands_undated",
                violation_error_message=_(
                    "Another target of this period stands already; say that this one restates it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period or self.period_as_written}: {self.as_written}"

    def thing(self) -> tuple[object, ...]:
        return (self.indicator_id, *self.days)


class Observation(IndicatorStatement):
    """The indicator was this much in this period."""

    kind_of_statement = "observation"
    named_with = ("indicator",)

    class Status(models.TextChoices):
        """A publication that gives no status means final; to date decides nothing."""

        FORECAST = "forecast", _("forecast")
        PRELIMINARY = "preliminary", _("preliminary")
        FINAL = "final", _("final")
        TO_DATE = "to_date", _("to date")

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.FINAL)
    growth = models.DecimalField(
        _("growth in percent"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    growth_as_written = models.CharField(_("growth as written"), max_length=100, blank=True)
    growth_since = EdtfField(_("growth since"), blank=True)
    growth_since_earliest = models.DateField(null=True, blank=True, editable=False)
    growth_since_latest = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["pk"]
        constraints = [
            restates_state("observation"),
            proposed_state("observation"),
            amount_state("observation"),
            date_state("observation", "period"),
            date_state("observation", "growth_since"),
            models.CheckConstraint(
                condition=Q(amount_low__isnull=False) | Q(amount_high__isnull=False),
                name="observation_amount_stated",
                violation_error_message=_("An observation states an amount."),
            ),
            models.CheckConstraint(
                condition=~Q(period=""),
                name="observation_period_stated",
                violation_error_message=_("An observation states its period."),
            ),
            one_stands_in_period(
                "observation",
                "indicator",
                "status",
                message=_(
                    "Another observation of this period and status stands already; "
                    "say that this one restates it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period}: {self.as_written}"

    def thing(self) -> tuple[object, ...]:
        return (self.indicator_id, self.status, *self.days)
