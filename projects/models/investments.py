"""Money that organizations put into a project, and what of it enters the totals."""

from typing import Any, ClassVar, Self, cast

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import (
    Case,
    Exists,
    ExpressionWrapper,
    F,
    Index,
    OuterRef,
    Q,
    UniqueConstraint,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from projects.constraints import (
    amount_state,
    date_state,
    exactly_one,
    money_range,
    not_itself,
    proposed_state,
    restates_state,
)
from projects.fields import DerivedDateField, DerivedNumberField, DerivedTextField, SearchTextField
from projects.lookups import among
from projects.models.agreements import Agreement
from projects.models.base import Link
from projects.models.columns import DateColumns, MoneyColumns
from projects.models.known import KnownProject
from projects.models.milestones import last_reached, touched
from projects.models.projects import Project
from projects.models.statements import Statement, StatementQuerySet, known_from
from projects.models.steps import MilestoneKind, Stage
from projects.models.stretches import THEN, Chosen, known_then, whether, with_known
from projects.values.readers import INVESTMENT, MILESTONE_DATE, Reader

HEADLINE = ("CNY", "once", False)
"""The line that the first screen states: Chinese yuan, once, promised (not paid)."""


class NotCounted(models.TextChoices):
    """Why an investment does not enter the totals, in the order in which the reasons are asked."""

    RESTATES = "restates", _("restates another statement")
    PART_OF = "part_of", _("part of a larger one")
    CANCELLED = "cancelled", _("promised to a cancelled project")
    JOINT = "joint", _("joint with organizations outside the group")


COUNTED_BY = (INVESTMENT, MILESTONE_DATE)
"""The kinds of statement that decide what counts: which amount stands, whether it is cancelled."""


class InvestmentQuerySet(StatementQuerySet["Investment"]):
    """Investments, with what of them counts."""

    def promised(self) -> Self:
        """Announced, agreed or contracted: not said to be received."""
        # By what they are and not by what they are not: an index leads to each of them.
        return self.filter(basis__in=[one for one in Investment.Basis if one != one.PAID])

    def of_line(self, unit: str, per: str, paid: bool) -> Self:
        """Those of one total: lines are never added up."""
        rows = self.filter(unit=unit, per=per)
        return rows.paid() if paid else rows.promised()

    def paid(self) -> Self:
        """Said to be received."""
        return self.filter(basis=Investment.Basis.PAID)

    def with_counted(self, reader: Reader, group: frozenset[int] | None = None) -> Self:
        """Annotate `not_counted_because` (empty where it counts).

        `group` holds the ids of the organizations in whose total it is to count, if one is asked.
        """
        if reader.stored(*COUNTED_BY) and reader.as_of is None and group is None:
            restates = When(left_out=NotCounted.RESTATES, then=Value(False))
            return self.annotate(
                stands=Case(restates, default=Value(True)), not_counted_because=F("left_out")
            )
        rows, reasons = self._judged(reader, group)
        cases = [When(condition, then=Value(reason)) for reason, condition in reasons.items()]
        return rows.annotate(
            not_counted_because=Case(*cases, default=Value(""), output_field=models.CharField())
        )

    def with_reasons(self, reader: Reader, group: frozenset[int] | None = None) -> Self:
        """Annotate each reason for which it may not count, as `is_restates` and so on.

        The first of several is why it does not, in the order of `NotCounted`.
        """
        rows, reasons = self._judged(reader, group)
        return rows.annotate(
            **{
                f"is_{reason}": Case(
                    When(reasons.get(reason, NEVER), then=Value(True)), default=Value(False)
                )
                for reason in NotCounted
            }
        )

    def _judged(
        self, reader: Reader, group: frozenset[int] | None
    ) -> tuple[Self, dict[NotCounted, Q | Exists]]:
        """What each reason is told by, in their order."""
        rows = self.with_stands(reader)
        if reader.stored(*COUNTED_BY) and reader.as_of is None:
            stored = (NotCounted.RESTATES, NotCounted.PART_OF, NotCounted.CANCELLED)
            reasons: dict[NotCounted, Q | Exists] = {one: Q(left_out=one) for one in stored}
        else:
            rows, part = rows._with_part(reader)
            rows, cancelled = rows._with_cancelled(reader)
            reasons = _reasons(part, cancelled)
        if group is not None:
            outsiders = InvestmentOrganization.objects.exclude(organization__in=group)
            reasons[NotCounted.JOINT] = Exists(outsiders.filter(investment=OuterRef("pk")))
        return rows, reasons

    def _with_part(self, reader: Reader) -> tuple[Self, Q | Exists]:
        """What tells that it is a part of one that is out."""
        if reader.stored():
            return self, known_from(reader, "part_from")
        return self.alias(whole=WHOLE), Exists(_whole(reader))

    def _with_cancelled(self, reader: Reader) -> tuple[Self, Q]:
        """What tells that its project is cancelled."""
        stages = KnownProject.objects.filter(known_then(reader), stage=Stage.CANCELLED)
        # Asked once, and not for every investment.
        known = Q(project__in=stages.order_by().values("project"))
        if reader.stored(MILESTONE_DATE):
            return self, known
        if not reader.stored():
            last = last_reached(reader, "project", "project__agreement")
            return self.alias(last_reached=last), Q(last_reached=MilestoneKind.CANCELLED)
        changed = CANCELLED.differing(reader)["cancelled"]
        cancelled, not_so = (changed.get(value, []) for value in (True, False))
        return self, among("project", cancelled) | (known & ~among("project", not_so))

    def counted(self, reader: Reader, group: frozenset[int] | None = None) -> Self:
        """Those that are out and enter the totals of their currency, basis and `per`."""
        return self.out(reader).with_counted(reader, group).filter(not_counted_because="")


def _known_cancelled(reader: Reader) -> "dict[str, ExpressionWrapper[Any]]":
    cancelled = whether(Q(**{f"{THEN}stage": Stage.CANCELLED}))
    return {"cancelled": ExpressionWrapper(cancelled, output_field=models.BooleanField())}


def _touched_cancelled(reader: Reader) -> tuple[models.QuerySet[Any], models.QuerySet[Any]]:
    few = Project.objects.filter(touched(reader).of_projects)
    last = few.annotate(last_reached=last_reached(reader.by_definition, "pk", "agreement"))
    cancelled = last.annotate(cancelled=whether(Q(last_reached=MilestoneKind.CANCELLED)))
    return with_known(few, reader), cancelled


CANCELLED = Chosen("cancelled", (MILESTONE_DATE,), _known_cancelled, _touched_cancelled)
"""Whether a project is cancelled."""


NEVER = Q(pk__isnull=True)
"""No row."""

WHOLE = Coalesce(
    "part_of__restates_id",
    "part_of_id",
    "restates__part_of__restates_id",
    "restates__part_of_id",
)
"""The group of what an investment is a part of: what stands in for a part is one as well."""


def _reasons(part: Q | Exists, cancelled: Q) -> dict[NotCounted, Q | Exists]:
    """Why an investment does not count, by whether it is part of another, its project cancelled."""
    return {
        NotCounted.RESTATES: Q(stands=False),
        NotCounted.PART_OF: part,
        NotCounted.CANCELLED: ~Q(basis=Investment.Basis.PAID) & cancelled,
    }


def _whole(reader: Reader) -> InvestmentQuerySet:
    """The members that are out of the group of which an outer investment is a part."""
    members = Investment.objects.out(reader)
    return members.filter(Q(pk=OuterRef("whole")) | Q(restates=OuterRef("whole")))


class Investment(Statement, MoneyColumns, DateColumns):
    """Organizations put an amount into a project or, where only that is stated, an agreement."""

    kind_of_statement = INVESTMENT
    named_with = ("project", "agreement")
    named_with_many = ("organizations",)

    class Per(models.TextChoices):
        ONCE = "once", _("once")
        YEAR = "year", _("per year")

    class Basis(models.TextChoices):
        """*Paid* only where money received is spoken of; otherwise it is promised."""

        ANNOUNCED = "announced", _("announced")
        AGREED = "agreed", _("agreed")
        CONTRACTED = "contracted", _("contracted")
        PAID = "paid", _("paid")

    class Instrument(models.TextChoices):
        PROJECT_TOTAL = "project_total", _("project total")
        EQUITY_STAKE = "equity_stake", _("equity stake")
        SHARE_PURCHASE_AND_CAPITAL_INCREASE = (
            "share_purchase_and_capital_increase",
            _("share purchase and capital increase"),
        )
        INVESTMENT = "investment", _("investment")
        LOAN = "loan", _("loan")
        GRANT = "grant", _("grant")
        OTHER = "other", _("other")

    project = models.ForeignKey(
        "Project",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="investments",
        verbose_name=_("project"),
    )
    agreement = models.ForeignKey(
        "Agreement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="investments",
        verbose_name=_("agreement"),
    )
    organizations = models.ManyToManyField(
        "projects.Organization",
        through="projects.InvestmentOrganization",
        blank=True,
        related_name="investments",
        verbose_name=_("organizations"),
    )
    basis = models.CharField(_("basis"), max_length=12, choices=Basis, default=Basis.ANNOUNCED)
    per = models.CharField(_("per"), max_length=8, choices=Per, default=Per.ONCE)
    instrument = models.CharField(_("instrument"), max_length=40, choices=Instrument, blank=True)
    unit = models.CharField(
        _("currency"), max_length=3, default="CNY", validators=[RegexValidator(r"^[A-Z]{3}$")]
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("The larger investment that contains this one."),
    )
    part_from = DerivedDateField()
    left_out = DerivedTextField(max_length=12)
    investors_head = DerivedNumberField()
    search_text = SearchTextField("as_written", "key")

    objects: ClassVar = InvestmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("investment")
        verbose_name_plural = _("investments")
        ordering = ["pk"]
        constraints = [
            exactly_one(
                "investment",
                "project",
                "agreement",
                _("An investment goes into a project or under an agreement: choose one."),
            ),
            restates_state("investment"),
            proposed_state("investment"),
            amount_state("investment"),
            money_range("investment"),
            date_state("investment", "date"),
            not_itself("investment", "part_of", _("An investment is not a part of itself.")),
        ]
        indexes = [
            Index(
                fields=["investors_head", "id"],
                condition=Q(out_from__isnull=False),
                name="sorted_investment_head",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.as_written or self.key}"

    @property
    def subject(self) -> Project | Agreement:
        return cast("Project | Agreement", self.project or self.agreement)  # exactly one is set

    @property
    def amount_unit(self) -> str:
        return self.unit

    @property
    def not_counted_label(self) -> str:
        """Why it does not count, in the page's language; needs `with_counted`."""
        reason: str = getattr(self, "not_counted_because", "")
        return str(NotCounted(reason).label) if reason else ""

    @property
    def line(self) -> tuple[str, str, bool]:
        """The total it belongs to: currency, per, and whether paid; lines are never added up."""
        return (self.unit, self.per, self.basis == self.Basis.PAID)

    def thing(self) -> tuple[object, ...]:
        return ("project", self.project_id) if self.project_id else ("agreement", self.agreement_id)

    def organization_ids(self) -> set[int]:
        """The ids of the organizations that put it in; none where they are not stated."""
        if self.pk is None:
            return set()
        if "organizations" in getattr(self, "_prefetched_objects_cache", {}):
            return {one.pk for one in self.organizations.all()}
        return {link.organization_id for link in self.investmentorganization_set.all()}

    def agrees_with(self, other: "Investment") -> bool:
        mine, theirs = self.organization_ids(), other.organization_ids()
        return (
            (not mine or not theirs or mine == theirs)
            and self.per == other.per
            and self.amount.agrees_with(other.amount)
            and (self.when is None or other.when is None or self.when.agrees_with(other.when))
        )

    def clean(self) -> None:
        super().clean()
        if self.part_of is not None:
            self._check_whole(self.part_of)
        for part in self.parts.all() if self.pk is not None else ():
            self._check_part(part)

    def _check_part(self, part: "Investment") -> None:
        """Keep a whole together when it is changed."""
        if self.part_of_id is not None:
            raise ValidationError({"part_of": _("This one has parts itself; point to the whole.")})
        if part.thing() != self.thing() or part.line != self.line:
            raise ValidationError(
                _("%(key)s is a part of this one, and would no longer fit it."),
                params={"key": part.key},
            )

    def _check_whole(self, whole: "Investment") -> None:
        """A part lies within a whole that is no part itself, of the same project and line."""
        if whole.part_of_id is not None:
            raise ValidationError({"part_of": _("That one is a part itself; point to the whole.")})
        if self.thing() != whole.thing():
            raise ValidationError({"part_of": _("That investment goes into something else.")})
        if self.line != whole.line:
            raise ValidationError(
                {"part_of": _("A part has the currency of its whole, per the same, paid as it is.")}
            )
        if self.pk is not None and whole.restates_id == self.pk:
            raise ValidationError({"part_of": _("An investment is not a part of itself.")})
        if self.restates_id is not None and self.restates_id in (whole.pk, whole.restates_id):
            raise ValidationError({"part_of": _("An investment is not a part of itself.")})


class InvestmentOrganization(Link):
    """An organization that puts in an investment; several do so jointly."""

    ends = ("investment__key", "organization__slug")

    investment = models.ForeignKey(Investment, models.CASCADE, verbose_name=_("investment"))
    organization = models.ForeignKey("Organization", models.PROTECT, verbose_name=_("organization"))

    class Meta:
        verbose_name = _("organization of an investment")
        verbose_name_plural = _("organizations of investments")
        ordering = ["pk"]
        constraints = [
            UniqueConstraint(
                fields=["investment", "organization"], name="investmentorganization_once"
            )
        ]
