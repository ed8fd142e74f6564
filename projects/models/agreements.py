"""Signed agreements and adopted plans, and their parties."""

from django.db import models
from django.db.models import UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.constraints import proposed_state, restates_state
from projects.fields import DerivedNumberField, SearchTextField
from projects.models.base import Link, Named, Seen, SluggedQuerySet, Summarised
from projects.models.statements import Statement


class Agreement(Named, Seen, Summarised):
    """A signed paper between organizations, or an adopted plan."""

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", _("agreement")
        PLAN = "plan", _("plan")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.AGREEMENT)
    sectors = models.ManyToManyField(
        "projects.Sector", through="projects.AgreementSector", blank=True, verbose_name=_("sectors")
    )
    one_sector = DerivedNumberField()
    search_text = SearchTextField("name_zh", "name_en", "summary_zh", "summary_en", "slug")

    objects = SluggedQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["pk"]

    def get_absolute_url(self) -> str:
        return reverse("projects:agreement", args=[self.slug])


class AgreementSector(Link):
    """A field of cooperation that an agreement names."""

    ends = ("agreement__slug", "sector__slug")

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("agreement"))
    sector = models.ForeignKey("Sector", models.PROTECT, verbose_name=_("sector"))

    class Meta:
        verbose_name = _("sector of an agreement")
        verbose_name_plural = _("sectors of agreements")
        ordering = ["pk"]
        constraints = [
            UniqueConstraint(fields=["agreement", "sector"], name="agreementsector_once")
        ]


class AgreementParty(Statement):
    """An organization is a party of an agreement, or the owner of a plan."""

    kind_of_statement = "agreement-party"
    named_with = ("agreement", "organization")

    class Role(models.TextChoices):
        SIGNATORY = "signatory", _("signatory")
        OWNER = "owner", _("owner")

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="parties", verbose_name=_("agreement")
    )
    organization = models.ForeignKey(
        "Organization",
        models.PROTECT,
        related_name="agreement_parties",
        verbose_name=_("organization"),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.SIGNATORY)

    class Meta:
        verbose_name = _("party of an agreement")
        verbose_name_plural = _("parties of agreements")
        ordering = ["pk"]
        constraints = [restates_state("agreementparty"), proposed_state("agreementparty")]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.organization}"

    @property
    def subject(self) -> Agreement:
        return self.agreement

    def thing(self) -> tuple[object, ...]:
        return (self.agreement_id, self.organization_id)

    def agrees_with(self, other: "AgreementParty") -> bool:
        return True
